import { describe, expect, it } from 'vitest';
import { Random } from './random';

describe('Random', () => {
  const draw = (seed: number, purpose: string) => {
    const random = new Random(seed, purpose);
    return Array.from({ length: 5 }, () => random.uniform());
  };

  it('repeats itself for the same seed and purpose, and differs for another of either', () => {
    expect(draw(1, 'split')).toEqual(draw(1, 'split'));
    expect(draw(1, 'split')).not.toEqual(draw(2, 'split'));
    expect(draw(1, 'split')).not.toEqual(draw(1, 'weights'));
  });

  it('shuffles every permutation of three equally often', () => {
    const random = new Random(7, 'test');
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const key = random.shuffle([0, 1, 2]).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Five standard deviations of a binomial(6000, 1/6).
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(145);
  });

  it('draws normals of mean 0 and variance 1', () => {
    const random = new Random(3, 'normal');
    const values = Array.from({ length: 20_000 }, () => random.normal());
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.035);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });
});
