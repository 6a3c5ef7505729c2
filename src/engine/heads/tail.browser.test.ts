/** ResNet50's real last stages on CIFAR-10 at 64 pixels, trained on WASM. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { useBackend } from '../backend/use';
import { loadBase, loadKeptWeights, type FrozenBase } from '../bases/base';
import { cifar10, mirroredCdn } from '../bases/real-images.test-helper';
import { extractFeatures } from '../features/extract';
import { fromFloat16 } from '../bases/formats/halves';
import { toFloat16 } from '../export/float16';
import { bottleneckSpec } from '../features/estimate';
import type { FeatureSpec } from '../features/key';
import { MapStore } from '../features/map-store';
import { Job } from '../job';
import { nets } from '../nets';
import { nodeShapes } from '../nets/shapes';
import { defaultRunRequest, type EpochMetrics, type HeadSpec } from '../run';
import { openStorage } from '../storage';
import { trainTail, type TailStart, type TrainedTailResult } from './tail';
import type { TailOptions } from './tail-options';
import { computedMaps, storedMaps, type MapExamples, type MapSource } from './tail-source';
import { Tail, tailWeights } from './tail-weights';

const net = nets.resnet50;
const cut = 'conv5_block2_out';
const [side, n, training] = [64, 96, 64];
const storage = openStorage('tail-real');
const store = new MapStore(storage);
const ids = Array.from({ length: n }, (_, i) => `image${i}`);
const shape = nodeShapes(net, side).get(cut) as MapSource['shape'];
let base: FrozenBase;
let squares: Uint8Array;
let labels: Uint16Array;
let spec: FeatureSpec;
let start: TailStart;

const pixels = (rows: ArrayLike<number>): Promise<Uint8Array> => {
  const length = side * side * 3;
  const out = new Uint8Array(rows.length * length);
  for (let i = 0; i < rows.length; i++)
    out.set(squares.subarray(rows[i]! * length, (rows[i]! + 1) * length), i * length);
  return Promise.resolve(out);
};

beforeAll(async () => {
  await useBackend('wasm');
  base = await loadBase('resnet50', storage, { control: new Job(), fetch: mirroredCdn });
  const images = await cifar10(0, n);
  squares = await images.at(side);
  labels = Uint16Array.from(images.classes);
  spec = {
    ...bottleneckSpec('resnet50', base.weightsDigest, 'stretch', cut),
    inputSize: side,
    numberFormat: 'float16',
    form: 'map',
  };
  await extractFeatures({
    base,
    spec,
    ids,
    pixels: (wanted) => pixels(wanted.map((id) => Number(id.slice(5)))),
    store,
    control: new Job(),
  });
  const weights = await loadKeptWeights('resnet50', storage, base.weightsDigest);
  start = { net, cut, weights: tailWeights(net, cut, weights) };
  return () => base.dispose();
});

const head: HeadSpec = { kind: 'dense', hidden: [], dropout: 0, l2: 0 };
const options: TailOptions = {
  ...defaultRunRequest,
  batchSize: 16,
  epochs: 3,
  learningRate: 0.001,
  tailLearningRate: 0.00005,
  warmupEpochs: 1,
};

/** The first images train, the others validate. */
function examples(maps: MapSource): [MapExamples, MapExamples] {
  const from = (first: number, last: number): MapExamples => ({
    labels: labels.slice(first, last),
    maps: { shape, read: (rows) => maps.read(Array.from(rows, (row) => row + first)) },
  });
  return [from(0, training), from(training, n)];
}

async function run(maps: MapSource, patch: Partial<TailOptions> = {}): Promise<TrainedTailResult> {
  const epochs = trainTail(head, { ...options, ...patch }, start, 10, ...examples(maps), new Job());
  for (;;) {
    const next = await epochs.next();
    if (next.done === true) return next.value;
  }
}

const stored = () => storedMaps(store, [spec], ids, shape);
const computed = () => computedMaps(base, cut, shape, pixels);
const differences = (a: readonly EpochMetrics[], b: readonly EpochMetrics[]) =>
  a.map(({ loss, valLoss }, i) => Math.max(Math.abs(loss - b[i]!.loss), Math.abs(valLoss - b[i]!.valLoss)));

test('an unchanged tail on stored maps gives the features of the whole base', async () => {
  const rows = ids.map((_, i) => i).slice(0, 16);
  const whole = await base.features(await pixels(rows), 16);
  const tail = new Tail(net, cut, start.weights, shape);
  const exact = await tail.features(await computed().read(rows));
  const rounded = await tail.features(await stored().read(rows));
  tail.dispose();
  const largest = whole.reduce((most, value) => Math.max(most, value), 0);
  const off = (a: Float32Array) =>
    a.reduce((most, value, i) => Math.max(most, Math.abs(value - whole[i]!)), 0) / largest;
  console.info(
    `of ${largest.toFixed(1)}: float32 ${off(exact).toExponential(1)}, float16 ${off(rounded).toExponential(1)}`,
  );
  expect(off(exact)).toBeLessThan(1e-5);
  // Rounding to float16 is off by up to 2^-11 of each value that goes in.
  expect(off(rounded)).toBeLessThan(5e-4);
});

test('trained from stored maps and from maps made anew, it is the same to a thousandth', async () => {
  const before = tf.memory().numTensors;
  const made = computed();
  const halved: MapSource = {
    shape,
    read: async (rows) => fromFloat16(toFloat16(await made.read(rows))),
  };
  const [cached, anew, alike] = [await run(stored()), await run(made), await run(halved)];
  // The store changes nothing but that it rounds …
  for (const difference of differences(cached.history, alike.history)) expect(difference).toBeLessThan(1e-5);
  // … which grows from epoch to epoch, as any small change does: beside the loss that training began with.
  const off = differences(cached.history, anew.history).map((one) => one / anew.history[0]!.loss);
  console.info(
    `losses ${cached.history.map(({ loss }) => loss.toFixed(4)).join(' ')}, off by ${off.map((d) => d.toExponential(1)).join(' ')}; ` +
      `${((training * 3) / (cached.trainMs / 1000)).toFixed(1)} examples/s of ${cached.trainMs.toFixed(0)} ms`,
  );
  for (const difference of off) expect(difference).toBeLessThan(1e-3);
  expect(cached.history[2]!.loss).toBeLessThan(cached.history[0]!.loss);
  expect(tf.memory().numTensors).toBe(before);
});

test('one step of the tail alone lowers the loss of its batch', async () => {
  const one = { batchSize: training, epochs: 2, warmupEpochs: 0, learningRate: 1e-8 };
  const { history } = await run(stored(), one);
  console.info(`loss ${history[0]!.loss} → ${history[1]!.loss}`);
  expect(history[1]!.loss).toBeLessThan(history[0]!.loss);
});
