import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import { describe, expect, it } from 'vitest';
import { Random } from '../random';
import { dropoutMask } from './dropout';
import type { Batch } from './examples';
import { headLogits, initialHead, type TrainedHead } from './head';
import { batchGradients, headLogitsOnBackend } from './layers';
import { score } from './loss';
import { clouds, useBackend } from './training.test-helper';

const size = 24;
const classes = 4;
const inputs = 10;
const weights = Float32Array.from({ length: size }, (_, i) => (1 + (i % 3)) / size);

async function ourGradients(head: TrainedHead, batch: Batch, masks: Float32Array[] = []) {
  const results = {
    logits: new Float32Array(size * classes),
    gradients: head.layers.flatMap(({ kernel, bias }) => [
      new Float32Array(kernel.length),
      new Float32Array(bias.length),
    ]),
  };
  await batchGradients(head, batch, { weights, masks }, results);
  return results;
}

/** The same loss in stock operations, differentiated by the tape. */
async function tapedGradients(
  head: TrainedHead,
  batch: Batch,
  masks: Float32Array[],
): Promise<Float32Array[]> {
  const gradients = tf.tidy(() => {
    const x = tf.tensor2d(batch.features, [size, inputs]);
    const y = tf.oneHot(tf.tensor1d(Array.from(batch.labels), 'int32'), classes);
    const loss = (...parameters: tf.Tensor[]) => {
      let h: tf.Tensor = x;
      for (let i = 0; i < head.layers.length; i++) {
        h = h.matMul(parameters[2 * i]!).add(parameters[2 * i + 1]!);
        if (i < head.layers.length - 1) h = h.relu();
        const mask = masks[i];
        if (mask !== undefined) h = h.mul(tf.tensor2d(mask, [size, head.layers[i]!.units]));
      }
      return h.logSoftmax().mul(y).sum(1).neg().mul(tf.tensor1d(weights)).sum<tf.Scalar>();
    };
    const parameters = head.layers.flatMap((l) => [
      tf.tensor2d(l.kernel, [l.inputs, l.units]),
      tf.tensor1d(l.bias),
    ]);
    return tf.grads(loss)(parameters);
  });
  const arrays = await Promise.all(gradients.map((g) => g.data<'float32'>()));
  tf.dispose(gradients);
  return arrays;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, x, i) => Math.max(largest, Math.abs(x - b[i]!)), 0);
}

/** The software GPUs of the test machine are slow but exact enough; a browser without WebGPU skips it, saying so. */
const backends = ['cpu', 'wasm', 'webgl', 'webgpu'] as const;

describe.each(backends)('the head on %s', (backend) => {
  it.each([
    { hidden: [], dropout: 0 },
    { hidden: [8], dropout: 0 },
    { hidden: [8, 6], dropout: 0.4 },
  ])('has the gradients of the tape and leaves no tensor: hidden $hidden, dropout $dropout', async (spec) => {
    if (backend === 'webgpu' && (await navigator.gpu.requestAdapter()) === null) {
      console.info('Skipped: no WebGPU adapter here.');
      return;
    }
    await useBackend(backend);
    const { features, labels } = clouds(size, inputs, classes, 1);
    const batch = { size, features, labels };
    const head = initialHead({ kind: 'dense', l2: 0, ...spec }, inputs, classes, 3);
    const random = new Random(1, 'test');
    const masks =
      spec.dropout === 0 ? [] : spec.hidden.map((units) => dropoutMask(size * units, spec.dropout, random));
    const baseline = tf.memory().numTensors;
    const ours = await ourGradients(head, batch, masks);
    const logits = await headLogitsOnBackend(head, features, size);
    expect(tf.memory().numTensors).toBe(baseline);
    if (spec.dropout === 0) expect(largestDifference(ours.logits, logits)).toBeLessThan(1e-5);
    expect(largestDifference(logits, headLogits(head, features, size))).toBeLessThan(1e-5);
    const taped = await tapedGradients(head, batch, masks);
    for (const [i, gradient] of ours.gradients.entries())
      expect(largestDifference(gradient, taped[i]!)).toBeLessThan(2e-6);
  });
});

it.each(['cpu', 'wasm'] as const)('agrees with finite differences on %s', async (backend) => {
  await useBackend(backend);
  const { features, labels } = clouds(size, inputs, classes, 1);
  const head = initialHead({ kind: 'dense', hidden: [8, 6], dropout: 0, l2: 0 }, inputs, classes, 3);
  const { gradients } = await ourGradients(head, { size, features, labels });
  const loss = () => {
    const logits = headLogits(head, features, size);
    let sum = 0;
    for (let i = 0; i < size; i++)
      sum +=
        weights[i]! *
        score(logits.subarray(i * classes, (i + 1) * classes), labels.subarray(i, i + 1), classes).loss;
    return sum;
  };
  const random = new Random(2, 'test');
  const h = 1 / 512;
  for (const [p, parameter] of head.layers.flatMap(({ kernel, bias }) => [kernel, bias]).entries())
    for (let k = 0; k < 8; k++) {
      const i = random.below(parameter.length);
      const value = parameter[i]!;
      parameter[i] = value + h;
      const above = loss();
      parameter[i] = value - h;
      const below = loss();
      parameter[i] = value;
      expect(Math.abs((above - below) / (2 * h) - gradients[p]![i]!)).toBeLessThan(1e-3);
    }
});
