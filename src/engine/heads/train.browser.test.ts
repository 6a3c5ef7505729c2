import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Job } from '../job';
import { Random } from '../random';
import { evaluate } from '../results/metrics';
import type { HeadSpec, TrainingOptions } from '../run';
import { initialHead } from './head';
import { balancedWeights, penalty } from './loss';
import { clouds, collect, plainOptions, useBackend } from './training.test-helper';
import { trainHead } from './train';

const dense = (hidden: number[], dropout = 0, l2 = 0): HeadSpec => ({ kind: 'dense', hidden, dropout, l2 });

let baseline = 0;
beforeEach(async () => {
  await useBackend('wasm');
  baseline = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(baseline);
});

describe('trainHead beside stock fit', () => {
  const inputs = 12;
  const classes = 3;
  const n = 40;
  const train = clouds(n, inputs, classes, 1);
  const validation = clouds(20, inputs, classes, 2);
  const spec = dense([8, 5], 0, 0.01);

  function stockModel(options: TrainingOptions): { model: tf.Sequential; optimizer: tf.Optimizer } {
    const head = initialHead(spec, inputs, classes, options.seed);
    const kernelRegularizer = tf.regularizers.l2({ l2: spec.l2 });
    const model = tf.sequential();
    for (const [i, { units, inputs }] of head.layers.entries()) {
      const activation = i < 2 ? 'relu' : 'softmax';
      model.add(tf.layers.dense({ units, activation, kernelRegularizer, inputShape: [inputs] }));
    }
    tf.tidy(() => {
      model.setWeights(
        head.layers.flatMap((l) => [tf.tensor2d(l.kernel, [l.inputs, l.units]), tf.tensor1d(l.bias)]),
      );
    });
    const { learningRate } = options;
    const optimizer = {
      adam: () => tf.train.adam(learningRate, 0.9, 0.999, 1e-7),
      rmsprop: () => tf.train.rmsprop(learningRate, 0.9, 0, 1e-7),
      sgd: () => tf.train.momentum(learningRate, 0.9),
    }[options.optimizer]();
    model.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
    return { model, optimizer };
  }

  const data = (labels: Uint16Array, features: Float32Array) => ({
    x: tf.tensor2d(features, [labels.length, inputs]),
    y: tf.tidy(() => tf.oneHot(tf.tensor1d(Array.from(labels), 'int32'), classes)),
  });

  it.each(['adam', 'rmsprop', 'sgd'] as const)(
    'has the losses, accuracies and weights of %s: last short batch, class weights, L2',
    async (id) => {
      const options: TrainingOptions = {
        ...plainOptions,
        optimizer: id,
        learningRate: 0.01,
        epochs: 4,
        batchSize: 16,
        classWeights: 'balanced',
      };
      const [, ours] = await collect(trainHead(spec, options, train, validation, new Job()));

      const { model, optimizer } = stockModel(options);
      const byClass = balancedWeights(train.labels, classes);
      const classWeight = Object.fromEntries(byClass.entries());
      const val = data(validation.labels, validation.features);
      const shuffle = new Random(options.seed, 'shuffle');
      const order = Uint32Array.from({ length: n }, (_, i) => i);
      let step = 0;
      for (const metrics of ours.history) {
        shuffle.shuffle(order);
        const features = Float32Array.from({ length: n * inputs }, (_, i) => {
          return train.features[order[Math.floor(i / inputs)]! * inputs + (i % inputs)]!;
        });
        const { x, y } = data(
          Uint16Array.from(order, (i) => train.labels[i]!),
          features,
        );
        const fitted = await model.fit(x, y, {
          epochs: 1,
          batchSize: options.batchSize,
          shuffle: false,
          classWeight,
          validationData: [val.x, val.y],
          callbacks: {
            // tfjs adds epsilon to the corrected root, Keras to the uncorrected one.
            onBatchBegin: () => {
              step++;
              if (id === 'adam') Object.assign(optimizer, { epsilon: 1e-7 / Math.sqrt(1 - 0.999 ** step) });
            },
          },
        });
        tf.dispose([x, y]);
        const last = (key: string) => Number(fitted.history[key]![0]);
        expect(metrics.loss).toBeCloseTo(last('loss'), 4);
        expect(metrics.accuracy).toBeCloseTo(last('acc'), 5);
        expect(metrics.valAccuracy).toBeCloseTo(last('val_acc'), 5);
        // Unlike Keras, tfjs leaves L2 out of the validation loss; our last epoch's weights are at hand.
        if (metrics.epoch === options.epochs)
          expect(metrics.valLoss - penalty(ours.head)).toBeCloseTo(last('val_loss'), 4);
      }
      const stock = model.getWeights().map((w) => w.dataSync());
      const mine = ours.head.layers.flatMap(({ kernel, bias }) => [kernel, bias]);
      let largest = 0;
      for (const [i, array] of mine.entries())
        for (const [j, w] of array.entries()) largest = Math.max(largest, Math.abs(w - stock[i]![j]!));
      expect(largest).toBeLessThan(1e-5);
      expect(ours.bestEpoch).toBe(options.epochs);
      model.dispose();
      optimizer.dispose();
      // tfjs' momentum optimizer forgets the tensor of its learning rate.
      const { c } = optimizer as unknown as { c?: tf.Tensor };
      if (id === 'sgd') c?.dispose();
      tf.dispose(val);
    },
  );
});

