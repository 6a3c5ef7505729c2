import { describe, expect, it } from 'vitest';
import { initialHead } from '../heads/head';
import { evaluate, evaluateLogits, topKAccuracy } from './metrics';
import { wilsonInterval } from './statistics';

describe('wilsonInterval', () => {
  it.each([
    // Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I,
    // method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is the published %f … %f', (successes, n, low, high) => {
    const interval = wilsonInterval(successes, n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('mirrors itself, stays within 0 … 1 and knows nothing without trials', () => {
    const { low, high } = wilsonInterval(3, 17);
    expect(wilsonInterval(14, 17).low).toBeCloseTo(1 - high, 12);
    expect(wilsonInterval(14, 17).high).toBeCloseTo(1 - low, 12);
    expect(wilsonInterval(20, 20).high).toBe(1);
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('metrics', () => {
  const logits = Float32Array.of(3, 2, 1, /**/ 1, 3, 2, /**/ 0, 0, 0, /**/ 5, 4, 6);
  const labels = Uint16Array.of(0, 2, 1, 1);

  it('counts, averages and bounds', () => {
    const row = (own: number, ...all: number[]) =>
      Math.log(all.reduce((sum, x) => sum + Math.exp(x - own), 0));
    const expected = (row(3, 3, 2, 1) + row(2, 1, 3, 2) + row(0, 0, 0, 0) + row(4, 5, 4, 6)) / 4;
    const result = evaluateLogits(logits, labels, 3);
    expect(result).toMatchObject({ examples: 4, correct: 1, accuracy: 0.25 });
    expect(result.accuracyInterval).toEqual(wilsonInterval(1, 4));
    expect(result.crossEntropy).toBeCloseTo(expected, 12);
  });

  it('finds labels among the k largest', () => {
    expect([1, 2, 3].map((k) => topKAccuracy(logits, labels, 3, k))).toEqual([0.25, 0.75, 1]);
  });

  it('evaluates a head', () => {
    const head = initialHead({ kind: 'dense', hidden: [], dropout: 0, l2: 0 }, 1, 2, 1);
    head.layers[0]!.kernel.set([1, -1]);
    const features = Float32Array.of(2, -2, 3);
    expect(evaluate(head, { features, labels: Uint16Array.of(0, 1, 1) }).correct).toBe(2);
  });
});
