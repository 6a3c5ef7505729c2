/** Our ResNet50 against stock tfjs on the very same model.json: real weights, real images, every backend. */
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BackendId } from '../backend/backend';
import { probeBackends } from '../backend/probe';
import { useBackend } from '../backend/use';
import { Job } from '../job';
import { caffePreprocessing } from '../nets/graph';
import { preprocess } from '../nets/preprocess';
import { openStorage } from '../storage';
import { loadBase, type FrozenBase } from './base';
import { cifar10, cosine, mirror, mirroredCdn } from './real-images.test-helper';

const width = 2048;
const storage = openStorage('parity');
const load = () => loadBase('resnet50', storage, { control: new Job(), fetch: mirroredCdn });
let images: Awaited<ReturnType<typeof cifar10>>;

/** Of the first images, by their size. */
const stock = new Map<number, Float32Array>();

beforeAll(async () => {
  await useBackend('wasm');
  images = await cifar10(0, 10);
  // Downloads once for all tests below.
  (await load()).dispose();
  for (const [n, side] of [
    [10, 224],
    [10, 32],
    [1, 100],
  ] as const)
    stock.set(side, await stockFeatures(await pictures(n, side), n, side));
});

const pictures = async (n: number, side: number) => (await images.at(side)).subarray(0, n * side * side * 3);

interface LayersModel {
  modelTopology: {
    model_config: {
      config: {
        layers: { config: { batch_input_shape?: (number | null)[]; kernel_initializer?: object } }[];
      };
    };
  };
  weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
}

/** Stock tfjs, batch norm unfolded, its 512 pixels of input changed to `side`. Shards are read whole, one by one. */
async function stockModel(side: number): Promise<tf.LayersModel> {
  const folder = `${mirror}/idai-shapes-ceramics_resnet50@1.0.1/model`;
  const model = (await (await fetch(`${folder}/model.json`)).json()) as LayersModel;
  const { layers } = model.modelTopology.model_config.config;
  layers[0]!.config.batch_input_shape = [null, side, side, 3];
  // What is overwritten at once need not be drawn at random.
  for (const { config } of layers)
    if (config.kernel_initializer) config.kernel_initializer = { class_name: 'Zeros', config: {} };
  const [group] = model.weightsManifest;
  const parts: ArrayBuffer[] = [];
  for (const path of group!.paths) parts.push(await (await fetch(`${folder}/${path}`)).arrayBuffer());
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: model.modelTopology,
      weightSpecs: group!.weights,
      weightData: await new Blob(parts).arrayBuffer(),
    }),
  );
}

async function stockFeatures(squares: Uint8Array, n: number, side: number): Promise<Float32Array> {
  const model = await stockModel(side);
  const input = tf.tensor4d(preprocess(caffePreprocessing, squares), [n, side, side, 3]);
  const output = model.predict(input, { batchSize: 5 }) as tf.Tensor;
  const values = await output.data<'float32'>();
  tf.dispose([input, output]);
  model.dispose();
  return values;
}

/** Prints what was measured and returns the worst cosine and the largest difference. */
function compare(backend: BackendId, side: number, mine: Float32Array, n: number): { least: number } {
  expect(mine).toHaveLength(n * width);
  const expected = stock.get(side)!;
  const least = Math.min(...Array.from({ length: n }, (_, i) => cosine(mine, expected, i, width)));
  const difference = mine.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
  const largest = mine.reduce((most, value) => Math.max(most, value), 0);
  console.info(
    `${backend} ${side}: 1 - cosine ${(1 - least).toExponential(1)}, difference ${difference.toExponential(1)} of ${largest.toFixed(1)}`,
  );
  return { least };
}

async function withBase<T>(work: (base: FrozenBase) => Promise<T>): Promise<T> {
  const before = tf.memory().numTensors;
  const base = await load();
  try {
    return await work(base);
  } finally {
    base.dispose();
    base.dispose();
    expect(tf.memory().numTensors).toBe(before);
  }
}

test('wasm: ten images at 224 pixels', async () => {
  await useBackend('wasm');
  const squares = await pictures(10, 224);
  const [mine, ms] = await withBase(async (base) => {
    await base.features(squares.subarray(0, 224 * 224 * 3), 1);
    const start = performance.now();
    return [await base.features(squares, 10), performance.now() - start] as const;
  });
  console.info(`wasm: ${(10_000 / ms).toFixed(1)} images/s in one batch of 10`);
  expect(compare('wasm', 224, mine, 10).least).toBeGreaterThanOrEqual(0.9999);
});

// A backend in plain JavaScript: the smallest size, and one that no stride divides.
test.each([
  [10, 32],
  [1, 100],
])('cpu: %i images at %i pixels', async (n, side) => {
  await useBackend('cpu');
  const squares = await pictures(n, side);
  const mine = await withBase((base) => base.features(squares, n));
  expect(compare('cpu', side, mine, n).least).toBeGreaterThanOrEqual(0.9999);
});

test.each<[BackendId, number]>([
  ['webgl', 2],
  ['webgpu', 2],
])('%s: %i images at 32 pixels', async (id, n) => {
  const { available } = await probeBackends();
  if (!available.includes(id)) {
    console.info(`${id} is not here: its features stay unchecked`);
    return;
  }
  const squares = await pictures(n, 32);
  await useBackend(id);
  const mine = await withBase((base) => base.features(squares, n));
  expect(compare(id, 32, mine, n).least).toBeGreaterThanOrEqual(0.9999);
});

afterAll(async () => {
  await useBackend('wasm');
});
