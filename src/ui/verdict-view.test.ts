import { describe, expect, it } from 'vitest';
import type { RunComparison } from '../engine/results/compare-runs';
import { defaultRunRequest, type RunResult } from '../engine/run';
import { someWeights } from './state.test-helper';
import { incomparable, points, pText, verdictSentence, verdictTable } from './verdict-view';

const run = (patch: Partial<RunResult> = {}): RunResult => ({
  runId: 'a',
  finishedAt: '2026-05-12T14:05:00Z',
  base: 'resnet50',
  backend: 'wasm',
  weightsDigest: '',
  weights: someWeights,
  request: defaultRunRequest,
  classes: ['cat', 'dog'],
  split: { train: [], validation: Array.from({ length: 40 }, (_, i) => `${i}`) },
  history: [],
  bestEpoch: 1,
  timing: { downloadMs: 0, extractMs: 0, extractedImages: 0, imagesPerSecond: null, trainMs: 0 },
  evaluation: { validation: { correct: 30, images: 40 }, test: null },
  ...patch,
});
const comparison: RunComparison = {
  runA: 'a',
  runB: 'b',
  correctA: 34,
  correctB: 28,
  images: 40,
  onlyA: 8,
  onlyB: 2,
  difference: 0.15,
  interval: { low: 0.01, high: 0.3 },
  pValue: 0.109375,
  verdict: 'cannot tell',
};

describe('verdicts', () => {
  it('are not asked for where there is nothing to compare', () => {
    expect(incomparable(run(), run())).toBe('');
    const { evaluation: _old, ...before } = run();
    expect([_old !== undefined, incomparable(before, run())]).toEqual([
      true,
      expect.stringMatching(/before/),
    ]);
    expect(incomparable(run(), run({ classes: ['cat', 'horse'] }))).toMatch(/other classes/);
    const others = run({ split: { train: [], validation: ['0', '1', 'x'] } });
    expect(incomparable(run(), others)).toMatch(/other images/);
    const broken = run({ split: { train: [], validation: run().split.validation.slice(1) } });
    expect(incomparable(run(), broken)).toBe('');
  });
  it('are told in figures and words', () => {
    expect([points(0.0341), points(-0.0341), points(0.0001), points(0)]).toEqual([
      '+3.4',
      '−3.4',
      '0.0',
      '0.0',
    ]);
    expect([pText(0.109375), pText(0.00002), pText(1)]).toEqual(['0.109', '< 0.001', '1']);
    expect(verdictSentence('A', 'B', comparison)).toBe(
      'Whether A is better than B cannot be told: of 40 images it alone had 8 right, the other alone 2.',
    );
    expect(verdictSentence('A', 'B', { ...comparison, verdict: 'better' })).toMatch(/^A is better than B: /);
    const { head, rows } = verdictTable('B', [{ name: 'A', comparison }]);
    expect(rows[0]).toHaveLength(head.length);
  });
});
