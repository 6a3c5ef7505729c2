import { describe, expect, it } from 'vitest';
import { coverageScene, lowest, nearestPoint, rankingScene, reliabilityScene, thinned } from './share-scene';

const size = { width: 400, height: 300, xLabel: 'x', yLabel: 'y' };
const bin = (low: number, count: number, confidence: number | null, accuracy: number | null) => ({
  low,
  high: low + 0.5,
  count,
  confidence,
  accuracy,
});
const series = {
  name: 'a',
  colour: 'red',
  style: 'solid',
  marker: 0,
  variant: 0,
  bins: [bin(0, 0, null, null), bin(0.5, 4, 0.8, 0.75)],
} as const;

describe('charts of shares', () => {
  it('draw nothing that is not a number, whatever they are given', () => {
    const scenes = [
      reliabilityScene([series], size),
      reliabilityScene([], size),
      coverageScene([], null, size),
      coverageScene([{ threshold: 0, coverage: 1, accuracy: 1 }], { coverage: 1, accuracy: 1 }, size),
      rankingScene('roc', [], 0, size),
      rankingScene('precision-recall', [{ x: 0.5, y: 1 }], 0.5, { ...size, width: 240 }),
    ];
    for (const { shapes } of scenes) expect(JSON.stringify(shapes)).not.toMatch(/NaN|null|Infinity/);
  });
  it('put shares into the plot, upwards', () => {
    const { x, y, plot } = rankingScene('roc', [], 0, size);
    expect([x(0), x(1)]).toEqual([plot.left, plot.right]);
    expect([y(0), y(1)]).toEqual([plot.bottom, plot.top]);
  });
  it('leave out empty bins', () => {
    const { shapes } = reliabilityScene([series], size);
    const bars = shapes.filter((shape) => shape.kind === 'path' && shape.fill === 'var(--line)');
    expect(bars).toHaveLength(1);
  });
  it('draw precision in steps from the left edge', () => {
    const { shapes, x, y } = rankingScene('precision-recall', [{ x: 0.5, y: 1 }], 0.5, size);
    const curve = shapes.at(-1)!;
    expect(curve.kind === 'path' && curve.d).toBe(`M${x(0)} ${y(1)}V${y(1)}H${x(0.5)}`);
  });
  it('begin accuracies where differences can be seen', () => {
    expect(lowest([{ threshold: 0, coverage: 1, accuracy: 0.89 }])).toBeCloseTo(0.85);
    expect(lowest([{ threshold: 0, coverage: 1, accuracy: 0.01 }])).toBe(0);
    expect(lowest([])).toBeCloseTo(0.95);
  });
  it('find the point under the pointer, on steep parts too', () => {
    const { x, y } = rankingScene('roc', [], 0, size);
    const points = [
      { x: 0, y: 0 },
      { x: 0, y: 0.9 },
      { x: 1, y: 1 },
    ];
    expect(nearestPoint(points, { x, y }, x(0) + 3, y(0.8))).toBe(1);
    expect(nearestPoint([], { x, y }, 0, 0)).toBeNull();
  });
  it('show a part of many rows, both ends among them', () => {
    const all = Array.from({ length: 1000 }, (_, i) => i);
    const some = thinned(all, 60);
    expect(some).toHaveLength(60);
    expect([some[0], some.at(-1)]).toEqual([0, 999]);
    expect(thinned([1, 2], 60)).toEqual([1, 2]);
  });
});
