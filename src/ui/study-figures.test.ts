import { describe, expect, it } from 'vitest';
import { studyCurves } from './study-figures';

describe('studyCurves', () => {
  it('reads the figures that were committed: ten epochs a base, the mean over the seeds', async () => {
    const curves = await studyCurves();
    expect(curves.map(({ base, from, seeds }) => [base, from, seeds])).toEqual([
      ['inception-v3', 'page', 5],
      ['vgg16', 'article', 5],
      ['resnet50', 'page', 5],
    ]);
    for (const { history } of curves) {
      expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      for (const metrics of history) expect(Object.values(metrics).every(Number.isFinite)).toBe(true);
    }
    // As docs/study/README.md says.
    const last = curves.map(({ history }) => history.at(-1)!.valAccuracy);
    expect(last[0]).toBeCloseTo(0.8324, 3);
    expect(last[1]).toBeCloseTo(0.7666, 3);
    expect(last[2]).toBeCloseTo(0.8556, 3);
  });
});
