import { expect, it } from 'vitest';
import { cifar10Classes } from '../engine/data/cifar10-format';
import type { RunResult } from '../engine/run';
import { chartScene } from './parts/chart-scene';
import {
  articleNotes,
  articleReruns,
  articleSeries,
  isArticleRun,
  replayData,
  replayDomain,
  replayRows,
} from './replay-view';
import { bothLines } from './results-view';
import { emptyState, someWeights } from './state.test-helper';
import { curvesOf } from './study-figures';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);
const epoch = { epoch: 10, loss: 1, accuracy: 0.9, valLoss: 1, valAccuracy: 0.8 };
const run = (runId: string, patch: Partial<RunResult> = {}): RunResult => ({
  runId,
  finishedAt: '2026-01-01T00:00:00Z',
  base: 'resnet50',
  backend: 'wasm',
  weightsDigest: 'ab',
  weights: someWeights,
  request: { ...emptyState.request, head: { ...emptyState.request.head, hidden: [] } },
  classes: [...cifar10Classes],
  split: { train: ids(2000), validation: ids(2000) },
  history: [epoch],
  bestEpoch: 10,
  timing: { downloadMs: 0, extractMs: 0, extractedImages: 0, imagesPerSecond: null, trainMs: 1 },
  ...patch,
});

it('numbers the faults on the curves that they spoil, inside the chart', () => {
  expect(articleNotes(bothLines).map(({ key }) => key)).toEqual(['2', '1', '2']);
  expect(articleNotes({ validation: false, training: true }).map(({ key }) => key)).toEqual(['2', '2']);
  expect(articleNotes({ validation: false, training: false })).toEqual([]);
  const { plot, shapes } = chartScene({
    series: articleSeries(bothLines),
    width: 300,
    height: 220,
    xLabel: 'Epoch',
    format: 'percent',
    domain: replayDomain,
    notes: articleNotes(bothLines),
  });
  const numbers = shapes.filter((shape) => shape.kind === 'text' && shape.bold);
  expect(numbers).toHaveLength(3);
  for (const shape of numbers)
    if (shape.kind === 'text') {
      expect(shape.x).toBeLessThan(plot.right);
      expect(shape.y).toBeLessThan(plot.bottom);
    }
});

it('knows runs on the article’s images, a duplicate more or less', () => {
  expect(isArticleRun(run('a'))).toBe(true);
  expect(isArticleRun(run('a', { split: { train: ids(1999), validation: ids(2000) } }))).toBe(true);
  expect(isArticleRun(run('a', { split: { train: ids(40_000), validation: ids(10_000) } }))).toBe(false);
  expect(isArticleRun(run('a', { classes: ['cat', 'dog'] }))).toBe(false);
});

it('takes of each base the newest run with the article’s head, else the newest', () => {
  const dense = { ...emptyState.request, head: { ...emptyState.request.head, hidden: [512] } };
  const runs = [
    run('d', { request: dense }),
    run('c'),
    run('b'),
    run('a', { base: 'vgg16', request: dense }),
    run('x', { base: 'inception-v3', classes: [] }),
  ];
  expect(articleReruns(runs).map(({ runId }) => runId)).toEqual(['a', 'c']);
  const rows = replayRows(articleReruns(runs), []);
  expect(rows.map(({ here }) => here?.value ?? null)).toEqual([null, null, 0.8, 0.8]);
  expect(rows[3]!.published.valAccuracy).toBe(0.9975);
  expect(rows[3]!.faults).toHaveLength(2);
});

it('sees what the data set holds', () => {
  const record = (share: 'train' | 'validation' | 'test', index: number) => ({
    path: `cifar10/${share}/cat/${index}.png`,
    share,
  });
  const article = ids(4000).map((_, index) => record(index < 2000 ? 'train' : 'validation', index));
  expect(replayData([])).toBe('none');
  expect(replayData(article)).toBe('article');
  expect(replayData([...article, ...ids(50).map((_, index) => record('test', index))])).toBe('cifar10');
  expect(replayData([...article, { path: 'cat/1.jpg', share: null }])).toBe('other');
});

it('means the study’s curves over its seeds, of the article’s head only', () => {
  const curve = (valAccuracy: number) => ({
    loss: [1],
    accuracy: [0.5],
    valLoss: [1],
    valAccuracy: [valAccuracy],
  });
  const [one, ...others] = curvesOf({
    features: [
      { base: 'resnet50', from: 'page', validationImages: 2000 },
      { base: 'vgg16', from: 'none', validationImages: 2000 },
    ],
    runs: [
      { base: 'resnet50', head: { id: 'article' }, history: curve(0.8) },
      { base: 'resnet50', head: { id: 'article' }, history: curve(0.9) },
      { base: 'resnet50', head: { id: 'dense-512' }, history: curve(0.1) },
      { base: 'vgg16', head: { id: 'article' }, history: curve(0.7) },
    ],
  });
  expect(others).toEqual([]);
  expect(one).toMatchObject({ base: 'resnet50', seeds: 2, from: 'page' });
  expect(one!.history[0]!.valAccuracy).toBeCloseTo(0.85);
});
