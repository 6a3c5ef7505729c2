import { HeadwayError } from '../errors';
import type { JobControl } from '../job';
import type { Net } from '../nets/graph';
import { Random } from '../random';
import type { EpochMetrics, HeadSpec, TrainingOptions } from '../run';
import { dropoutMask } from './dropout';
import { copyHead, initialHead, type TrainedHead } from './head';
import { batchGradients, headLogitsOnBackend, type Results } from './layers';
import { addPenaltyGradient, balancedWeights, penalty, score, type Score } from './loss';
import { createOptimizer, type Optimizer } from './optimizers';
import { validateTraining } from './options';
import { Pace } from './pace';
import type { MapExamples } from './tail-source';
import { copyTail, Tail, type TailWeights } from './tail-weights';
import { diverged, exampleWeights, type TrainedHeadResult } from './train';

/** `learningRate` is the head's. */
export interface TailOptions extends TrainingOptions {
  /** Lower than the head's as a rule: these weights are good already (Howard and Ruder 2018). 0 keeps them. */
  readonly tailLearningRate: number;
  /** Epochs at the start in which only the head learns: a fresh one would spoil the tail with its first gradients. */
  readonly warmupEpochs: number;
}

export interface TrainedTailResult extends TrainedHeadResult {
  /** The convolutions above the cut, of the same epoch as the head. */
  readonly tail: TailWeights;
}

/** A base above a cut, as it was before. */
export interface TailStart {
  readonly net: Net;
  readonly cut: string;
  /** Copied. */
  readonly weights: TailWeights;
}

interface Training {
  readonly head: TrainedHead;
  readonly tail: Tail;
  readonly optimizeHead: Optimizer;
  readonly optimizeTail: Optimizer;
  readonly results: Required<Results>;
  readonly classWeights: Float64Array | null;
  readonly shuffle: Random;
  readonly dropout: Random;
  readonly order: Uint32Array;
  readonly pace: Pace;
}

/**
 * Trains the stages above a cut and a new head together, on the current backend, from maps at the cut: the article's
 * second case. Batch normalisation is folded into the convolutions, so its statistics stay as they are. Each epoch
 * is as `trainHead`'s: shuffled by the seed, the last short batch included; with early stopping head and tail both
 * carry the weights of the lowest validation loss. Maps are read a batch at a time, the next while one computes.
 * @throws HeadwayError `invalid-request`, `too-few-images`, `training-diverged`, `cancelled`
 */
export async function* trainTail(
  spec: HeadSpec,
  options: TailOptions,
  start: TailStart,
  classes: number,
  train: MapExamples,
  validation: MapExamples,
  control: JobControl,
): AsyncGenerator<EpochMetrics, TrainedTailResult, undefined> {
  validateTail(spec, options);
  for (const [name, { labels }] of Object.entries({ training: train, validation }))
    if (labels.length === 0) throw tooFew(name);
  const head = initialHead(spec, start.net.features, classes, options.seed);
  const tail = new Tail(start.net, start.cut, copyTail(start.weights));
  try {
    const pace = new Pace(control);
    const parameters = head.layers.flatMap(({ kernel, bias }) => [kernel, bias]);
    const training: Training = {
      head,
      tail,
      optimizeHead: createOptimizer(options.optimizer, parameters, options.learningRate),
      optimizeTail: createOptimizer(options.optimizer, tail.parameters, options.tailLearningRate),
      results: {
        logits: new Float32Array(options.batchSize * classes),
        gradients: parameters.map(({ length }) => new Float32Array(length)),
        byFeatures: new Float32Array(options.batchSize * head.inputs),
      },
      classWeights: options.classWeights === 'balanced' ? balancedWeights(train.labels, classes) : null,
      shuffle: new Random(options.seed, 'shuffle'),
      dropout: new Random(options.seed, 'dropout'),
      order: Uint32Array.from(train.labels, (_, i) => i),
      pace,
    };
    const history: EpochMetrics[] = [];
    let best: { head: TrainedHead; tail: TailWeights; epoch: number; loss: number } | null = null;
    for (let epoch = 1; epoch <= options.epochs; epoch++) {
      await pace.checkpoint();
      const learns = epoch > options.warmupEpochs && options.tailLearningRate > 0;
      const running = await trainEpoch(training, train, options.batchSize, learns);
      const held = await validate(training, validation, options.batchSize);
      const metrics: EpochMetrics = {
        epoch,
        loss: running.loss / train.labels.length,
        accuracy: running.correct / train.labels.length,
        valLoss: held.loss / validation.labels.length + penalty(head),
        valAccuracy: held.correct / validation.labels.length,
      };
      if (!Number.isFinite(metrics.loss) || !Number.isFinite(metrics.valLoss)) throw diverged(epoch, options);
      history.push(metrics);
      pace.stop();
      yield metrics;
      pace.start();
      if (options.earlyStopping === null) continue;
      if (best === null || metrics.valLoss < best.loss)
        best = { head: copyHead(head), tail: copyTail(tail.weights), epoch, loss: metrics.valLoss };
      // The tail gets its chance: warming up, the head alone may have stopped improving.
      else if (epoch - Math.max(best.epoch, options.warmupEpochs) >= options.earlyStopping.patience) break;
    }
    pace.stop();
    return {
      head: best?.head ?? head,
      tail: best?.tail ?? tail.weights,
      bestEpoch: best?.epoch ?? history.length,
      history,
      trainMs: pace.workedMs,
    };
  } finally {
    tail.dispose();
  }
}