describe('trainHead', () => {
  const train = clouds(300, 16, 4, 1, 3);
  const validation = clouds(100, 16, 4, 2, 3);

  it('gives the same curve for the same seed, with dropout too, and another for another', async () => {
    const run = (seed: number) =>
      collect(trainHead(dense([32], 0.5), { ...plainOptions, seed }, train, validation, new Job()));
    const [epochs, first] = await run(1);
    const [, second] = await run(1);
    const [, third] = await run(2);
    expect(epochs).toEqual(first.history);
    expect(second.history).toEqual(first.history);
    expect(second.head).toEqual(first.head);
    expect(third.history).not.toEqual(first.history);
  });

  it('learns under dropout, which the validation does not feel', async () => {
    const options = { ...plainOptions, epochs: 30, learningRate: 0.01 };
    const [, { head, history }] = await collect(
      trainHead(dense([64], 0.5), options, train, validation, new Job()),
    );
    const last = history.at(-1)!;
    expect(last.loss).toBeLessThan(history[0]!.loss / 2);
    expect(evaluate(head, validation).crossEntropy).toBeCloseTo(last.valLoss, 4);
    expect(evaluate(head, validation).accuracy).toBe(last.valAccuracy);
  });

  it('stops early and carries the weights of the lowest validation loss', async () => {
    const options = { ...plainOptions, epochs: 200, learningRate: 0.02, earlyStopping: { patience: 3 } };
    const [, { head, history, bestEpoch }] = await collect(
      trainHead(dense([64]), options, train, validation, new Job()),
    );
    const losses = history.map(({ valLoss }) => valLoss);
    expect(history.length).toBeLessThan(200);
    expect(bestEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
    expect(history.length).toBe(bestEpoch + 3);
    expect(evaluate(head, validation).crossEntropy).toBeCloseTo(Math.min(...losses), 4);
  });

  it('restores the best weights also where the epochs run out first', async () => {
    const options = { ...plainOptions, epochs: 40, learningRate: 0.02, earlyStopping: { patience: 1000 } };
    const [, { head, history, bestEpoch }] = await collect(
      trainHead(dense([64]), options, train, validation, new Job()),
    );
    expect(history.length).toBe(40);
    expect(bestEpoch).toBeLessThan(40);
    expect(evaluate(head, validation).crossEntropy).toBeCloseTo(history[bestEpoch - 1]!.valLoss, 4);
  });

  it('says that it diverged, and what to do', async () => {
    const features = train.features.map((x) => x * 1e20);
    const options = { ...plainOptions, optimizer: 'sgd' as const, learningRate: 10 };
    const diverging = collect(trainHead(dense([8]), options, { ...train, features }, validation, new Job()));
    await expect(diverging).rejects.toMatchObject({
      code: 'training-diverged',
      advice: expect.stringContaining('learning rate') as string,
    });
  });

  it('refuses bad options before anything else', async () => {
    const attempt = trainHead(dense([8]), { ...plainOptions, epochs: 0 }, train, validation, new Job());
    await expect(attempt.next()).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('leaves nothing behind when its consumer loses interest', async () => {
    for await (const { epoch } of trainHead(dense([8]), plainOptions, train, validation, new Job()))
      if (epoch === 2) break;
  });
});

describe('steering', () => {
  const train = clouds(4000, 512, 4, 1);
  const validation = clouds(50, 512, 4, 2);
  const spec = dense([512]);
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it('is cancelled in the middle of an epoch', async () => {
    const job = new Job();
    const epoch = trainHead(spec, plainOptions, train, validation, job).next();
    const outcome = epoch.then(
      () => 'finished',
      (error: unknown) => error,
    );
    await wait(60);
    const start = performance.now();
    job.cancel();
    expect(await outcome).toMatchObject({ code: 'cancelled' });
    console.info(`cancelled after ${(performance.now() - start).toFixed(0)} ms`);
  });

  it('starts nothing once cancelled', async () => {
    const job = new Job();
    job.cancel();
    await expect(trainHead(spec, plainOptions, train, validation, job).next()).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('pauses and goes on, the pause not counted', async () => {
    const job = new Job();
    const small = clouds(1000, 512, 4, 1);
    const options = { ...plainOptions, epochs: 1 };
    job.pause();
    let finished = false;
    const outcome = collect(trainHead(dense([16]), options, small, validation, job)).then(([, result]) => {
      finished = true;
      return result;
    });
    await wait(1500);
    expect(finished).toBe(false);
    job.resume();
    expect((await outcome).trainMs).toBeLessThan(1200);
  });
});
