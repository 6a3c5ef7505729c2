import 'fake-indexeddb/auto';
import * as tf from '@tensorflow/tfjs-core';
// The whole of tfjs: it brings the cpu backend and registers the gradients.
import '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { bottleneckSpec } from '../features/estimate';
import type { FeatureSpec } from '../features/key';
import { MapStore } from '../features/map-store';
import { Job } from '../job';
import { nets } from '../nets';
import { runGraph, type ConvTensors } from '../nets/run';
import type { HeadSpec } from '../run';
import { openStorage } from '../storage';
import { initialHead } from './head';
import { trainTail, tailLogits, type TrainedTailResult } from './tail';
import { TailCheckpoints } from './tail-checkpoints';
import { storedMaps, type MapExamples } from './tail-source';
import { imagesAtOnce, Tail } from './tail-weights';
import {
  classes,
  head,
  inMemory,
  net,
  options,
  run,
  shape,
  start,
  train,
  validation,
  weights,
} from './tail.test-helper';
import { score } from './loss';
import { trainHead } from './train';

/** Logits of some maps, by a trained head and tail. */
async function logitsOf(
  { head: own, tail }: TrainedTailResult,
  { maps }: typeof train,
): Promise<Float32Array> {
  const above = new Tail(net, 'low', tail, shape);
  try {
    return await tailLogits(own, above, maps);
  } finally {
    above.dispose();
  }
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test('with a learning rate of zero it is the head alone, on features that nothing has changed', async () => {
  const frozen = await run({ tailLearningRate: 0 });
  for (const [name, { kernel, bias }] of frozen.tail) {
    expect([...kernel]).toEqual([...weights.get(name)!.kernel]);
    expect([...bias]).toEqual([...weights.get(name)!.bias]);
  }
  const tail = new Tail(net, 'low', weights, shape);
  const features = async ({ maps }: typeof train) => tail.features(maps);
  const alone = trainHead(
    head,
    { ...options },
    { features: await features(train), labels: train.labels, classes },
    { features: await features(validation), labels: validation.labels, classes },
    new Job(),
  );
  let next = await alone.next();
  while (next.done !== true) next = await alone.next();
  tail.dispose();
  for (const [i, epoch] of frozen.history.entries())
    for (const [key, value] of Object.entries(next.value.history[i]!))
      expect(epoch[key as keyof typeof epoch], key).toBeCloseTo(value as number, 5);
});

test('one step of gradient descent is that of tfjs’ tape over the whole of it', async () => {
  const plain: HeadSpec = { ...head, hidden: [], l2: 0 };
  const all = { epochs: 1, batchSize: 45, optimizer: 'sgd', warmupEpochs: 0 } as const;
  const stepped = await run({ ...all, learningRate: 0.5, tailLearningRate: 0.1 }, { spec: plain });
  const before = initialHead(plain, 8, classes, options.seed).layers[0]!;
  const names = [...weights.keys()];
  const expected = tf.tidy(() => {
    const x = tf.tensor4d(train.maps, [45, ...shape]);
    const y = tf.oneHot(tf.tensor1d([...train.labels], 'int32'), classes);
    const loss = (...given: tf.Tensor[]): tf.Scalar => {
      const tensors = new Map(
        names.map((name, i): [string, ConvTensors] => [
          name,
          { kernel: given[2 * i] as tf.Tensor4D, bias: given[2 * i + 1] as tf.Tensor1D },
        ]),
      );
      const features = runGraph(tf, net, tensors, x, { from: 'low' }) as tf.Tensor2D;
      const logits = tf.add(tf.matMul(features, given.at(-2) as tf.Tensor2D), given.at(-1)!);
      return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), y), 1)));
    };
    const variables = [
      ...names.flatMap((name) => {
        const { kernel, shape: size, bias } = weights.get(name)!;
        return [tf.tensor(kernel, [...size]), tf.tensor1d(bias)];
      }),
      tf.tensor2d(before.kernel, [8, classes]),
      tf.tensor1d(before.bias),
    ];
    const rates = variables.map((_, i) => (i < 2 * names.length ? 0.1 : 0.5));
    return tf
      .grads(loss)(variables)
      .map((gradient, i) => [...tf.sub(variables[i]!, tf.mul(gradient, rates[i]!)).dataSync<'float32'>()]);
  });
  const [layer] = stepped.head.layers;
  const mine = [
    ...names.flatMap((name) => [stepped.tail.get(name)!.kernel, stepped.tail.get(name)!.bias]),
    layer!.kernel,
    layer!.bias,
  ];
  for (const [i, values] of mine.entries())
    for (const [k, value] of values.entries()) expect(value).toBeCloseTo(expected[i]![k]!, 5);
});

