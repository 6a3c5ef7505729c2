import { expect, it } from 'vitest';
import { defaultRunRequest, type EpochMetrics, type RunResult } from '../engine/run';
import { chartSeries, runCurves, runNames, runScore } from './results-view';
import { idleLane, someWeights } from './state.test-helper';

const epoch = (number: number, valAccuracy: number): EpochMetrics => ({
  epoch: number,
  loss: 1 / number,
  accuracy: 0.9,
  valLoss: 1,
  valAccuracy,
});
const run = (runId: string, hidden: readonly number[] = [512]): RunResult => ({
  runId,
  finishedAt: '2026-01-01T00:00:00Z',
  base: 'resnet50',
  backend: 'wasm',
  weightsDigest: 'ab',
  weights: someWeights,
  request: { ...defaultRunRequest, head: { ...defaultRunRequest.head, hidden } },
  classes: ['cat', 'dog'],
  split: { train: ['1', '2'], validation: ['3'] },
  history: [epoch(1, 0.7), epoch(2, 0.9), epoch(3, 0.8)],
  bestEpoch: 3,
  timing: { downloadMs: 0, extractMs: 0, extractedImages: 0, imagesPerSecond: null, trainMs: 1 },
});

it('numbers runs of the same name from the oldest', () => {
  const names = runNames([run('c'), run('b', []), run('a')]);
  expect([...names]).toEqual([
    ['a', 'ResNet50, Dense 512 + softmax'],
    ['b', 'ResNet50, Plain softmax'],
    ['c', 'ResNet50, Dense 512 + softmax (2)'],
  ]);
});

it('draws what trains now beside finished runs, once each', () => {
  const history = [epoch(1, 0.5)];
  const live = { ...idleLane, phase: 'train' as const, history };
  expect(runCurves([run('a')], [live]).map(({ name }) => name)).toEqual([
    'ResNet50, training now',
    'ResNet50, Dense 512 + softmax',
  ]);
  expect(runCurves([run('a')], [{ ...live, phase: 'done', runId: 'a' }])).toHaveLength(1);
  const colours = runCurves([run('b'), run('a')], []).map(({ colour }) => colour);
  expect(new Set(colours).size).toBe(2);
});

it('gives validation the solid line, and rings the epoch that the head carries', () => {
  const [series] = chartSeries(runCurves([run('a')], []), 'accuracy');
  expect(series!.ring).toBe(3);
  expect(series!.lines.map(({ label, style }) => [label, style])).toEqual([
    ['validation', 'solid'],
    ['training', 'dashed'],
  ]);
  expect(series!.lines[0]!.points[1]).toEqual({ x: 2, y: 0.9 });
});

it('scores the weights that the head carries, not the luckiest epoch', () => {
  expect(runScore(run('a'))).toMatchObject({
    kept: { epoch: 3, valAccuracy: 0.8 },
    highest: { epoch: 2, valAccuracy: 0.9 },
    images: 1,
  });
});
