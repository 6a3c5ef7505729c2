import { describe, expect, it } from 'vitest';
import { Random } from '../random';
import { dropoutMask } from './dropout';
import { gather, shapeOf } from './examples';
import { initialHead } from './head';
import { addPenaltyGradient, balancedWeights, penalty, score } from './loss';
import { adam, createOptimizer, rmsprop, sgd } from './optimizers';

describe('score', () => {
  it('is the mean cross-entropy, weighted by class, and counts hits', () => {
    const logits = Float32Array.of(0, 0, Math.log(2), 2000, 0, 0);
    const labels = Uint16Array.of(2, 1);
    expect(score(logits, labels, 3)).toEqual({
      loss: expect.closeTo(Math.log(2) + 2000, 6) as number,
      correct: 1,
    });
    const weighted = score(logits, labels, 3, Float64Array.of(1, 0, 3));
    expect(weighted.loss).toBeCloseTo(3 * Math.log(2), 6);
  });

  it('weighs classes as scikit-learn does', () => {
    // compute_class_weight('balanced', classes=[0, 1, 2], y=[0, 0, 0, 1]) → n / (classes × count)
    expect([...balancedWeights(Uint16Array.of(0, 0, 0, 1), 2)]).toEqual([4 / 6, 2]);
    expect(balancedWeights(Uint16Array.of(0, 0), 2)[1]).toBe(0);
  });

  it('adds l2 · Σ kernel² and its gradient, biases left out', () => {
    const head = initialHead({ kind: 'dense', hidden: [], dropout: 0, l2: 0.5 }, 2, 2, 1);
    head.layers[0]!.kernel.set([1, -2, 0, 3]);
    head.layers[0]!.bias.set([100, 100]);
    expect(penalty(head)).toBe(7);
    const gradient = Float32Array.of(1, 1, 1, 1);
    addPenaltyGradient(gradient, head.layers[0]!.kernel, 0.5);
    expect([...gradient]).toEqual([2, -1, 1, 4]);
  });
});

describe('optimizers', () => {
  it('take the first steps that the formulas say', () => {
    const p = Float32Array.of(1);
    adam(p, Float32Array.of(0.2), new Float32Array(1), new Float32Array(1), 0.01, 1);
    // The first step of Adam is the learning rate, but for epsilon hat: 1e-7 beside √(0.001 · 0.2²).
    expect(p[0]).toBeCloseTo(1 - 0.01 / (1 + 1e-7 / (Math.sqrt(0.001) * 0.2)), 7);

    const tiny = Float32Array.of(0);
    adam(tiny, Float32Array.of(1e-7), new Float32Array(1), new Float32Array(1), 1, 1);
    expect(tiny[0]).toBeCloseTo(-Math.sqrt(0.001) / (Math.sqrt(0.001) + 1), 6);

    const q = Float32Array.of(1);
    rmsprop(q, Float32Array.of(0.2), new Float32Array(1), 0.01);
    expect(q[0]).toBeCloseTo(1 - 0.002 / Math.sqrt(0.1 * 0.04 + 1e-7), 7);

    const r = Float32Array.of(1);
    const velocity = new Float32Array(1);
    sgd(r, Float32Array.of(1), velocity, 0.1);
    sgd(r, Float32Array.of(1), velocity, 0.1);
    expect(r[0]).toBeCloseTo(1 - 0.1 - 0.19, 6);
  });

  it.each(['adam', 'rmsprop', 'sgd'] as const)('%s finds the bottom of a bowl', (id) => {
    const parameters = [Float32Array.of(3, -2), Float32Array.of(1)];
    const step = createOptimizer(id, parameters, 0.05);
    for (let i = 0; i < 500; i++) step(parameters.map((p) => p.map((x) => 2 * x)));
    for (const p of parameters) for (const x of p) expect(Math.abs(x)).toBeLessThan(0.06);
  });
});

describe('dropoutMask', () => {
  it('keeps the expected activation and repeats itself by seed', () => {
    const n = 40_000;
    for (const rate of [0.2, 0.5, 0.95]) {
      const mask = dropoutMask(n, rate, new Random(1, 'dropout'));
      const gain = Math.fround(1 / (1 - rate));
      expect(new Set(mask)).toEqual(new Set([0, gain]));
      const mean = mask.reduce((sum, x) => sum + x, 0) / n;
      // Five standard deviations of the mean of n entries.
      expect(Math.abs(mean - 1)).toBeLessThan(5 * Math.sqrt(rate / (1 - rate) / n));
      expect(dropoutMask(n, rate, new Random(1, 'dropout'))).toEqual(mask);
    }
  });
});

describe('examples', () => {
  const examples = { features: Float32Array.of(0, 0, 1, 1, 2, 2), labels: Uint16Array.of(0, 1, 2) };

  it('are gathered in the order asked for', () => {
    const batch = gather(examples, Uint32Array.of(2, 0, 1), 0, 2);
    expect(batch).toEqual({ size: 2, features: Float32Array.of(2, 2, 0, 0), labels: Uint16Array.of(2, 0) });
  });

  it('have their shape checked', () => {
    expect(shapeOf(examples, examples)).toEqual({ inputs: 2, classes: 3 });
    expect(shapeOf({ ...examples, classes: 5 }, examples)).toEqual({ inputs: 2, classes: 5 });
    const none = { features: new Float32Array(0), labels: new Uint16Array(0) };
    const coded = (code: string) => expect.objectContaining({ code }) as Error;
    expect(() => shapeOf(examples, none)).toThrow(coded('too-few-images'));
    expect(() => shapeOf(none, examples)).toThrow(coded('too-few-images'));
    const same = { ...examples, labels: new Uint16Array(3) };
    expect(() => shapeOf(same, same)).toThrow(coded('too-few-classes'));
    expect(() => shapeOf({ ...examples, classes: 2 }, examples)).toThrow(RangeError);
    expect(() => shapeOf(examples, { ...examples, features: new Float32Array(9) })).toThrow(RangeError);
  });
});