test.each(['adam', 'rmsprop', 'sgd'] as const)(
  'one step by %s on one batch lowers its loss',
  async (optimizer) => {
    const one = { epochs: 2, batchSize: 45, warmupEpochs: 0, optimizer, learningRate: 1e-8 };
    // The head all but stands still: it is the tail that learns.
    const { history } = await run({ ...one, tailLearningRate: optimizer === 'sgd' ? 0.1 : 0.001 });
    expect(history[1]!.loss).toBeLessThan(history[0]!.loss - 1e-4);
  },
);

test('it learns what the frozen tail cannot, warms up, and is the same for the same seed', async () => {
  const longer = { epochs: 12, batchSize: 15 };
  const [first, again, other, frozen] = [
    await run(longer),
    await run(longer),
    await run({ ...longer, seed: 7 }),
    await run({ ...longer, tailLearningRate: 0 }),
  ];
  expect(again.history).toEqual(first.history);
  expect(other.history).not.toEqual(first.history);
  expect(first.history[0]).toEqual(frozen.history[0]);
  expect(first.history[1]!.valLoss).not.toBe(frozen.history[1]!.valLoss);
  const last = ({ history }: TrainedTailResult) => history.at(-1)!.valLoss;
  expect(last(first)).toBeLessThan(0.9 * last(frozen));
}, 30_000);

test('maps kept as float16 train to the same, to a thousandth', async () => {
  const store = new MapStore(openStorage('tail'));
  const spec: FeatureSpec = {
    ...bottleneckSpec('vgg16', 'ab'.repeat(32), 'stretch', 'block1_pool'),
    numberFormat: 'float16',
    form: 'map',
  };
  const stored = async (examples: typeof train, prefix: string): Promise<MapExamples> => {
    const ids = Array.from(examples.labels, (_, i) => `${prefix}${i}`);
    await store.put(spec, ids, examples.maps);
    return { labels: examples.labels, maps: storedMaps(store, [spec], ids, shape) };
  };
  const cached = await run(
    {},
    { train: await stored(train, 't'), validation: await stored(validation, 'v') },
  );
  const direct = await run();
  for (const [i, { loss, valLoss }] of cached.history.entries()) {
    expect(Math.abs(loss - direct.history[i]!.loss)).toBeLessThan(1e-3);
    expect(Math.abs(valLoss - direct.history[i]!.valLoss)).toBeLessThan(1e-3);
  }
}, 30_000);

