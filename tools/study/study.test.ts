import { describe, expect, it } from 'vitest';
import type { EpochMetrics } from '../../src/engine/run.ts';
import { chart } from './chart.ts';
import { headsFor } from './heads.ts';
import { parseOptions } from './options.ts';
import { report } from './report.ts';
import { replaceBase, type StudyFeatures, type StudyRun } from './results.ts';
import { meanCurve, spread, summarize } from './summary.ts';

const history = (...valAccuracies: number[]): EpochMetrics[] =>
  valAccuracies.map((valAccuracy, i) => ({
    epoch: i + 1,
    loss: 1,
    accuracy: 0.9,
    valLoss: 1,
    valAccuracy,
  }));
const [articleHead] = headsFor('resnet50');
const run = (seed: number, ...accuracies: number[]): StudyRun => ({
  base: 'resnet50',
  head: articleHead!,
  seed,
  history: history(...accuracies),
  trainMs: 3000,
});
const runs = [run(1, 0.5, 0.8, 0.7), run(2, 0.6, 0.7, 0.8)];
const features: StudyFeatures = {
  base: 'resnet50',
  from: 'page',
  weights: { source: 'some@1.0.0', precision: 'float32', licence: 'MIT', bytes: 1 },
  weightsDigest: 'abc',
  backend: 'wasm',
  extraction: { images: 400, ms: 100_000 },
  reason: null,
  trainImages: 200,
  validationImages: 200,
  measuredOn: '2026-01-01',
  loadBefore: 0.1,
  machine: {
    system: 'Linux',
    processor: 'P',
    cores: 2,
    memoryGiB: 8,
    browser: 'Chromium 1',
    backend: 'wasm: 2 threads',
    node: '20',
  },
};
const results = { features: [features], runs };

describe('the study', () => {
  it('averages over seeds', () => {
    expect(spread([1, 3])).toEqual({ mean: 2, sd: Math.SQRT2 });
    expect(spread([1]).sd).toBeNull();
    const [summary] = summarize(runs, 200);
    expect(summary).toMatchObject({ seeds: [1, 2], secondsPerEpoch: 1, best: { mean: 0.8, sd: 0 } });
    expect(summary!.last.mean).toBeCloseTo(0.75, 12);
    // Newcombe 1998, method 3, for 150 of 200.
    expect(summary!.interval.low).toBeCloseTo(0.6857, 3);
    expect(summary!.interval.high).toBeCloseTo(0.8049, 3);
    const curve = meanCurve(runs.map((one) => one.history));
    expect(curve[0]).toMatchObject({ epoch: 1, valAccuracy: 0.55, low: 0.5, high: 0.6 });
  });

  it('replaces one base and leaves the others', () => {
    const other = {
      features: [{ ...features, base: 'vgg16' as const }],
      runs: [{ ...runs[0]!, base: 'vgg16' as const }],
    };
    const both = replaceBase(other, features, runs);
    expect(both.features.map(({ base }) => base)).toEqual(['vgg16', 'resnet50']);
    expect(replaceBase(both, features, [runs[0]!]).runs).toHaveLength(2);
  });

  it('says what is wrong, what is missing and what was measured', () => {
    const text = report(results, null);
    expect(text).toContain('| ResNet50 | softmax, as the article | 16 | 2 | 0.7500 ± 0.0707 |');
    expect(text).toContain('0.9975 (wrong: judged on its own training images');
    expect(text).toContain('| VGG16 | not measured |');
    expect(text).toContain('| some@1.0.0 | float32 | 200 + 200 | 100 s for 400 images | 4.00 |');
    const none = { ...features, from: 'none' as const, weights: null, reason: 'No network.' };
    expect(report({ features: [none], runs: [] }, null)).toContain('not available: No network.');
    expect(report(results, 40)).toContain('A rehearsal with 40 images a side');
  });

  it('draws one panel a base, whatever has been measured', () => {
    const svg = chart(results);
    expect(svg.match(/<g transform/g)).toHaveLength(3);
    expect(svg).toContain('judged on its own training');
    expect(svg).not.toContain('NaN');
    expect(chart({ features: [], runs: [] })).toContain('not available here');
  });

  it('reads its options', () => {
    expect(parseOptions(['--bases', 'resnet50,inception-v3', '--seeds', '2']).bases).toEqual([
      'resnet50',
      'inception-v3',
    ]);
    expect(parseOptions([])).toMatchObject({ limit: null, seeds: [1, 2, 3, 4, 5], reportOnly: false });
    expect(() => parseOptions(['--bases', 'alexnet'])).toThrow('--bases takes some of');
    expect(() => parseOptions(['--limit', '0'])).toThrow('--limit takes a whole number');
  });
});
