import * as tf from '@tensorflow/tfjs-core';
// The whole of tfjs: it brings the cpu backend and registers the gradients.
import '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { caffePreprocessing, GraphBuilder, type Net } from './graph';
import { runGraph, runStages, type ConvTensors } from './run';

/** Every kind of node, a diamond, and an explicitly padded pool over negative values. */
function smallNet(): Net {
  const g = new GraphBuilder();
  let x = g.input();
  x = g.stage('first', g.conv('first', x, 4, { size: 3, stride: 2, padding: 1 }));
  const left = g.conv('left', x, 4, { size: [1, 3], relu: false });
  const right = g.averagePool('right', x, { size: 3, stride: 1, padding: 'same' });
  x = g.add('sum', left, right, false);
  x = g.maxPool('pool', x, { size: 3, stride: 2, padding: 1 });
  x = g.stage('joined', g.concat('joined', [x, x]));
  g.stage('pooled', g.globalAveragePool('pooled', x));
  const own = { id: 'small', title: 'Small', inputSize: 8, minimumSize: 8, features: 8, parameters: 0 };
  return {
    ...own,
    preprocessing: caffePreprocessing,
    batchNorm: null,
    convBias: true,
    source: '',
    nodes: g.nodes,
    stages: g.stages,
  };
}

const net = smallNet();
let weights: Map<string, ConvTensors>;
let input: tf.Tensor4D;

beforeAll(async () => {
  await tf.setBackend('cpu');
  const conv = (shape: [number, number, number, number], seed: number) => ({
    kernel: tf.randomNormal<tf.Rank.R4>(shape, 0, 1, 'float32', seed),
    bias: tf.randomNormal<tf.Rank.R1>([shape[3]], -1, 1, 'float32', seed + 1),
  });
  weights = new Map([
    ['first', conv([3, 3, 3, 4], 1)],
    ['left', conv([1, 3, 4, 4], 3)],
  ]);
  input = tf.randomNormal([2, 8, 8, 3], 0, 1, 'float32', 5);
});

/** The same net in plain ops. */
function reference(): { pooled: tf.Tensor; joined: tf.Tensor } {
  const first = weights.get('first')!;
  const left = weights.get('left')!;
  const sides: [number, number] = [1, 1];
  const zeros = (x: tf.Tensor4D): tf.Tensor4D => tf.pad(x, [[0, 0], sides, sides, [0, 0]]);
  const a: tf.Tensor4D = tf.relu(tf.add(tf.conv2d(zeros(input), first.kernel, 2, 'valid'), first.bias));
  const b = tf.add(tf.conv2d(a, left.kernel, 1, 'same'), left.bias);
  const sum: tf.Tensor4D = tf.add(b, tf.avgPool(a, 3, 1, 'same'));
  const pool = tf.maxPool(zeros(sum), 3, 2, 'valid');
  const joined = tf.concat([pool, pool], 3);
  return { joined, pooled: tf.mean(joined, [1, 2]) };
}

test('every kind of node agrees with plain ops, and nothing is left behind', () => {
  const before = tf.memory().numTensors;
  const mine = runGraph(tf, net, weights, input);
  const expected = tf.tidy(() => reference().pooled);
  expect([...mine.dataSync()]).toEqual(
    [...expected.dataSync()].map((value) => expect.closeTo(value, 5) as number),
  );
  tf.dispose([mine, expected]);
  expect(tf.memory().numTensors).toBe(before);
});

test('cut in two at any stage it gives the same', () => {
  const whole = runGraph(tf, net, weights, input);
  for (const cut of ['first', 'joined', 'pooled']) {
    const below = runGraph(tf, net, weights, input, { to: cut }) as tf.Tensor4D;
    const above = runGraph(tf, net, weights, below, { from: cut });
    expect([...above.dataSync()]).toEqual([...whole.dataSync()]);
    expect(below.isDisposed).toBe(false);
    tf.dispose([below, above]);
  }
  whole.dispose();
});

test('one pass serves several stages, in any order, and one of them twice', () => {
  const before = tf.memory().numTensors;
  const stages = ['pooled', 'first', 'joined', 'first'];
  const mine = runStages(tf, net, weights, input, stages);
  for (const [i, to] of stages.entries()) {
    const alone = runGraph(tf, net, weights, input, { to });
    expect([...mine[i]!.dataSync()]).toEqual([...alone.dataSync()]);
    alone.dispose();
  }
  tf.dispose(mine);
  const means = runStages(tf, net, weights, input, ['joined', 'first'], {
    take: (output) => tf.mean(output, [1, 2]),
  });
  const expected = tf.tidy(() => reference().pooled);
  expect(means.map(({ shape }) => shape)).toEqual([
    [2, 8],
    [2, 4],
  ]);
  expect([...means[0]!.dataSync()]).toEqual(
    [...expected.dataSync()].map((value) => expect.closeTo(value, 5) as number),
  );
  tf.dispose([...means, expected]);
  expect(tf.memory().numTensors).toBe(before);
});

test('a gradient flows through it although intermediates are disposed of early', () => {
  const before = tf.memory().numTensors;
  const kernel = weights.get('first')!.kernel;
  const loss = (k: tf.Tensor) =>
    tf.sum(
      runGraph(
        tf,
        net,
        new Map(weights).set('first', { ...weights.get('first')!, kernel: k as tf.Tensor4D }),
        input,
      ),
    );
  const gradient = tf.tidy(() => tf.grad(loss)(kernel));
  const step = 1e-2;
  const bump = tf.tidy(() => tf.mul(gradient, step / Math.sqrt(tf.sum(tf.square(gradient)).dataSync()[0]!)));
  const [up, down] = [tf.add(kernel, bump), tf.sub(kernel, bump)];
  const [high, low] = [tf.tidy(() => loss(up)), tf.tidy(() => loss(down))];
  const slope = (high.dataSync()[0]! - low.dataSync()[0]!) / (2 * step);
  const norm = tf.tidy(() => Math.sqrt(tf.sum(tf.square(gradient)).dataSync()[0]!));
  expect(slope / norm).toBeCloseTo(1, 1);
  tf.dispose([gradient, bump, up, down, high, low]);
  expect(tf.memory().numTensors).toBe(before);
});

test('a failure half-way leaves nothing behind', () => {
  const before = tf.memory().numTensors;
  const without = new Map(weights);
  without.delete('left');
  expect(() => runGraph(tf, net, without, input)).toThrow('No weights for left');
  expect(() => runGraph(tf, net, weights, input, { to: 'nowhere' })).toThrow('no stage nowhere');
  const upTo = (stage: string) => () =>
    runStages(tf, net, weights, input, ['first', 'joined'], {
      take: (output, taken) => {
        if (taken === stage) throw new Error(`Not ${stage}`);
        return tf.clone(output);
      },
    });
  expect(upTo('joined')).toThrow('Not joined');
  expect(tf.memory().numTensors).toBe(before);
  expect(input.isDisposed).toBe(false);
});