test('early stopping brings head and tail of the best epoch back', async () => {
  const fast = { epochs: 40, learningRate: 0.05, tailLearningRate: 0.05, earlyStopping: { patience: 4 } };
  const result = await run(fast, { spec: { ...head, l2: 0 } });
  const losses = result.history.map(({ valLoss }) => valLoss);
  expect(result.history.length).toBeLessThan(40);
  expect(result.bestEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
  expect(result.bestEpoch).toBe(result.history.length - 4);
  const { loss } = score(await logitsOf(result, validation), validation.labels, classes);
  expect(loss / 30).toBeCloseTo(losses[result.bestEpoch - 1]!, 5);
}, 30_000);

test('killed midway, it goes on from the last whole epoch to the very same end', async () => {
  const long = { epochs: 5, batchSize: 20, earlyStopping: { patience: 5 } };
  const spec = { ...head, dropout: 0.3 };
  const whole = await run(long, { spec });
  const start_ = (checkpoints: Awaited<ReturnType<TailCheckpoints['of']>>) =>
    trainTail(
      spec,
      { ...options, ...long },
      start,
      classes,
      inMemory(train),
      inMemory(validation),
      new Job(),
      { checkpoints },
    );
  const store = new TailCheckpoints(openStorage('tail-checkpoints'));
  const killed = start_(await store.of({ run: 1 }));
  for (let epoch = 0; epoch < 3; epoch++) await killed.next();
  await killed.return(undefined as never);

  const checkpoints = await store.of({ run: 1 });
  expect(checkpoints.from!.history).toEqual(whole.history.slice(0, 3));
  const resumed = start_(checkpoints);
  const seen = [];
  let next = await resumed.next();
  while (next.done !== true) {
    seen.push(next.value.epoch);
    next = await resumed.next();
  }
  expect(seen).toEqual([4, 5]);
  const { history, bestEpoch, head: ownHead, tail } = next.value;
  expect(history).toEqual(whole.history);
  expect(bestEpoch).toBe(whole.bestEpoch);
  expect(ownHead).toEqual(whole.head);
  expect(tail).toEqual(whole.tail);

  // Another training begins anew, and takes the place.
  expect((await store.of({ run: 2 })).from).toBeNull();
  expect((await store.of({ run: 1 })).from).toBeNull();
}, 30_000);

test('a batch in parts has the gradients of the whole', async () => {
  const spec = { ...head, dropout: 0.3 };
  const patch = { classWeights: 'balanced', epochs: 3, batchSize: 20 } as const;
  const before = tf.memory().numTensors;
  const [whole, parts] = [await run(patch, { spec }), await run(patch, { spec, atOnce: 7 })];
  for (const [i, epoch] of parts.history.entries())
    for (const [key, value] of Object.entries(whole.history[i]!))
      expect(epoch[key as keyof typeof epoch], key).toBeCloseTo(value as number, 4);
  expect(tf.memory().numTensors).toBe(before);
});

test('no more images go at once than memory has room for', () => {
  const rows = (cut: string, at: [number, number, number]) => imagesAtOnce(nets.resnet50, cut, at);
  // 3 · 30 MB of outputs for each image above conv2, 3 · 3.4 MB above conv4.
  expect(rows('conv2_block3_out', [56, 56, 256])).toBeGreaterThan(5);
  expect(rows('conv2_block3_out', [56, 56, 256])).toBeLessThan(30);
  expect(rows('conv4_block6_out', [14, 14, 1024])).toBeGreaterThan(64);
});

test('dropout and class weights take part, and nothing is left behind', async () => {
  const before = tf.memory().numTensors;
  const with_ = await run({ classWeights: 'balanced', epochs: 2 }, { spec: { ...head, dropout: 0.5 } });
  expect(with_.history).toHaveLength(2);
  expect(tf.memory().numTensors).toBe(before);
});

test('cancelled, failed or abandoned, nothing is left behind either', async () => {
  const before = tf.memory().numTensors;
  const job = new Job();
  job.cancel();
  await expect(run({}, { job })).rejects.toMatchObject({ code: 'cancelled' });
  const broken: MapExamples = {
    labels: train.labels,
    maps: { shape, read: () => Promise.reject(new Error('gone')) },
  };
  await expect(run({}, { train: broken })).rejects.toThrow('gone');
  const abandoned = trainTail(
    head,
    options,
    start,
    classes,
    inMemory(train),
    inMemory(validation),
    new Job(),
  );
  await abandoned.next();
  await abandoned.return(undefined as never);
  const huge = inMemory({ ...train, maps: train.maps.map((value) => value * 1e30) });
  await expect(run({}, { train: huge })).rejects.toMatchObject({ code: 'training-diverged' });
  expect(tf.memory().numTensors).toBe(before);
});

test('what makes no sense is refused', async () => {
  const none = { maps: inMemory(train).maps, labels: new Uint16Array() };
  await expect(run({}, { train: none })).rejects.toMatchObject({ code: 'too-few-images' });
  for (const patch of [
    { tailLearningRate: -1 },
    { tailLearningRate: NaN },
    { warmupEpochs: 7 },
    { epochs: 0 },
  ])
    await expect(run(patch)).rejects.toMatchObject({ code: 'invalid-request' });
  const exact: HeadSpec = { kind: 'exact', hidden: [], dropout: 0, l2: 0 };
  await expect(run({}, { spec: exact })).rejects.toMatchObject({ code: 'invalid-request' });
});
