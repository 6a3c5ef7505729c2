import { HeadwayError } from '../errors';
import { ProgressMeter, type JobControl, type Progress } from '../job';
import type { CrossValidationScore, EpochMetrics, ExactFit, HeadSpec, TrainingOptions } from '../run';
import { shapeOf, type Examples } from './examples';
import { stratifiedFolds } from './exact-folds';
import { minimise, type Minimum } from './exact-lbfgs';
import { SoftmaxRegression } from './exact-objective';
import { foldScale, scaleOf } from './exact-standardise';
import type { TrainedHead } from './head';
import { allLogits } from './logits';
import { balancedWeights, score, type Score } from './loss';
import { validateTraining } from './options';
import { Pace } from './pace';
import type { TrainedHeadResult } from './train';

/** From strong to weak, two a decade: features are standardised, so that one grid fits every base. */
const l2Grid = Array.from({ length: 13 }, (_, i) => 10 ** (1 - i / 2));
const foldCount = 5;
/** Norms of the gradient. On standardised features it has no unit; float32 products are noisy below 1e-6. */
const tolerance = { crossValidation: 3e-3, solution: 1e-5 } as const;
/** Of the loss, summed in double precision over float32 logits. */
const noise = 1e-7;

/**
 * The exact linear head: multinomial logistic regression with L2 on standardised features, solved to convergence by
 * L-BFGS. Where `spec.l2` is 0, the penalty is chosen by seeded, stratified 5-fold cross-validation on the training
 * examples only: the one of the lowest held-out loss. The scale is folded into kernel and bias: the head takes plain
 * features like any other. The only epoch that it yields is the solution; its losses are cross-entropies without L2.
 * @throws HeadwayError `invalid-request`, `too-few-images`, `too-few-classes`, `training-diverged`, `cancelled`
 */
export async function* solveHead(
  spec: HeadSpec,
  options: TrainingOptions,
  train: Examples,
  validation: Examples,
  control: JobControl,
  onProgress: (progress: Progress) => void = () => undefined,
): AsyncGenerator<EpochMetrics, TrainedHeadResult, undefined> {
  validateTraining(spec, options);
  const { inputs, classes } = shapeOf(train, validation);
  const pace = new Pace(control);
  await pace.checkpoint();
  const scale = scaleOf(train);
  const regression = new SoftmaxRegression(train, classes, scale, pace);
  let solved: { readonly parameters: Float64Array; readonly exact: ExactFit };
  try {
    solved = await solve(regression, spec.l2, options, onProgress);
  } finally {
    regression.dispose();
  }
  const { parameters, exact } = solved;
  const head: TrainedHead = { spec, inputs, classes, layers: [foldScale(parameters, scale, classes)] };
  const scored = async ({ features, labels }: Examples): Promise<Score> =>
    score(await allLogits(head, features, pace), labels, classes);
  const [fitted, held] = [await scored(train), await scored(validation)];
  pace.stop();
  const metrics: EpochMetrics = {
    epoch: 1,
    loss: fitted.loss / train.labels.length,
    accuracy: fitted.correct / train.labels.length,
    valLoss: held.loss / validation.labels.length,
    valAccuracy: held.correct / validation.labels.length,
  };
  if (!Number.isFinite(metrics.loss + metrics.valLoss)) throw notFinite();
  yield metrics;
  return { head, bestEpoch: 1, history: [metrics], trainMs: pace.workedMs, exact };
}

