import { HeadwayError } from '../errors';
import type { JobControl } from '../job';
import { Random } from '../random';
import type { EpochMetrics, ExactFit, HeadSpec, TrainingOptions } from '../run';
import { dropoutMask } from './dropout';
import { shapeOf, sourceOf, type Batch, type Examples, type ExampleSource } from './examples';
import { copyHead, initialHead, type TrainedHead } from './head';
import { batchGradients, type Results } from './layers';
import { sourceLogits } from './logits';
import { addPenaltyGradient, balancedWeights, penalty, score, type Score } from './loss';
import { createOptimizer, type Optimizer } from './optimizers';
import { validateTraining } from './options';
import { Pace } from './pace';

export interface TrainedHeadResult {
  readonly head: TrainedHead;
  /** The epoch, counted from 1, whose weights the head carries. */
  readonly bestEpoch: number;
  readonly history: readonly EpochMetrics[];
  /** Milliseconds of work: neither pauses nor the consumer's own time between epochs. */
  readonly trainMs: number;
  /** Of the exact head only. */
  readonly exact?: ExactFit;
}

/** Everything that an epoch changes or reads. */
interface Training {
  readonly head: TrainedHead;
  readonly optimize: Optimizer;
  readonly results: Results;
  readonly classWeights: Float64Array | null;
  readonly shuffle: Random;
  readonly dropout: Random;
  readonly pace: Pace;
}

/**
 * Trains a head on the current tfjs backend as Keras' `fit` would: shuffled each epoch, the last short batch included,
 * mean cross-entropy weighted by class plus L2; yields after each epoch. With early stopping the head carries the
 * weights of the lowest validation loss (Keras 3's `restore_best_weights`), otherwise those of the last epoch.
 * @throws HeadwayError `invalid-request`, `too-few-images`, `too-few-classes`, `training-diverged`, `cancelled`
 */
export async function* trainHead(
  spec: HeadSpec,
  options: TrainingOptions,
  train: Examples | ExampleSource,
  validation: Examples | ExampleSource,
  control: JobControl,
): AsyncGenerator<EpochMetrics, TrainedHeadResult, undefined> {
  validateTraining(spec, options);
  const { inputs, classes } = shapeOf(train, validation);
  const [source, held] = [sourceOf(train), sourceOf(validation)];
  const head = initialHead(spec, inputs, classes, options.seed);
  const pace = new Pace(control);
  const parameters = head.layers.flatMap(({ kernel, bias }) => [kernel, bias]);
  const training: Training = {
    head,
    optimize: createOptimizer(options.optimizer, parameters, options.learningRate),
    results: {
      logits: new Float32Array(options.batchSize * classes),
      gradients: parameters.map((parameter) => new Float32Array(parameter.length)),
    },
    classWeights: options.classWeights === 'balanced' ? balancedWeights(train.labels, classes) : null,
    shuffle: new Random(options.seed, 'shuffle'),
    dropout: new Random(options.seed, 'dropout'),
    pace,
  };
  const history: EpochMetrics[] = [];
  let best: { head: TrainedHead; epoch: number; loss: number } | null = null;
  for (let epoch = 1; epoch <= options.epochs; epoch++) {
    await pace.checkpoint();
    const running = await trainEpoch(training, source, options.batchSize);
    const scored = await validate(head, held, pace);
    const metrics: EpochMetrics = {
      epoch,
      loss: running.loss / train.labels.length,
      accuracy: running.correct / train.labels.length,
      valLoss: scored.loss / validation.labels.length + penalty(head),
      valAccuracy: scored.correct / validation.labels.length,
    };
    if (!Number.isFinite(metrics.loss) || !Number.isFinite(metrics.valLoss)) throw diverged(epoch, options);
    history.push(metrics);
    pace.stop();
    yield metrics;
    pace.start();
    if (options.earlyStopping === null) continue;
    if (best === null || metrics.valLoss < best.loss)
      best = { head: copyHead(head), epoch, loss: metrics.valLoss };
    else if (epoch - best.epoch >= options.earlyStopping.patience) break;
  }
  pace.stop();
  return {
    head: best?.head ?? head,
    bestEpoch: best?.epoch ?? history.length,
    history,
    trainMs: pace.workedMs,
  };
}

/** One pass over the training examples; the sums that Keras' running means are made of, penalty included. */
async function trainEpoch(training: Training, train: ExampleSource, batchSize: number): Promise<Score> {
  const { head, pace, results } = training;
  const { l2, dropout } = head.spec;
  let loss = 0;
  let correct = 0;
  for await (const batch of train.epoch(training.shuffle, batchSize)) {
    const masks =
      dropout === 0
        ? []
        : head.spec.hidden.map((units) => dropoutMask(batch.size * units, dropout, training.dropout));
    const weights = exampleWeights(batch, training.classWeights);
    await batchGradients(head, batch, { weights, masks }, results);
    const { logits, gradients } = results;
    const scored = score(logits, batch.labels, head.classes, training.classWeights);
    loss += scored.loss + batch.size * penalty(head);
    correct += scored.correct;
    // Not worth an epoch's time: from here on every number would be NaN.
    if (!Number.isFinite(loss)) break;
    if (l2 > 0)
      for (const [i, { kernel }] of head.layers.entries()) addPenaltyGradient(gradients[2 * i]!, kernel, l2);
    training.optimize(gradients);
    await pace.breathe();
  }
  return { loss, correct };
}

/** Weight of each example in the batch's mean: of its class, over the batch's size (Keras does not normalise further). */
export function exampleWeights(
  batch: Pick<Batch, 'labels' | 'size'>,
  classWeights: Float64Array | null,
): Float32Array {
  return Float32Array.from(batch.labels, (label) => (classWeights?.[label] ?? 1) / batch.size);
}

/** Without dropout and class weights, as Keras evaluates. */
async function validate(head: TrainedHead, source: ExampleSource, pace: Pace): Promise<Score> {
  return score(await sourceLogits(head, source, pace), source.labels, head.classes);
}

export function diverged(epoch: number, options: TrainingOptions): HeadwayError {
  return new HeadwayError({
    code: 'training-diverged',
    message: `Training diverged: in epoch ${epoch} the loss was no longer a finite number.`,
    advice: `Lower the learning rate (${options.learningRate} now; try a tenth) and run again: the extracted features are kept.`,
    details: `optimizer ${options.optimizer}, batch size ${options.batchSize}, seed ${options.seed}`,
    why: { code: 'loss-not-finite', epoch, learningRate: options.learningRate },
  });
}
