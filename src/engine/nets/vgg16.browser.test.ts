/** Our VGG16 against stock tfjs, built layer by layer from the same weights. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBackend } from '../backend/use';
import { cosine } from '../bases/real-images.test-helper';
import type { ConvWeights } from '../bases/tensors';
import { Random } from '../random';
import { preprocess } from './preprocess';
import { runGraph, type ConvTensors } from './run';
import { nodeShapes } from './shapes';
import { vgg16 } from './vgg16';
import { realBlocks, withStandIn } from './vgg16.test-helper';

const side = 224;

/** Waves of different lengths in each channel, and some noise: edges and areas as in a photograph, the same everywhere. */
function picture(): tf.Tensor4D {
  const random = new Random(5, 'picture');
  const bytes = Uint8Array.from({ length: side * side * 3 }, (_, i) => {
    const [x, y, channel] = [Math.floor(i / 3) % side, Math.floor(i / 3 / side), i % 3];
    return 128 + 100 * Math.sin(x / (5 + 7 * channel)) * Math.cos(y / (9 + channel)) + random.below(20);
  });
  return tf.tensor4d(preprocess(vgg16.preprocessing, bytes), [1, side, side, 3]);
}

/** Stock layers up to a stage, with Keras' own settings. */
function stockModel(weights: ReadonlyMap<string, ConvWeights>, to: string): tf.Sequential {
  const model = tf.sequential();
  for (const node of vgg16.nodes) {
    if (node.op === 'input') model.add(tf.layers.inputLayer({ inputShape: [side, side, 3] }));
    else if (node.op === 'conv')
      model.add(
        tf.layers.conv2d({
          name: node.name,
          filters: node.filters,
          kernelSize: 3,
          padding: 'same',
          activation: 'relu',
          kernelInitializer: 'zeros',
        }),
      );
    else if (node.op === 'max-pool')
      model.add(tf.layers.maxPooling2d({ name: node.name, poolSize: 2, strides: 2 }));
    else model.add(tf.layers.globalAveragePooling2d({ name: node.name, dataFormat: 'channelsLast' }));
    if (node.name === to) break;
  }
  for (const layer of model.layers) {
    const own = weights.get(layer.name);
    if (!own) continue;
    const values = [own.kernel, own.bias].map(({ data, shape }) => tf.tensor(data, [...shape]));
    layer.setWeights(values);
    tf.dispose(values);
  }
  return model;
}

/** Both answers for the same picture; nothing stays behind. */
async function compare(weights: ReadonlyMap<string, ConvWeights>, to: string) {
  const before = tf.memory().numTensors;
  const input = picture();
  const model = stockModel(weights, to);
  const expected = model.predict(input) as tf.Tensor;
  const tensors = new Map<string, ConvTensors>();
  for (const [name, { kernel, bias }] of weights)
    tensors.set(name, {
      kernel: tf.tensor4d(kernel.data, kernel.shape as [number, number, number, number]),
      bias: tf.tensor1d(bias.data),
    });
  const start = performance.now();
  const got = runGraph(tf, vgg16, tensors, input, { to });
  const [a, b] = [await got.data<'float32'>(), await expected.data<'float32'>()];
  const milliseconds = performance.now() - start;
  const shape = got.shape;
  for (const { kernel, bias } of tensors.values()) tf.dispose([kernel, bias]);
  tf.dispose([input, got, expected]);
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
  const difference = a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
  const largest = b.reduce((most, value) => Math.max(most, value), 0);
  const similarity = cosine(a, b, 0, a.length);
  console.info(
    `VGG16 at ${to}: cosine 1 − ${(1 - similarity).toExponential(1)}, largest difference ${difference.toExponential(1)} of values up to ${largest.toFixed(1)}, ${milliseconds.toFixed(0)} ms`,
  );
  return { shape, similarity, largest };
}

describe.skipIf(!import.meta.env.HAS_FIXTURES)('with the real weights of blocks 1 to 3', () => {
  let real: Map<string, ConvWeights>;
  beforeAll(async () => {
    await useBackend('wasm');
    real = await realBlocks();
  });

  test('it agrees with stock tfjs at block3_pool', async () => {
    expect(real.size).toBe(7);
    const { shape, similarity, largest } = await compare(real, 'block3_pool');
    expect(shape).toEqual([1, ...nodeShapes(vgg16, side).get('block3_pool')!]);
    expect(similarity).toBeGreaterThan(0.9999);
    expect(largest).toBeGreaterThan(1);
  });

  test('with a stand-in for blocks 4 and 5 the whole of it agrees too', async () => {
    const { shape, similarity, largest } = await compare(withStandIn(real, 1), 'avg_pool');
    expect(shape).toEqual([1, 512]);
    expect(similarity).toBeGreaterThan(0.9999);
    expect(largest).toBeGreaterThan(0);
  });
});
