import type { CrossValidationScore, TrainingOptions } from '../run';
import { minimise, type Minimum } from './exact-lbfgs';
import type { Question, SoftmaxRegression, Terms } from './exact-objective';
import { Rounds } from './exact-rounds';
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

/** What is minimised, and from where. */
export interface Fit {
  readonly terms: Terms;
  readonly start: Float64Array;
}

/** Bytes of fits that go on side by side; the memory of L-BFGS, 20 vectors, is most of what one takes. */
const mostAtOnce = 128 * 2 ** 20;
const bytesPerParameter = 200;

/** How many fits go on side by side: they share each pass over the features. */
const fitsAtOnce = (regression: SoftmaxRegression): number =>
  Math.max(1, Math.floor(mostAtOnce / (bytesPerParameter * regression.parameters)));

/** The regression's minima, each to a gradient of norm `until`. */
export async function fitAll(
  regression: SoftmaxRegression,
  fits: readonly Fit[],
  until: number,
  onFit: () => void = () => undefined,
): Promise<Minimum[]> {
  const rounds = new Rounds<Question, number>(fits.length, (questions) => regression.evaluate(questions));
  return Promise.all(
    fits.map(async ({ terms, start }) => {
      try {
        const minimum = await minimise(
          (parameters, gradient) => rounds.ask({ terms, parameters, gradient }),
          start,
          { tolerance: until, noise },
        );
        onFit();
        return minimum;
      } finally {
        rounds.leave();
      }
    }),
  );
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
 * Fits without each fold and scores on it, `atOnce` folds side by side. Each goes down the penalties, strongest first,
 * from the solution of the one before. It ends with the first penalty that is worse: from there on the held-out loss
 * only rises, and weak penalties are the slow ones.
 * @param fold [n] the fold of each example, 0 … the number of folds − 1
 */
export async function crossValidate(
  regression: SoftmaxRegression,
  fold: Uint8Array,
  penalties: readonly number[],
  weigh: Weigh,
  onFit: () => void,
  atOnce = fitsAtOnce(regression),
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
    for (let from = 0; from < folds; from += atOnce) {
      const some = trained.slice(from, from + atOnce);
      const fits = some.map((weights, i) => ({ terms: { weights, l2 }, start: starts[from + i]! }));
      const solutions = (await fitAll(regression, fits, tolerance, onFit)).map(({ x }) => x);
      starts.splice(from, solutions.length, ...solutions);
      const ofFold = (row: number) => (fold[row]! - from < solutions.length ? fold[row]! - from : -1);
      await regression.logits(solutions, ofFold, held);
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
