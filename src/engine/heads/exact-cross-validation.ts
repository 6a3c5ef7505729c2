import type { CrossValidationScore, TrainingOptions } from '../run';
import { minimise, type Minimum } from './exact-lbfgs';
import type { SoftmaxRegression, Terms } from './exact-objective';
import { balancedWeights, score } from './loss';

/** From strong to weak, two a decade: features are standardised, so that one grid fits every base. */
export const l2Grid: readonly number[] = Array.from({ length: 13 }, (_, i) => 10 ** (1 - i / 2));
/** Norm of the gradient at which a fold's fit ends. On standardised features it has no unit. */
const tolerance = 3e-3;
/** Of the loss, summed in double precision over float32 logits. */
const noise = 1e-7;

/** Weights of the examples that count, [n]: class weights over their number; 0 for the others. */
export type Weigh = (counts: (index: number) => boolean) => Float64Array;

export function weigher(
  labels: Uint16Array,
  classes: number,
  classWeights: TrainingOptions['classWeights'],
): Weigh {
  const importance = classWeights === 'balanced' ? balancedWeights(labels, classes) : null;
  return (counts) => {
    const weights = Float64Array.from(labels, (label, i) => (counts(i) ? (importance?.[label] ?? 1) : 0));
    const number = labels.reduce((sum, _, i) => sum + (counts(i) ? 1 : 0), 0);
    return weights.map((weight) => weight / number);
  };
}

/** The regression's minimum under `terms`, to a gradient of norm `until`. */
export function fit(
  regression: SoftmaxRegression,
  terms: Terms,
  start: Float64Array,
  until: number,
): Promise<Minimum> {
  return minimise((x, gradient) => regression.evaluate(terms, x, gradient), start, {
    tolerance: until,
    noise,
  });
}

export interface CrossValidation {
  /** Of the lowest held-out loss. */
  readonly l2: number;
  /** The folds' mean solution, from where that of all examples is near. */
  readonly start: Float64Array;
  readonly scores: readonly CrossValidationScore[];
  /** [n, classes] at `l2`: each example's by the fit that it was held out from. */
  readonly logits: Float32Array;
}

/**
 * Fits without each fold in turn and scores on it. Each fold goes down the penalties, strongest first, from the
 * solution of the one before. It ends with the first penalty that is worse: from there on the held-out loss only
 * rises, and weak penalties are the slow ones.
 * @param fold [n] the fold of each example, 0 … the number of folds − 1
 */
export async function crossValidate(
  regression: SoftmaxRegression,
  fold: Uint8Array,
  penalties: readonly number[],
  weigh: Weigh,
  onFit: () => void,
): Promise<CrossValidation> {
  const { classes } = regression;
  const { labels } = regression.source;
  const folds = fold.reduce((most, f) => Math.max(most, f), 0) + 1;
  const trained = Array.from({ length: folds }, (_, f) => weigh((i) => fold[i] !== f));
  const starts: Float64Array[] = trained.map(() => new Float64Array(regression.parameters));
  const scores: CrossValidationScore[] = [];
  let best: (CrossValidation & { readonly logLoss: number }) | null = null;
  for (const l2 of penalties) {
    const held = new Float32Array(labels.length * classes);
    for (const [f, weights] of trained.entries()) {
      starts[f] = (await fit(regression, { weights, l2 }, starts[f]!, tolerance)).x;
      const logits = await regression.logits(starts[f]);
      for (let i = 0; i < labels.length; i++)
        if (fold[i] === f) held.set(logits.subarray(i * classes, (i + 1) * classes), i * classes);
      onFit();
    }
    const { loss, correct } = score(held, labels, classes);
    const logLoss = loss / labels.length;
    scores.push({ l2, logLoss, accuracy: correct / labels.length });
    if (best !== null && !(logLoss < best.logLoss)) break;
    const start = starts[0]!.map((_, k) => starts.reduce((sum, x) => sum + x[k]!, 0) / folds);
    best = { l2, start, scores, logits: held, logLoss };
  }
  return best!;
}