async function solve(
  regression: SoftmaxRegression,
  l2: number,
  options: TrainingOptions,
  onProgress: (progress: Progress) => void,
): Promise<{ parameters: Float64Array; exact: ExactFit }> {
  const { labels } = regression.examples;
  const importance = options.classWeights === 'balanced' ? balancedWeights(labels, regression.classes) : null;
  const weigh = (counts: (index: number) => boolean): Float64Array => {
    const weights = Float64Array.from(labels, (label, i) => (counts(i) ? (importance?.[label] ?? 1) : 0));
    const number = labels.reduce((sum, _, i) => sum + (counts(i) ? 1 : 0), 0);
    return weights.map((weight) => weight / number);
  };
  const fit = (
    weights: Float64Array,
    penalty: number,
    start: Float64Array,
    until: number,
  ): Promise<Minimum> =>
    minimise((x, gradient) => regression.evaluate({ weights, l2: penalty }, x, gradient), start, {
      tolerance: until,
      noise,
    });
  const meter = new ProgressMeter(l2 > 0 ? 1 : l2Grid.length * foldCount + 1, 'fits');
  onProgress(meter.progress);
  const zeros = new Float64Array(regression.parameters);
  const chosen =
    l2 > 0
      ? { l2, start: zeros, scores: [] }
      : await crossValidate(regression, options.seed, weigh, fit, () => onProgress(meter.add(1)));
  const { x, gradientNorm, iterations, converged } = await fit(
    weigh(() => true),
    chosen.l2,
    chosen.start,
    tolerance.solution,
  );
  onProgress(meter.skip(meter.total - meter.progress.done));
  return {
    parameters: x,
    exact: { l2: chosen.l2, gradientNorm, iterations, converged, cvScores: chosen.scores },
  };
}

interface Chosen {
  readonly l2: number;
  /** The folds' mean solution, from where that of all examples is near. */
  readonly start: Float64Array;
  readonly scores: readonly CrossValidationScore[];
}

/**
 * Each fold goes down the grid from the solution of the penalty before. It ends with the first penalty that is worse:
 * from there on the held-out loss only rises, and weak penalties are the slow ones.
 */
async function crossValidate(
  regression: SoftmaxRegression,
  seed: number,
  weigh: (counts: (index: number) => boolean) => Float64Array,
  fit: (weights: Float64Array, l2: number, start: Float64Array, until: number) => Promise<Minimum>,
  onFit: () => void,
): Promise<Chosen> {
  const { labels } = regression.examples;
  const folds = Math.min(foldCount, labels.length);
  const fold = stratifiedFolds(labels, folds, seed);
  const trained = Array.from({ length: folds }, (_, f) => weigh((i) => fold[i] !== f));
  const starts: Float64Array[] = trained.map(() => new Float64Array(regression.parameters));
  const scores: CrossValidationScore[] = [];
  let best: Chosen & { readonly logLoss: number } = {
    l2: l2Grid[0]!,
    start: starts[0]!,
    scores,
    logLoss: Infinity,
  };
  for (const l2 of l2Grid) {
    let loss = 0;
    let correct = 0;
    for (const [f, weights] of trained.entries()) {
      starts[f] = (await fit(weights, l2, starts[f]!, tolerance.crossValidation)).x;
      const logits = await regression.logits(starts[f]);
      const held = rowsWhere(logits, labels, regression.classes, (i) => fold[i] === f);
      const scored = score(held.logits, held.labels, regression.classes);
      loss += scored.loss;
      correct += scored.correct;
      onFit();
    }
    const logLoss = loss / labels.length;
    scores.push({ l2, logLoss, accuracy: correct / labels.length });
    if (logLoss < best.logLoss) {
      const start = starts[0]!.map((_, k) => starts.reduce((sum, x) => sum + x[k]!, 0) / folds);
      best = { l2, start, scores, logLoss };
    } else break;
  }
  return best;
}

function rowsWhere(
  logits: Float32Array,
  labels: Uint16Array,
  classes: number,
  wanted: (index: number) => boolean,
): { logits: Float32Array; labels: Uint16Array } {
  const rows = [...labels.keys()].filter(wanted);
  const kept = new Float32Array(rows.length * classes);
  for (const [to, row] of rows.entries())
    kept.set(logits.subarray(row * classes, (row + 1) * classes), to * classes);
  return { logits: kept, labels: Uint16Array.from(rows, (row) => labels[row]!) };
}

function notFinite(): HeadwayError {
  return new HeadwayError({
    code: 'training-diverged',
    message: 'The exact head could not be solved: its loss is not a finite number.',
    advice: 'Some of the features are broken; reset the page and extract them again.',
  });
}
