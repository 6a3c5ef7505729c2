import { describe, expect, it } from 'vitest';
import { Random } from '../random';
import { comparePaired, exactMcNemar, pairedBootstrap, quantile } from './paired';

describe('exactMcNemar', () => {
  it.each([
    // SciPy 1.18: scipy.stats.binomtest(min(a, b), a + b).pvalue
    [5, 0, 0.0625],
    [10, 25, 0.016673847800120715],
    [59, 121, 4.4344492637551645e-6],
    [8, 8, 1],
    [0, 0, 1],
  ])('of %i against %i is SciPy’s', (a, b, expected) => {
    expect(exactMcNemar(a, b) / expected).toBeCloseTo(1, 9);
    expect(exactMcNemar(b, a)).toBe(exactMcNemar(a, b));
  });
});

describe('pairedBootstrap', () => {
  it('agrees with resampling image by image', () => {
    const [images, onlyA, onlyB] = [200, 30, 12];
    const random = new Random(3, 'reference');
    const reference = Float64Array.from({ length: 10_000 }, () => {
      let sum = 0;
      for (let i = 0; i < images; i++) {
        const drawn = random.below(images);
        sum += drawn < onlyA ? 1 : drawn < onlyA + onlyB ? -1 : 0;
      }
      return sum / images;
    }).sort();
    const { low, high } = pairedBootstrap({ images, onlyA, onlyB }, 1);
    // Ends lie on a grid of 1/200; both are estimates from 10,000 resamples.
    expect(Math.abs(low - quantile(reference, 0.025))).toBeLessThanOrEqual(0.0051);
    expect(Math.abs(high - quantile(reference, 0.975))).toBeLessThanOrEqual(0.0051);
  });

  it('covers the true difference in about 95 % of simulated experiments', () => {
    const random = new Random(5, 'coverage');
    let covered = 0;
    const experiments = 400;
    for (let e = 0; e < experiments; e++) {
      let [onlyA, onlyB] = [0, 0];
      for (let i = 0; i < 300; i++) {
        const u = random.uniform();
        if (u < 0.12) onlyA++;
        else if (u < 0.2) onlyB++;
      }
      const { low, high } = pairedBootstrap({ images: 300, onlyA, onlyB }, e, 1000);
      if (low <= 0.04 + 1e-12 && high >= 0.04 - 1e-12) covered++;
    }
    expect(covered / experiments).toBeGreaterThan(0.92);
    expect(covered / experiments).toBeLessThan(0.98);
  });

  it('is seeded, and a point where nothing differs', () => {
    const counts = { images: 100, onlyA: 9, onlyB: 4 };
    expect(pairedBootstrap(counts, 1)).toEqual(pairedBootstrap(counts, 1));
    expect(pairedBootstrap({ images: 10, onlyA: 0, onlyB: 0 }, 1)).toEqual({ low: 0, high: 0 });
    expect(pairedBootstrap({ images: 10, onlyA: 10, onlyB: 0 }, 1)).toEqual({ low: 1, high: 1 });
  });
});

describe('comparePaired', () => {
  const side = (both: number, own: number, other: number, n: number) => ({
    a: Uint8Array.from({ length: n }, (_, i) => (i < both + own ? 1 : 0)),
    b: Uint8Array.from({ length: n }, (_, i) =>
      i < both || (i >= both + own && i < both + own + other) ? 1 : 0,
    ),
  });

  it('says better, worse or cannot tell, with the evidence', () => {
    const { a, b } = side(1400, 121, 59, 2000);
    const found = comparePaired(a, b, 1);
    expect(found).toMatchObject({
      images: 2000,
      onlyA: 121,
      onlyB: 59,
      difference: 0.031,
      verdict: 'better',
    });
    expect(found.interval.low).toBeGreaterThan(0);
    expect(found.interval.high).toBeGreaterThan(0.031);
    expect(comparePaired(b, a, 1)).toMatchObject({ difference: -0.031, verdict: 'worse' });
    const close = side(1400, 60, 50, 2000);
    expect(comparePaired(close.a, close.b, 1).verdict).toBe('cannot tell');
    expect(comparePaired([1, 0], [1, 0], 1)).toMatchObject({ pValue: 1, verdict: 'cannot tell' });
  });
});
