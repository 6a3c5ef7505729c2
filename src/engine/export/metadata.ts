import { version_core } from '@tensorflow/tfjs-core';
import type { InputSpec, ResizeMode } from '../data/records';
import type { TrainedHead } from '../heads/head';
import type { Net, Preprocessing } from '../nets/graph';
import { wilsonInterval } from '../results/statistics';
import type { ExactFit, RunResult, ShareScore } from '../run';
import type { Expects } from './certificate';
import { isHeadFormat, type ExportFormat } from './formats';
import type { ExportOptions } from './model';
import { trainedFurther } from './trained-further';

/** Everything that describes a trained head. */
export interface HeadExport {
  readonly run: RunResult;
  readonly head: TrainedHead;
  readonly net: Net;
  /** The stage of `net` whose output are the features. */
  readonly cut: string;
  readonly input: InputSpec;
  /** Headway's own version. */
  readonly appVersion: string;
  /** Digest of the base's weights before the run trained some of them; null or missing: it did not, or nobody knows. */
  readonly weightsBefore?: string | null;
}

const interpolation =
  'Pillow BILINEAR: triangle filter, half-pixel centres, antialiased when shrinking, transparency on white, ' +
  'after EXIF rotation';

const geometry: Readonly<Record<ResizeMode, string>> = {
  stretch: 'the whole picture is stretched to the square, whatever its shape',
  crop: 'the largest centred square is cut out and resized',
  letterbox: 'the whole picture is fitted in, centred, on bars of RGB (124, 116, 104)',
};

/** What the model files of a package hold. */
export interface ModelFacts {
  readonly format: ExportFormat;
  readonly expects: Expects;
  /** How the weights of the base are stored; a head alone is float32. */
  readonly weights: ExportOptions['weights'];
  /** The layer whose output are the features. */
  readonly features: string;
}

/** `metadata.json`: how to make the features, what the head was trained on and how well it does. */
export function packageMetadata(
  { run, head, net, cut, input, appVersion, weightsBefore = null }: HeadExport,
  { format, expects, weights, features }: ModelFacts,
): object {
  const { request } = run;
  const further = trainedFurther(run, weightsBefore);
  return {
    format: isHeadFormat(format) ? 'headway-head' : 'headway-model',
    formatVersion: 1,
    created: run.finishedAt,
    versions: { headway: appVersion, tfjs: version_core },
    classes: run.classes,
    base: {
      id: run.base,
      title: net.title,
      publication: net.source,
      weightsSha256: run.weightsDigest,
      weightsSource: run.weights.source,
      weightsLicence: run.weights.licence,
      weightsPrecision: run.weights.precision,
      // `weightsSha256` is of the base as it is in here; source, licence and precision are of what it began with.
      ...(further !== null && { trainedFurther: further }),
      cut,
      featureLength: head.inputs,
    },
    input: {
      size: input.size,
      resize: input.resize,
      // What the model takes: RGB of 0 … 255, pictures that are preprocessed already, or features.
      expects,
      resizeDefinition: `${interpolation}; ${input.resize}: ${geometry[input.resize]}.`,
      preprocessing: net.preprocessing,
      preprocessingDefinition: describePreprocessing(net.preprocessing),
    },
    model: { format, weights, features },
    head: {
      kind: head.spec.kind,
      hidden: head.spec.hidden,
      ...(run.exact === undefined
        ? { dropout: head.spec.dropout, l2: head.spec.l2 }
        : { l2: run.exact.l2, l2On: 'standardised features' }),
      inputs: head.inputs,
      classes: head.classes,
      parameters: head.layers.reduce((sum, { kernel, bias }) => sum + kernel.length + bias.length, 0),
    },
    training: {
      runId: run.runId,
      backend: run.backend,
      ...(run.exact === undefined ? stepsOf(run) : solutionOf(run.exact)),
      classWeights: request.classWeights,
      seed: request.seed,
      validationShare: request.validationShare,
      testShare: request.testShare,
      timing: run.timing,
    },
    metrics: metricsOf(run),
    ...(run.exact === undefined && { history: run.history }),
    // SHA-256 of each image file.
    split: run.split,
  };
}

/** How a head was trained epoch by epoch. */
function stepsOf({ request, bestEpoch }: RunResult): object {
  const { optimizer, learningRate, epochs, batchSize, earlyStopping } = request;
  return { method: 'gradient steps', optimizer, learningRate, epochs, batchSize, earlyStopping, bestEpoch };
}

/** How the exact head was solved: it has no epochs, and its penalty may not be the one that was asked for. */
function solutionOf({ cvScores, ...fit }: ExactFit): object {
  const l2ChosenBy = cvScores.length > 0 ? 'cross-validation on the training images' : 'the user';
  return { method: 'multinomial logistic regression, L-BFGS', ...fit, l2ChosenBy, cvScores };
}

function metricsOf(run: RunResult): object {
  const { exact, evaluation, history } = run;
  const [solution] = history;
  const test = evaluation?.test;
  return {
    ...(exact && solution && { training: { accuracy: solution.accuracy, loss: solution.loss } }),
    validation: validationMetrics(run),
    ...(test && { test: shareMetrics(test) }),
  };
}

function shareMetrics({ correct, images }: ShareScore): object {
  if (images === 0) return { examples: images };
  const accuracyInterval95 = { method: 'Wilson', ...wilsonInterval(correct, images) };
  return { examples: images, correct, accuracy: correct / images, accuracyInterval95 };
}

/** Of the weights that the head carries; the loss includes L2, as in the history, but not that of the exact head. */
export function validationMetrics(run: RunResult): object {
  const epoch = run.history.find((metrics) => metrics.epoch === run.bestEpoch);
  const examples = run.split.validation.length;
  if (epoch === undefined || examples === 0) return { examples };
  const correct = Math.round(epoch.valAccuracy * examples);
  return { ...shareMetrics({ correct, images: examples }), loss: epoch.valLoss };
}

export function describePreprocessing({ order, scale, offset }: Preprocessing): string {
  const channels = order.toUpperCase().split('').join(', ');
  return `Channels ${channels} of 0 … 255; each x becomes x · ${scale} + (${offset.join(', ')})[channel].`;
}
