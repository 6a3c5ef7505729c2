import { expect, it } from 'vitest';
import { defaultRunRequest, type EpochMetrics, type RunResult } from '../engine/run';
import type { SessionState } from '../session/state';
import { automaticNames, chartSeries, comparedRuns, latestRuns, runNames, runScore } from './results-view';
import { emptyState, idleLane, someWeights } from './state.test-helper';

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

it('calls a run what the user calls it', () => {
  const results = [run('b', []), run('a')];
  const notes = { a: { name: 'baseline', pinned: false }, b: { name: null, pinned: true } };
  expect([...runNames(results, notes).values()]).toEqual(['baseline', 'ResNet50, Plain softmax']);
  expect(automaticNames(results).get('a')).toBe('ResNet50, Dense 512 + softmax');
});

const state = (results: RunResult[], patch: Partial<SessionState> = {}): SessionState => ({
  ...emptyState,
  results,
  ...patch,
});
const live = { ...idleLane, phase: 'train' as const, history: [epoch(1, 0.5)] };

it('draws what trains now beside finished runs, once each', () => {
  const compared = comparedRuns(state([run('a')], { lanes: [live] }), new Map([['a', true]]));
  expect(compared.map(({ name }) => name)).toEqual([
    'ResNet50, Dense 512 + softmax',
    'ResNet50, training now',
  ]);
  expect(new Set(compared.map(({ colour }) => colour)).size).toBe(2);
  expect(new Set(compared.map(({ label }) => label)).size).toBe(2);
  expect(comparedRuns(state([run('a')], { lanes: [{ ...live, phase: 'done', runId: 'a' }] }))).toHaveLength(
    1,
  );
});

it('compares the runs of the latest request and pinned ones', () => {
  const results = [run('d'), run('c', [64]), run('b', []), run('a', [])];
  const notes = { b: { name: null, pinned: true } };
  const lanes = [{ ...idleLane, phase: 'done' as const, runId: 'd' }];
  const ids = (chosen?: Map<string, boolean>) =>
    comparedRuns(state(results, { notes, lanes }), chosen).map(({ id, shown }) => [id, shown]);
  expect(ids()).toEqual([
    ['b', true],
    ['d', true],
  ]);
  // What was taken out stays in the list, so that it can come back.
  expect(
    ids(
      new Map([
        ['b', false],
        ['c', true],
      ]),
    ),
  ).toEqual([
    ['b', false],
    ['c', true],
    ['d', true],
  ]);
});

it('keeps what the user has ticked with the run', () => {
  const note = (compared?: boolean) => ({
    name: null,
    pinned: false,
    ...(compared !== undefined && { compared }),
  });
  const results = [run('d'), run('c', [64]), run('b', []), run('a', [])];
  const notes = { d: note(false), c: note(true), b: note() };
  const compared = comparedRuns(state(results, { notes }));
  expect(compared.map(({ id, shown }) => [id, shown])).toEqual([
    ['c', true],
    ['d', false],
  ]);
});

it('knows the latest request after a reload, too', () => {
  const of = (id: string, base: RunResult['base'], seed: number): RunResult => ({
    ...run(id),
    base,
    request: { ...defaultRunRequest, seed },
  });
  const results = [of('d', 'vgg16', 2), of('c', 'resnet50', 2), of('b', 'vgg16', 2), of('a', 'vgg16', 1)];
  expect([...latestRuns(results, [])].sort()).toEqual(['c', 'd']);
  expect(latestRuns([], [])).toEqual(new Set());
  // While the next run still extracts, and when it takes over.
  expect(latestRuns(results, [idleLane]).size).toBe(2);
  expect(latestRuns(results, [live])).toEqual(new Set());
});

it('labels lines as shortly as tells them apart', () => {
  const vgg: RunResult = { ...run('v'), base: 'vgg16' };
  const notes = Object.fromEntries(
    ['a', 'b', 'c', 'v'].map((id) => [
      id,
      { name: id === 'a' ? 'what I began with, long ago' : null, pinned: true },
    ]),
  );
  const compared = comparedRuns(state([run('c'), run('b', []), vgg, run('a')], { notes }));
  expect(compared.map(({ label, tag, variant }) => [label, tag, variant])).toEqual([
    ['VGG16', 'V', 0],
    ['what I began with…', 'R', 0],
    ['ResNet50 softmax', 'R2', 1],
    ['ResNet50 512', 'R3', 2],
  ]);
});

it('gives validation the solid line, and rings the epoch that the head carries unless it is the last', () => {
  const early = { ...run('a'), bestEpoch: 2 };
  const [series] = chartSeries(comparedRuns(state([early])), 'accuracy');
  expect(series!.ring).toBe(2);
  expect(series!.lines.map(({ label, style }) => [label, style])).toEqual([
    ['validation', 'solid'],
    ['training', 'dashed'],
  ]);
  expect(series!.lines[0]!.points[1]).toEqual({ x: 2, y: 0.9 });
  expect(chartSeries(comparedRuns(state([run('a')])), 'accuracy')[0]!.ring).toBeNull();
});

it('leaves out runs and lines that are switched off', () => {
  const compared = comparedRuns(state([run('a')]));
  const [series] = chartSeries(compared, 'loss', { validation: false, training: true });
  expect(series!.lines.map(({ label }) => label)).toEqual(['training']);
  expect(chartSeries(comparedRuns(state([run('a')]), new Map([['a', false]])), 'loss')).toEqual([]);
});

it('scores the weights that the head carries, not the luckiest epoch', () => {
  expect(runScore(run('a'))).toMatchObject({
    kept: { epoch: 3, valAccuracy: 0.8 },
    highest: { epoch: 2, valAccuracy: 0.9 },
    images: 1,
  });
});
