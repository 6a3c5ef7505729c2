import { describe, expect, it } from 'vitest';
import type { HeadSpec } from '../run';
import { copyHead, headLogits, initialHead, softmax } from './head';

const spec = (hidden: number[]): HeadSpec => ({ kind: 'dense', hidden, dropout: 0, l2: 0 });

describe('initialHead', () => {
  it('draws kernels Glorot uniform and leaves biases zero', () => {
    const [layer] = initialHead(spec([100]), 200, 3, 5).layers;
    const limit = Math.sqrt(6 / 300);
    const mean = layer!.kernel.reduce((sum, w) => sum + w, 0) / layer!.kernel.length;
    const variance = layer!.kernel.reduce((sum, w) => sum + w * w, 0) / layer!.kernel.length;
    expect(Math.max(...layer!.kernel)).toBeLessThanOrEqual(limit);
    expect(Math.max(...layer!.kernel)).toBeGreaterThan(0.99 * limit);
    expect(Math.abs(mean)).toBeLessThan(0.03 * limit);
    expect(variance / (limit ** 2 / 3)).toBeCloseTo(1, 1);
    expect(layer!.bias).toEqual(new Float32Array(100));
  });

  it('repeats itself by seed and keeps a layer when another is added behind it', () => {
    const one = initialHead(spec([8]), 5, 3, 1);
    expect(initialHead(spec([8]), 5, 3, 1)).toEqual(one);
    expect(initialHead(spec([8]), 5, 3, 2).layers[0]).not.toEqual(one.layers[0]);
    expect(initialHead(spec([8, 4]), 5, 3, 1).layers[0]).toEqual(one.layers[0]);
  });

  it('survives structured cloning, and a copy shares nothing', () => {
    const head = initialHead(spec([4]), 3, 2, 1);
    expect(structuredClone(head)).toEqual(head);
    const copy = copyHead(head);
    copy.layers[0]!.kernel[0] = 99;
    expect(head.layers[0]!.kernel[0]).not.toBe(99);
  });
});

describe('headLogits', () => {
  it('computes relu(x·K + b)·L + c by hand', () => {
    const head = {
      spec: spec([2]),
      inputs: 2,
      classes: 2,
      layers: [
        { inputs: 2, units: 2, kernel: Float32Array.of(1, -1, 2, 1), bias: Float32Array.of(0.5, 0) },
        { inputs: 2, units: 2, kernel: Float32Array.of(1, 2, 3, 4), bias: Float32Array.of(0, 10) },
      ],
    };
    // [1, 1]: hidden relu(3.5, 0); [0, 2]: hidden relu(4.5, 2).
    expect([...headLogits(head, Float32Array.of(1, 1, 0, 2), 2)]).toEqual([3.5, 17, 10.5, 27]);
    expect(() => headLogits(head, new Float32Array(3), 2)).toThrow(RangeError);
  });
});

describe('softmax', () => {
  it('sums to one a row, however large the logits', () => {
    const p = softmax(Float32Array.of(1000, 1001, -1000, 0, 0, 0), 3);
    expect(p[0]).toBeCloseTo(1 / (1 + Math.E), 6);
    expect(p[1]).toBeCloseTo(Math.E / (1 + Math.E), 6);
    expect(p[2]).toBe(0);
    expect(p[3]).toBeCloseTo(1 / 3, 6);
  });
});
