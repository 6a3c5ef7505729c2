import { version_core } from '@tensorflow/tfjs-core';
import type { InputSpec, ResizeMode } from '../data/records';
import type { TrainedHead } from '../heads/head';
import type { Net, Preprocessing } from '../nets/graph';
import { wilsonInterval } from '../results/statistics';
import type { RunResult } from '../run';

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
}

const interpolation =
  'Pillow BILINEAR: triangle filter, half-pixel centres, antialiased when shrinking, transparency on white, ' +
  'after EXIF rotation';

const geometry: Readonly<Record<ResizeMode, string>> = {
  stretch: 'the whole picture is stretched to the square, whatever its shape',
  crop: 'the largest centred square is cut out and resized',
  letterbox: 'the whole picture is fitted in, centred, on bars of RGB (124, 116, 104)',
};

/** `metadata.json`: how to make the features, what the head was trained on and how well it does. */
export function headMetadata({ run, head, net, cut, input, appVersion }: HeadExport): object {
  const { request } = run;
  return {
    format: 'headway-head',
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
      cut,
      featureLength: head.inputs,
    },
    input: {
      size: input.size,
      resize: input.resize,
      resizeDefinition: `${interpolation}; ${input.resize}: ${geometry[input.resize]}.`,
      preprocessing: net.preprocessing,
      preprocessingDefinition: describePreprocessing(net.preprocessing),
    },
    head: {
      kind: head.spec.kind,
      hidden: head.spec.hidden,
      dropout: head.spec.dropout,
      l2: head.spec.l2,
      inputs: head.inputs,
      classes: head.classes,
      parameters: head.layers.reduce((sum, { kernel, bias }) => sum + kernel.length + bias.length, 0),
    },
    training: {
      runId: run.runId,
      backend: run.backend,
      optimizer: request.optimizer,
      learningRate: request.learningRate,
      epochs: request.epochs,
      batchSize: request.batchSize,
      classWeights: request.classWeights,
      earlyStopping: request.earlyStopping,
      seed: request.seed,
      validationShare: request.validationShare,
      bestEpoch: run.bestEpoch,
      timing: run.timing,
    },
    metrics: { validation: validationMetrics(run) },
    history: run.history,
    // SHA-256 of each image file.
    split: { train: run.split.train, validation: run.split.validation },
  };
}

/** Of the epoch whose weights the head carries; the loss includes L2, as in the history. */
export function validationMetrics(run: RunResult): object {
  const epoch = run.history.find((metrics) => metrics.epoch === run.bestEpoch);
  const examples = run.split.validation.length;
  if (epoch === undefined || examples === 0) return { examples };
  const correct = Math.round(epoch.valAccuracy * examples);
  const accuracyInterval95 = { method: 'Wilson', ...wilsonInterval(correct, examples) };
  return { examples, correct, accuracy: correct / examples, accuracyInterval95, loss: epoch.valLoss };
}

export function describePreprocessing({ order, scale, offset }: Preprocessing): string {
  const channels = order.toUpperCase().split('').join(', ');
  return `Channels ${channels} of 0 … 255; each x becomes x · ${scale} + (${offset.join(', ')})[channel].`;
}
