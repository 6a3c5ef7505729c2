import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { headLogits, initialHead, type TrainedHead } from '../heads/head';
import { nets } from '../nets';
import { Random } from '../random';
import { activationMap, inputGradient } from './activation-map';
import { featureMapOf, mapStage, pooled, type FeatureMap } from './feature-map';

const random = new Random(3, 'maps');

/** With biases, which a fresh head has not. */
function head(hidden: number[], inputs = 12, classes = 4): TrainedHead {
  const fresh = initialHead({ kind: 'dense', hidden, dropout: 0, l2: 0 }, inputs, classes, 5);
  const layers = fresh.layers.map((layer) => ({
    ...layer,
    bias: layer.bias.map(() => 0.3 * random.normal()),
  }));
  return { ...fresh, layers };
}

/** Not negative, as after a relu. */
function someMap(height = 3, width = 5, channels = 12): FeatureMap {
  const values = Float32Array.from({ length: height * width * channels }, () =>
    Math.max(0, random.normal() + 0.3),
  );
  return { height, width, channels, values };
}

const sum = (values: Float32Array) => values.reduce((a, b) => a + b, 0);

describe('activationMap', () => {
  it.each(['logit', 'margin'] as const)('adds up to the %s of a linear head, its bias apart', (of) => {
    const map = someMap();
    const linear = head([]);
    const logits = headLogits(linear, pooled(map), 1);
    const mean = of === 'margin' ? sum(logits) / logits.length : 0;
    const { bias } = linear.layers[0]!;
    const meanBias = of === 'margin' ? sum(bias) / bias.length : 0;
    for (let c = 0; c < 4; c++) {
      const shares = activationMap(linear, map, c, of);
      expect(shares).toMatchObject({ height: 3, width: 5, exact: true });
      expect(shares.score).toBeCloseTo(logits[c]! - mean, 5);
      expect(shares.bias).toBeCloseTo(bias[c]! - meanBias, 5);
      expect(sum(shares.values) + shares.bias).toBeCloseTo(shares.score, 6);
    }
  });

  it('gives a place its features times the weights of the class', () => {
    const [map, linear] = [someMap(), head([])];
    const { kernel, units } = linear.layers[0]!;
    const { values } = activationMap(linear, map, 2, 'logit');
    let expected = 0;
    for (let c = 0; c < 12; c++) expected += (map.values[7 * 12 + c]! * kernel[c * units + 2]!) / 15;
    expect(values[7]).toBeCloseTo(expected, 6);
  });

  it('does not change when all logits move alike, as the softmax does not', () => {
    const [map, linear] = [someMap(), head([])];
    const layer = linear.layers[0]!;
    const kernel = layer.kernel.map((w, i) => w + 0.7 * Math.sin(Math.floor(i / layer.units)));
    const moved = { ...linear, layers: [{ ...layer, kernel }] };
    const [a, b] = [activationMap(linear, map, 1), activationMap(moved, map, 1)];
    for (const [i, value] of a.values.entries()) expect(b.values[i]).toBeCloseTo(value, 5);
    expect(activationMap(moved, map, 1, 'logit').values[0]).not.toBeCloseTo(
      activationMap(linear, map, 1, 'logit').values[0]!,
      3,
    );
  });

  it('keeps to the gradient through hidden layers, and says so', () => {
    const [map, deep] = [someMap(), head([9, 7])];
    const shares = activationMap(deep, map, 0, 'logit');
    expect(shares.exact).toBe(false);
    const { gradient } = inputGradient(deep, pooled(map), Float64Array.of(1, 0, 0, 0));
    let expected = 0;
    for (let c = 0; c < 12; c++) expected += (gradient[c]! * map.values[4 * 12 + c]!) / 15;
    expect(shares.values[4]).toBeCloseTo(expected, 6);
  });

  it('refuses what does not fit', () => {
    expect(() => activationMap(head([]), someMap(2, 2, 11), 0)).toThrow(RangeError);
    expect(() => activationMap(head([]), someMap(), 4)).toThrow(RangeError);
  });
});

describe('inputGradient', () => {
  const weights = Float64Array.of(0.7, -0.2, 0, -0.5);
  const x = Float32Array.from({ length: 12 }, () => random.normal());

  it.each([[[]], [[9]], [[9, 7]]])('agrees with finite differences, hidden %j', (hidden) => {
    const one = head(hidden);
    const { gradient } = inputGradient(one, x, weights);
    // Float64 inside, so that a small step keeps its digits and rarely crosses a kink.
    const score = (at: Float64Array) => inputGradient(one, at, weights).score;
    for (let i = 0; i < 12; i++) {
      const step = (by: number) => Float64Array.from(x, (value, k) => value + (k === i ? by : 0));
      const slope = (score(step(1e-6)) - score(step(-1e-6))) / 2e-6;
      expect(Math.abs(gradient[i]! - slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
    }
  });

  it.each([[[]], [[9]], [[9, 7]]])("agrees with tfjs' own gradients, hidden %j", async (hidden) => {
    await tf.setBackend('cpu');
    const one = head(hidden);
    const before = tf.memory().numTensors;
    const expected = tf.tidy(() =>
      tf
        .grad((input) => {
          let y = input as tf.Tensor2D;
          for (const [i, { kernel, bias, inputs, units }] of one.layers.entries()) {
            y = tf.add(tf.matMul(y, tf.tensor2d(kernel, [inputs, units])), tf.tensor1d(bias));
            if (i < one.layers.length - 1) y = tf.relu(y);
          }
          return tf.sum(tf.mul(y, tf.tensor2d(Float32Array.from(weights), [1, 4])));
        })(tf.tensor2d(x, [1, 12]))
        .dataSync(),
    );
    expect(tf.memory().numTensors).toBe(before);
    const { gradient } = inputGradient(one, x, weights);
    for (const [i, value] of expected.entries()) expect(gradient[i]).toBeCloseTo(value, 5);
  });
});

describe('mapStage', () => {
  it.each([
    ['resnet50', 'conv5_block3_out', 7],
    ['inception-v3', 'mixed10', 8],
    ['vgg16', 'block5_pool', 7],
  ] as const)('of %s is %s before the pooled vector', (base, stage, side) => {
    const net = nets[base];
    expect(mapStage(net, 'avg_pool')).toBe(stage);
    expect(mapStage(net, stage)).toBe(stage);
    const values = new Float32Array(side * side * net.features);
    expect(featureMapOf(net, stage, net.inputSize, values)).toMatchObject({
      height: side,
      width: side,
      channels: net.features,
    });
    expect(() => featureMapOf(net, stage, net.inputSize, values.subarray(1))).toThrow(RangeError);
    expect(() => mapStage(net, 'nowhere')).toThrow(RangeError);
  });
});
