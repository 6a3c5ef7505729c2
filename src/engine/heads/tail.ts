import { ProgressMeter, type JobControl, type Progress } from '../job';
import type { Net } from '../nets/graph';
import { Random } from '../random';
import type { EpochMetrics, HeadSpec } from '../run';
import { tooFew } from './examples';
import { copyHead, initialHead, type TrainedHead } from './head';
import { headLogitsOnBackend } from './layers';
import { balancedWeights, penalty, score, type Score } from './loss';
import { createOptimizer } from './optimizers';
import { Pace } from './pace';
import type { BestEpoch, Checkpoints, TailState } from './tail-checkpoints';
import { validateTail, type TailOptions } from './tail-options';
import type { MapExamples } from './tail-source';
import { step, type Training } from './tail-step';
import { copyTail, imagesAtOnce, Tail, type TailWeights } from './tail-weights';
import { diverged, type TrainedHeadResult } from './train';

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
  /** Images in one pass: gradients of a larger batch are summed up. Left out: what memory has room for. */
  readonly atOnce?: number;
}

export interface TailHooks {
  readonly checkpoints?: Checkpoints;
  /** In images, of all epochs that were asked for. */
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Trains the stages above a cut and a new head together, on the current backend, from maps at the cut: the article's
 * second case, or its fourth where the cut is the input and the maps are pictures. Batch normalisation is folded into the convolutions, so its statistics stay as they are. Each epoch
 * is as `trainHead`'s: shuffled by the seed, the last short batch included; with early stopping head and tail both
 * carry the weights of the lowest validation loss. Maps are read a batch at a time, the next while one computes.
 * Given a checkpoint of the same training it goes on from there, and comes to the same end; epochs that it has are not
 * yielded again.
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
  { checkpoints, onProgress }: TailHooks = {},
): AsyncGenerator<EpochMetrics, TrainedTailResult, undefined> {
  validateTail(spec, options);
  for (const [name, { labels }] of [['training', train] as const, ['validation', validation] as const])
    if (labels.length === 0) throw tooFew(name);
  const from = checkpoints?.from ?? null;
  const head = from?.head ?? initialHead(spec, start.net.features, classes, options.seed);
  const { shape } = train.maps;
  const tail = new Tail(
    start.net,
    start.cut,
    from?.tail ?? copyTail(start.weights),
    shape,
    start.atOnce ?? imagesAtOnce(start.net, start.cut, shape),
  );
  try {
    const pace = new Pace(control);
    const parameters = head.layers.flatMap(({ kernel, bias }) => [kernel, bias]);
    const training: Training = {
      head,
      tail,
      optimizeHead: createOptimizer(
        options.optimizer,
        parameters,
        options.learningRate,
        from?.optimizers.head,
      ),
      optimizeTail: createOptimizer(
        options.optimizer,
        tail.parameters,
        options.tailLearningRate,
        from?.optimizers.tail,
      ),
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
    const history: EpochMetrics[] = [...(from?.history ?? [])];
    for (let epoch = 1; epoch <= history.length; epoch++) replay(training, train.labels.length);
    let best: BestEpoch | null = from?.best ?? null;
    const n = train.labels.length;
    const meter = new ProgressMeter(options.epochs * n, 'images');
    const tell = (images: number) => onProgress?.(meter.add(images));
    onProgress?.(meter.skip(history.length * n));
    for (let epoch = history.length + 1; epoch <= options.epochs; epoch++) {
      await pace.checkpoint();
      const learns = epoch > options.warmupEpochs && options.tailLearningRate > 0;
      const running = await trainEpoch(
        training,
        train,
        { epoch, batchSize: options.batchSize, learns },
        tell,
      );
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
      if (options.earlyStopping !== null && !(best !== null && metrics.valLoss >= best.loss))
        best = { head: copyHead(head), tail: copyTail(tail.weights), epoch, loss: metrics.valLoss };
      const isLast = epoch === options.epochs || isOver(epoch, best, options);
      pace.stop();
      if (!isLast) await checkpoints?.save(stateOf(training, history, best));
      yield metrics;
      pace.start();
      if (isLast) break;
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

/** Whether early stopping ends it here. The tail gets its chance: warming up, the head may have stopped improving. */
function isOver(epoch: number, best: BestEpoch | null, options: TailOptions): boolean {
  if (options.earlyStopping === null || best === null) return false;
  return epoch - Math.max(best.epoch, options.warmupEpochs) >= options.earlyStopping.patience;
}

function stateOf(training: Training, history: readonly EpochMetrics[], best: BestEpoch | null): TailState {
  const { head, tail, optimizeHead, optimizeTail } = training;
  const optimizers = { head: optimizeHead.state(), tail: optimizeTail.state() };
  return { head, tail: tail.weights, optimizers, history, best };
}

/** Draws what an epoch draws, so that the next one draws what it would have. */
function replay({ head, order, shuffle, dropout }: Training, examples: number): void {
  shuffle.shuffle(order);
  if (head.spec.dropout === 0) return;
  for (const units of head.spec.hidden) for (let i = 0; i < units * examples; i++) dropout.uniform();
}

async function trainEpoch(
  training: Training,
  train: MapExamples,
  {
    epoch,
    batchSize,
    learns,
  }: { readonly epoch: number; readonly batchSize: number; readonly learns: boolean },
  onImages: (count: number) => void,
): Promise<Score> {
  const { order } = training;
  training.shuffle.shuffle(order);
  let loss = 0;
  let correct = 0;
  for await (const { rows, maps } of batches(train, order, batchSize, epoch)) {
    const labels = Uint16Array.from(rows, (row) => train.labels[row]!);
    const scored = await step(training, maps, labels, learns, onImages);
    loss += scored.loss;
    correct += scored.correct;
    // Not worth an epoch's time: from here on every number would be NaN.
    if (!Number.isFinite(loss)) break;
  }
  return { loss, correct };
}

/** Without dropout and class weights, as Keras evaluates. */
async function validate(training: Training, examples: MapExamples, batchSize: number): Promise<Score> {
  const { head, tail, pace } = training;
  let loss = 0;
  let correct = 0;
  const order = Uint32Array.from(examples.labels, (_, i) => i);
  for await (const { rows, maps } of batches(examples, order, batchSize)) {
    const logits = await tailLogits(head, tail, maps);
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

/** Logits [n, classes] of maps [n, height, width, channels]: for a batch. */
export async function tailLogits(head: TrainedHead, tail: Tail, maps: Float32Array): Promise<Float32Array> {
  const features = await tail.features(maps);
  return headLogitsOnBackend(head, features, features.length / head.inputs);
}

/** Batches in `order`; the maps of the next are read while one is worked on. */
async function* batches(
  { maps }: MapExamples,
  order: Uint32Array,
  batchSize: number,
  epoch?: number,
): AsyncGenerator<{ readonly rows: Uint32Array; readonly maps: Float32Array }> {
  const read = (from: number) => {
    const rows = order.slice(from, from + batchSize);
    const reading = maps.read(rows, epoch).then((values) => ({ rows, maps: values }));
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
