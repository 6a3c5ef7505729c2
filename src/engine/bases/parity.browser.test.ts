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

beforeAll(async () => {
  await useBackend('wasm');
  images = await cifar10(0, 10);
  // Downloads once for all tests below.
  (await load()).dispose();
});

interface LayersModel {
  modelTopology: {
    model_config: { config: { layers: { config: { batch_input_shape?: (number | null)[] } }[] } };
  };
  weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
}

/** Stock tfjs, batch norm unfolded, its 512 pixels of input changed to `side`. Shards are read whole, one by one. */
async function stockModel(side: number): Promise<tf.LayersModel> {
  const folder = `${mirror}/idai-shapes-ceramics_resnet50@1.0.1/model`;
  const model = (await (await fetch(`${folder}/model.json`)).json()) as LayersModel;
  model.modelTopology.model_config.config.layers[0]!.config.batch_input_shape = [null, side, side, 3];
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
function compare(title: string, mine: Float32Array, stock: Float32Array, n: number): { least: number } {
  expect(mine).toHaveLength(n * width);
  const least = Math.min(...Array.from({ length: n }, (_, i) => cosine(mine, stock, i, width)));
  const difference = mine.reduce((most, value, i) => Math.max(most, Math.abs(value - stock[i]!)), 0);
  const largest = mine.reduce((most, value) => Math.max(most, value), 0);
  console.info(
    `${title}: 1 - cosine ${(1 - least).toExponential(1)}, difference ${difference.toExponential(1)} of ${largest.toFixed(1)}`,
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

let stock224: Float32Array;

test('wasm: ten images at 224 pixels', async () => {
  await useBackend('wasm');
  const squares = await images.at(224);
  stock224 = await stockFeatures(squares, 10, 224);
  const [mine, ms] = await withBase(async (base) => {
    await base.features(squares.subarray(0, 224 * 224 * 3), 1);
    const start = performance.now();
    return [await base.features(squares, 10), performance.now() - start] as const;
  });
  console.info(`wasm: ${(10_000 / ms).toFixed(1)} images/s in one batch of 10`);
  expect(compare('wasm 224', mine, stock224, 10).least).toBeGreaterThanOrEqual(0.9999);
});

test('cpu: ten images at 64 pixels, one at 224', async () => {
  await useBackend('cpu');
  const squares = await images.at(64);
  const stock = await stockFeatures(squares, 10, 64);
  const one = (await images.at(224)).subarray(0, 224 * 224 * 3);
  const [small, large] = await withBase(async (base) => [
    await base.features(squares, 10),
    await base.features(one, 1),
  ]);
  expect(compare('cpu 64', small, stock, 10).least).toBeGreaterThanOrEqual(0.9999);
  expect(compare('cpu 224', large, stock224.subarray(0, width), 1).least).toBeGreaterThanOrEqual(0.9999);
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
  const squares = (await images.at(32)).subarray(0, n * 32 * 32 * 3);
  await useBackend('wasm');
  const stock = await stockFeatures(squares, n, 32);
  await useBackend(id);
  const mine = await withBase((base) => base.features(squares, n));
  expect(compare(`${id} 32`, mine, stock, n).least).toBeGreaterThanOrEqual(0.9999);
});

afterAll(async () => {
  await useBackend('wasm');
});
