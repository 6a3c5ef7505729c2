import { HeadwayError } from '../errors';
import { ProgressMeter, type JobControl, type Progress } from '../job';
import type { EpochMetrics, ExactFit, HeadSpec, TrainingOptions } from '../run';
import { shapeOf, sourceOf, type Examples, type ExampleSource } from './examples';
import { crossValidate, fitAll, l2Grid, weigher } from './exact-cross-validation';
import { foldsOfCopies } from './exact-folds';
import { SoftmaxRegression } from './exact-objective';
import { foldScale, scaleOf } from './exact-standardise';
import type { TrainedHead } from './head';
import { sourceLogits } from './logits';
import { score, type Score } from './loss';
import { validateTraining } from './options';
import { Pace } from './pace';
import type { TrainedHeadResult } from './train';

const foldCount = 5;
/** Norm of the gradient at the solution. Float32 products are noisy below 1e-6. */
const tolerance = 1e-5;

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
  train: Examples | ExampleSource,
  validation: Examples | ExampleSource,
  control: JobControl,
  onProgress: (progress: Progress) => void = () => undefined,
): AsyncGenerator<EpochMetrics, TrainedHeadResult, undefined> {
  validateTraining(spec, options);
  const { inputs, classes } = shapeOf(train, validation);
  const pace = new Pace(control);
  await pace.checkpoint();
  const [source, judging] = [sourceOf(train), sourceOf(validation)];
  const scale = await scaleOf(source, pace);
  const regression = new SoftmaxRegression(source, classes, scale, pace);
  let solved: { readonly parameters: Float64Array; readonly exact: ExactFit };
  try {
    solved = await solve(regression, spec.l2, options, onProgress);
  } finally {
    regression.dispose();
  }
  const { parameters, exact } = solved;
  const head: TrainedHead = { spec, inputs, classes, layers: [foldScale(parameters, scale, classes)] };
  const scored = async (side: ExampleSource): Promise<Score> =>
    score(await sourceLogits(head, side, pace), side.labels, classes);
  const [fitted, held] = [await scored(source), await scored(judging)];
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
  const { labels, copies = 1 } = regression.source;
  const weigh = weigher(labels, regression.classes, options.classWeights);
  const meter = new ProgressMeter(l2 > 0 ? 1 : l2Grid.length * foldCount + 1, 'fits');
  onProgress(meter.progress);
  const chosen =
    l2 > 0
      ? { l2, start: new Float64Array(regression.parameters), scores: [] }
      : await crossValidate(
          regression,
          foldsOfCopies(labels, foldCount, options.seed, copies),
          l2Grid,
          weigh,
          () => onProgress(meter.add(1)),
        );
  const terms = { weights: weigh(() => true), l2: chosen.l2 };
  const [solution] = await fitAll(regression, [{ terms, start: chosen.start }], tolerance);
  const { x, gradientNorm, iterations, converged } = solution!;
  onProgress(meter.skip(meter.total - meter.progress.done));
  return {
    parameters: x,
    exact: { l2: chosen.l2, gradientNorm, iterations, converged, cvScores: chosen.scores },
  };
}

function notFinite(): HeadwayError {
  return new HeadwayError({
    code: 'training-diverged',
    message: 'The exact head could not be solved: its loss is not a finite number.',
    advice: 'Some of the features are broken; reset the page and extract them again.',
    why: { code: 'exact-unsolved' },
  });
}
