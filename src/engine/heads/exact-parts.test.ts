import { describe, expect, it } from 'vitest';
import { Job } from '../job';
import { sourceOf } from './examples';
import { foldsOfCopies, stratifiedFolds } from './exact-folds';
import { foldScale, scaleOf, standardise } from './exact-standardise';
import { headLogits } from './head';
import { Pace } from './pace';

describe('stratifiedFolds', () => {
  const labels = Uint16Array.from({ length: 103 }, (_, i) => (i < 3 ? 2 : i % 2));

  it('deals every class, and all examples, evenly', () => {
    const folds = stratifiedFolds(labels, 5, 1);
    const count = (wanted: (i: number) => boolean) =>
      [0, 1, 2, 3, 4].map((f) => folds.reduce((sum, fold, i) => sum + (fold === f && wanted(i) ? 1 : 0), 0));
    for (const counts of [count(() => true), ...[0, 1, 2].map((c) => count((i) => labels[i] === c))])
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });

  it('depends on the seed alone', () => {
    expect(stratifiedFolds(labels, 5, 1)).toEqual(stratifiedFolds(labels, 5, 1));
    expect(stratifiedFolds(labels, 5, 2)).not.toEqual(stratifiedFolds(labels, 5, 1));
  });

  it('keeps all copies of an image together, or what is held out would be known', () => {
    const folds = foldsOfCopies(Uint16Array.from([...labels, ...labels, ...labels]), 5, 1, 3);
    const once = stratifiedFolds(labels, 5, 1);
    expect([...folds]).toEqual([...once, ...once, ...once]);
  });
});

describe('the scale', () => {
  // The first varies little around much, the second never, the third only in float32's last digit.
  const features = Float32Array.of(1000, 5, 1, /**/ 1001, 5, 1 + 2 ** -23, /**/ 1002, 5, 1);
  const examples = sourceOf({ features, labels: new Uint16Array(3) });
  const pace = new Pace(new Job());

  it('is that of the population; what does not vary becomes zero', async () => {
    const scale = await scaleOf(examples, pace);
    expect(scale.mean[0]).toBeCloseTo(1001, 9);
    expect(scale.deviation[0]).toBeCloseTo(Math.sqrt(2 / 3), 9);
    expect([...scale.deviation.subarray(1)]).toEqual([Infinity, Infinity]);
    const rows = standardise(features, scale, 1, 3);
    expect(rows).toHaveLength(6);
    expect(rows[3]).toBeCloseTo(1.224745, 5);
    expect([...rows].filter((_, i) => i % 3 > 0).map(Math.abs)).toEqual([0, 0, 0, 0]);
  });

  it('folds back into a layer on plain features', async () => {
    const scale = await scaleOf(examples, pace);
    const parameters = Float64Array.of(1, -2, 3, 3, 4, 4, /* biases */ 0.5, 0.25);
    const layer = foldScale(parameters, scale, 2);
    const head = {
      spec: { kind: 'exact', hidden: [], dropout: 0, l2: 0 } as const,
      inputs: 3,
      classes: 2,
      layers: [layer],
    };
    const logits = headLogits(head, features, 3);
    expect(logits[4]).toBeCloseTo(0.5 + Math.sqrt(1.5), 3);
    expect(logits[5]).toBeCloseTo(0.25 - 2 * Math.sqrt(1.5), 3);
  });
});
