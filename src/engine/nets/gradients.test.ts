import * as tf from '@tensorflow/tfjs-core';
// The whole of tfjs: it brings the cpu backend and registers the gradients.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { graphPass } from './gradients';
import {
  differenceError,
  gradientsOf,
  relativeDifference,
  smallNet,
  smallNets,
  tapeGradients,
} from './gradients.test-helper';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe.each(Object.entries(smallNets))('%s', (title, make) => {
  test('agrees with finite differences', async () => {
    const small = make();
    for (const [key, gradient] of await gradientsOf(small))
      expect(differenceError(small, key, gradient), key).toBeLessThan(1e-2);
  });

  test.skipIf(/average pool.*same|whole/.test(title))('agrees with tfjs’ own', async () => {
    const small = make();
    const own = tapeGradients(small);
    const mine = await gradientsOf(small);
    expect([...mine.keys()].toSorted()).toEqual([...own.keys()].toSorted());
    for (const [key, gradient] of mine)
      expect(relativeDifference(gradient, own.get(key)!), key).toBeLessThan(1e-5);
  });
});

test('tfjs’ own gradient of an average pool divides by the whole window, padding and all', async () => {
  const small = smallNets['average pool 3, same']!();
  const own = tapeGradients(small).get('input')!;
  const mine = (await gradientsOf(small)).get('input')!;
  expect(relativeDifference(mine, own)).toBeGreaterThan(0.1);
  // Which is why the comparisons above leave such pools out; finite differences decide.
  expect(differenceError(small, 'input', own)).toBeGreaterThan(0.05);
  expect(differenceError(small, 'input', mine)).toBeLessThan(1e-3);
});

test('where several entries share the maximum, one of them has the gradient', async () => {
  const small = smallNet(4, (g, x) => g.maxPool('pool', x, { size: 2, stride: 2 }));
  const gradient = (await gradientsOf({ ...small, input: small.input.fill(1) })).get('input')!;
  const sum = (values: Float32Array) => values.reduce((a, b) => a + b, 0);
  expect(sum(gradient)).toBeCloseTo(sum(small.byOutput), 4);
  expect(gradient.filter((value) => value !== 0)).toHaveLength(small.byOutput.length);
});

test('only what is asked for is computed', () => {
  const { net, weights, input, side, byOutput } = smallNets['a whole small net']!();
  const before = tf.memory().numTensors;
  const tensors = new Map(
    Array.from(weights, ([name, { kernel, shape, bias }]) => [
      name,
      { kernel: tf.tensor4d(kernel, shape as [number, number, number, number]), bias: tf.tensor1d(bias) },
    ]),
  );
  const x = tf.tensor4d(input, [2, side, side, 3]);
  const pass = graphPass(tf, net, tensors, x);
  const delta = tf.tensor(byOutput, pass.output.shape);
  const some = pass.backward(delta, { trained: new Set(['wide', 'row']) });
  expect([...some.byWeights.keys()].toSorted()).toEqual(['row', 'wide']);
  expect(some.byInput).toBeNull();
  const all = pass.backward(delta);
  for (const [name, { kernel }] of some.byWeights)
    expect([...kernel.dataSync()]).toEqual([...all.byWeights.get(name)!.kernel.dataSync()]);
  for (const { byWeights } of [some, all])
    for (const { kernel, bias } of byWeights.values()) tf.dispose([kernel, bias]);
  pass.dispose();
  tf.dispose([x, delta]);
  for (const { kernel, bias } of tensors.values()) tf.dispose([kernel, bias]);
  expect(tf.memory().numTensors).toBe(before);
});
