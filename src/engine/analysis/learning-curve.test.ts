import { describe, expect, it } from 'vitest';
import { Random } from '../random';
import { answerOf, type Measured } from './learning-curve';
import { nestedOrder, subsetSizes } from './nested-subsets';
import { accuracyAt, fitPowerLaw } from './power-law';
import { student975 } from './student';

describe('nested subsets', () => {
  const labels = Uint16Array.from({ length: 200 }, (_, i) => (i < 150 ? 0 : i < 198 ? 1 : 2));

  it('doubles from two images a class to all of them', () => {
    expect(subsetSizes(2000, 10)).toEqual([31, 63, 125, 250, 500, 1000, 1500, 2000]);
    expect(subsetSizes(40, 4)).toEqual([10, 20, 30, 40]);
    expect(subsetSizes(3, 3)).toEqual([3]);
  });

  it('takes each class in its proportion, and first of each one', () => {
    const order = nestedOrder(labels, 1);
    expect(new Set(order).size).toBe(200);
    expect(new Set(Array.from(order.subarray(0, 3), (row) => labels[row])).size).toBe(3);
    for (const size of [20, 50, 100]) {
      const first = order.subarray(0, size).filter((row) => labels[row] === 0).length;
      expect(Math.abs(first - 0.75 * size)).toBeLessThanOrEqual(2);
    }
    expect(nestedOrder(labels, 1)).toEqual(order);
    expect(nestedOrder(labels, 2)).not.toEqual(order);
  });
});

describe('the power law', () => {
  it('is found again', () => {
    const law = { limit: 0.93, scale: 1.1, rate: 0.5 };
    const images = [50, 100, 200, 400, 800];
    const fitted = fitPowerLaw(
      images,
      images.map((n) => accuracyAt(law, n)),
    );
    expect(accuracyAt(fitted, 1600)).toBeCloseTo(accuracyAt(law, 1600), 3);
  });

  it('never falls, and never passes 1', () => {
    const images = [50, 100, 200, 400];
    const falling = fitPowerLaw(images, [0.9, 0.8, 0.7, 0.6]);
    expect(falling.scale).toBe(0);
    const rising = fitPowerLaw(images, [0.1, 0.4, 0.7, 0.999]);
    expect(accuracyAt(rising, 800)).toBeLessThanOrEqual(1);
  });

  it('has SciPy’s quantiles', () => {
    // scipy.stats.t.ppf(0.975, v), SciPy 1.17.1
    for (const [v, t] of [
      [1, 12.7062047],
      [11, 2.2009852],
      [15, 2.1314495],
      [24, 2.0638986],
      [100, 1.9839715],
    ] as const)
      expect(Math.abs(student975(v) - t)).toBeLessThan(2e-4);
  });
});

/** Nearest class mean in a plane: learns in no time, and its true accuracy can be had by brute force. */
function world(seed: number) {
  const random = new Random(seed, 'world');
  const centres = [
    [0, 0],
    [1.6, 0],
    [0.6, 1.5],
  ] as const;
  const draw = (n: number) => {
    const labels = Uint16Array.from({ length: n }, () => random.below(3));
    const x = Float64Array.from({ length: 8 * n }, (_, at) => {
      const [row, j] = [Math.floor(at / 8), at % 8];
      // Six features that say nothing make few examples misleading.
      return (j < 2 ? centres[labels[row]!]![j as 0 | 1] : 0) + random.normal();
    });
    return { labels, x };
  };
  return { draw };
}
type Drawn = ReturnType<ReturnType<typeof world>['draw']>;

function hitsOf(train: Drawn, rows: Uint32Array, judged: Drawn): Uint8Array {
  const means = new Float64Array(24);
  const counts = [0, 0, 0];
  for (const row of rows) {
    const c = train.labels[row]!;
    counts[c]!++;
    for (let j = 0; j < 8; j++) means[8 * c + j]! += train.x[8 * row + j]!;
  }
  for (let at = 0; at < 24; at++) means[at]! /= Math.max(1, counts[Math.floor(at / 8)]!);
  return judged.labels.map((label, row) => {
    let [best, least] = [0, Infinity];
    for (let c = 0; c < 3; c++) {
      let distance = 0;
      for (let j = 0; j < 8; j++) distance += (judged.x[8 * row + j]! - means[8 * c + j]!) ** 2;
      if (distance < least) [best, least] = [c, distance];
    }
    return best === label ? 1 : 0;
  }) as unknown as Uint8Array;
}

describe('a learning curve whose truth is known', () => {
  const n = 160;
  const sizes = subsetSizes(n, 3);
  const shareOf = (hits: Uint8Array) => hits.reduce((sum, hit) => sum + hit, 0) / hits.length;
  const all = (size: number) => Uint32Array.from({ length: size }, (_, i) => i);

  /** Over fresh training sets and fresh images to judge. */
  function truth(): Map<number, number> {
    const { draw } = world(0);
    const judged = draw(2000);
    return new Map(
      [...sizes, 2 * n].map((size) => {
        let sum = 0;
        for (let k = 0; k < 100; k++) {
          const train = draw(size + 8);
          // As the subsets do: one of each class at least.
          sum += shareOf(hitsOf(train, nestedOrder(train.labels, k).subarray(0, size), judged));
        }
        return [size, sum / 100];
      }),
    );
  }

  it('lies within the intervals as often as they promise', () => {
    const real = truth();
    const inside = { points: 0, last: 0, next: 0 };
    const worlds = 120;
    const wide = { points: 0, last: 0, next: 0 };
    for (let w = 1; w <= worlds; w++) {
      const { draw } = world(w);
      const [train, judged] = [draw(n), draw(150)];
      const measured = sizes.map((images): Measured => ({ images, hits: [] }));
      for (let repeat = 0; repeat < 5; repeat++) {
        const order = nestedOrder(train.labels, repeat);
        for (const { images, hits } of measured)
          if (images < n || repeat === 0)
            (hits as Uint8Array[]).push(
              hitsOf(train, images === n ? all(n) : order.subarray(0, images), judged),
            );
      }
      const { points, lastDoubling, nextDoubling } = answerOf(measured, w);
      const within = ({ low, high }: { low: number; high: number }, value: number) =>
        Number(low <= value && value <= high);
      const width = ({ low, high }: { low: number; high: number }) => (high - low) / worlds;
      for (const { images, interval } of points) {
        inside.points += within(interval, real.get(images)!) / points.length / worlds;
        wide.points += width(interval) / points.length;
      }
      inside.last += within(lastDoubling!.interval, real.get(n)! - real.get(n / 2)!) / worlds;
      wide.last += width(lastDoubling!.interval);
      inside.next += within(nextDoubling!.interval, real.get(2 * n)! - real.get(n)!) / worlds;
      wide.next += width(nextDoubling!.interval);
    }
    console.info(
      `coverage of 95 % intervals over ${worlds} simulated sets: ${JSON.stringify(inside)}; ` +
        `mean widths ${JSON.stringify(wide)}; truth ${JSON.stringify([...real])}`,
    );
    expect(inside.points).toBeGreaterThan(0.92);
    expect(inside.last).toBeGreaterThan(0.92);
    expect(inside.next).toBeGreaterThan(0.88);
  }, 120_000);
});