async function trainEpoch(
  training: Training,
  train: MapExamples,
  batchSize: number,
  tailLearns: boolean,
): Promise<Score> {
  const { order, pace } = training;
  training.shuffle.shuffle(order);
  let loss = 0;
  let correct = 0;
  for await (const { rows, maps } of batches(train, order, batchSize)) {
    const labels = Uint16Array.from(rows, (row) => train.labels[row]!);
    const scored = await step(training, maps, train.maps.shape, labels, tailLearns);
    loss += scored.loss;
    correct += scored.correct;
    // Not worth an epoch's time: from here on every number would be NaN.
    if (!Number.isFinite(loss)) break;
    await pace.breathe();
  }
  return { loss, correct };
}

/** One batch forward, back, and both updates; the score is of the weights before, penalty included. */
async function step(
  training: Training,
  maps: Float32Array,
  shape: readonly number[],
  labels: Uint16Array,
  tailLearns: boolean,
): Promise<Score> {
  const { head, tail, results, classWeights } = training;
  const { l2, dropout, hidden } = head.spec;
  const size = labels.length;
  const masks =
    dropout === 0 ? [] : hidden.map((units) => dropoutMask(size * units, dropout, training.dropout));
  const pass = tailLearns ? await tail.pass(maps, shape) : null;
  try {
    const features = pass?.features ?? (await tail.features(maps, shape));
    const batch = { size, features, labels };
    const weights = exampleWeights(batch, classWeights);
    await batchGradients(head, batch, { weights, masks }, results);
    const { loss, correct } = score(results.logits, labels, head.classes, classWeights);
    const scored: Score = { loss: loss + size * penalty(head), correct };
    if (!Number.isFinite(scored.loss)) return scored;
    if (pass !== null) {
      training.optimizeTail(await pass.gradients(results.byFeatures.slice(0, size * head.inputs)));
      tail.changed();
    }
    if (l2 > 0)
      for (const [i, { kernel }] of head.layers.entries())
        addPenaltyGradient(results.gradients[2 * i]!, kernel, l2);
    training.optimizeHead(results.gradients);
    return scored;
  } finally {
    pass?.dispose();
  }
}

/** Without dropout and class weights, as Keras evaluates. */
async function validate(training: Training, examples: MapExamples, batchSize: number): Promise<Score> {
  const { head, tail, pace } = training;
  let loss = 0;
  let correct = 0;
  const order = Uint32Array.from(examples.labels, (_, i) => i);
  for await (const { rows, maps } of batches(examples, order, batchSize)) {
    const logits = await tailLogits(head, tail, maps, examples.maps.shape);
    const scored = score(
      logits,
      Uint16Array.from(rows, (row) => examples.labels[row]!),
      head.classes,
    );
    loss += scored.loss;
    correct += scored.correct;
    await pace.breathe();
  }
  return { loss, correct };
}

/** Logits [n, classes] of maps [n, …shape], in one go: for a batch. */
export async function tailLogits(
  head: TrainedHead,
  tail: Tail,
  maps: Float32Array,
  shape: readonly number[],
): Promise<Float32Array> {
  const features = await tail.features(maps, shape);
  return headLogitsOnBackend(head, features, features.length / head.inputs);
}

/** Batches in `order`; the maps of the next are read while one is worked on. */
async function* batches(
  { maps }: MapExamples,
  order: Uint32Array,
  batchSize: number,
): AsyncGenerator<{ readonly rows: Uint32Array; readonly maps: Float32Array }> {
  const read = (from: number) => {
    const rows = order.slice(from, from + batchSize);
    const reading = maps.read(rows).then((values) => ({ rows, maps: values }));
    // It may fail before anyone awaits it.
    reading.catch(() => undefined);
    return reading;
  };
  let coming = order.length === 0 ? null : read(0);
  for (let from = 0; coming !== null; from += batchSize) {
    const batch = await coming;
    coming = from + batchSize < order.length ? read(from + batchSize) : null;
    yield batch;
  }
}

function validateTail(spec: HeadSpec, options: TailOptions): void {
  validateTraining(spec, options);
  const { tailLearningRate: rate, warmupEpochs: epochs } = options;
  if (spec.kind !== 'dense')
    throw invalid('head.kind', 'only "dense": an exact head cannot be trained with a tail', spec.kind);
  if (!(typeof rate === 'number' && rate >= 0 && rate <= 10))
    throw invalid('tailLearningRate', 'a number, 0 … 10', rate);
  if (!(Number.isInteger(epochs) && epochs >= 0 && epochs <= options.epochs))
    throw invalid('warmupEpochs', `a whole number, 0 … ${options.epochs}`, epochs);
}

function invalid(field: string, range: string, value: unknown): HeadwayError {
  return new HeadwayError({
    code: 'invalid-request',
    message: `${field} is out of range: it may be ${range}.`,
    advice: `Change ${field} and start again.`,
    details: `${field} = ${String(value)}`,
  });
}

function tooFew(side: string): HeadwayError {
  return new HeadwayError({
    code: 'too-few-images',
    message: `There are no ${side} images.`,
    advice: 'Add images, or change the share that is held out for validation.',
  });
}
