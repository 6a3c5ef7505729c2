import { expect, it } from 'vitest';
import type { RunResult } from '../engine/run';
import { columns, comparisonRows, comparisonTable, headSize, nextSorting, sorted } from './comparison-view';
import { costKinds, costPoints } from './cost-view';
import { costScene } from './parts/cost-scene';
import { csv } from './parts/chart-export';
import { comparedRuns } from './results-view';
import { emptyState, someWeights } from './state.test-helper';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);
const run = (runId: string, patch: Partial<RunResult> = {}): RunResult => ({
  runId,
  finishedAt: '2026-01-01T00:00:00Z',
  base: 'resnet50',
  backend: 'wasm',
  weightsDigest: 'ab',
  weights: someWeights,
  request: { ...emptyState.request, head: { ...emptyState.request.head, hidden: [] } },
  classes: ['a', 'b', 'c'],
  split: { train: ids(300), validation: ids(100) },
  history: [
    { epoch: 1, loss: 1, accuracy: 0.5, valLoss: 1, valAccuracy: 0.9 },
    { epoch: 2, loss: 1, accuracy: 0.5, valLoss: 1, valAccuracy: 0.8 },
  ],
  bestEpoch: 2,
  timing: { downloadMs: 0, extractMs: 40_000, extractedImages: 400, imagesPerSecond: 10, trainMs: 3000 },
  ...patch,
});
const fromStore = { ...run('x').timing, extractedImages: 0, imagesPerSecond: null };
const state = (results: RunResult[]) => ({ ...emptyState, results });

it('counts the parameters of a head: kernels and biases', () => {
  expect(headSize(2048, [], 3)).toBe(2049 * 3);
  expect(headSize(512, [512], 10)).toBe(513 * 512 + 513 * 10);
});

it('puts a run into figures', () => {
  const [row] = comparisonRows(state([run('a')]));
  expect(row).toMatchObject({
    name: 'ResNet50, Plain softmax',
    parameters: 23_587_712,
    features: 2048,
    downloadBytes: 94_500_000,
    msPerImage: 100,
    msBorrowed: false,
    extractSeconds: 40,
    secondsPerEpoch: 1.5,
    best: { epoch: 1, value: 0.9 },
    last: { epoch: 2, value: 0.8 },
    kept: { epoch: 2, value: 0.8 },
    headParameters: 6147,
    headBytes: 24_588,
  });
  // Wilson: 80 of 100.
  expect(row!.last!.low).toBeCloseTo(0.7112, 4);
  expect(row!.last!.high).toBeCloseTo(0.8666, 4);
});

it('tells of the exact head in iterations, not in epochs', () => {
  const head = { kind: 'exact', hidden: [], dropout: 0, l2: 0 } as const;
  const exact = { l2: 0.03, iterations: 57, gradientNorm: 1e-5, converged: true, cvScores: [] };
  const patch = {
    request: { ...emptyState.request, head },
    history: run('a').history.slice(0, 1),
    bestEpoch: 1,
  };
  const [row, stopped] = comparisonRows(
    state([run('a', { ...patch, exact }), run('b', { ...patch, exact: { ...exact, converged: false } })]),
  );
  expect(row).toMatchObject({ secondsPerEpoch: null, best: { epoch: null, value: 0.9 }, last: null });
  const cell = (id: string, of = row!) => {
    const { text, note } = columns.find((column) => column.id === id)!;
    return [text(of), note?.(of)];
  };
  expect(cell('best')).toEqual(['90.0%', '82.6–94.5%, solved in 57 iterations']);
  expect(cell('best', stopped)[1]).toContain('stopped after 57 iterations');
  expect(cell('last')).toEqual(['–', '']);
  expect(cell('epoch')).toEqual(['–', 'solved in 3 s']);
  const table = comparisonTable([row!]);
  expect(table.rows[0]![table.head.indexOf('Iterations')]).toBe(57);
  expect(table.rows[0]![table.head.indexOf('best epoch')]).toBeNull();
});

it('takes the speed from another run of the base, or from a measurement, and says so', () => {
  const stored = run('b', { timing: fromStore });
  expect(comparisonRows(state([stored, run('a')]))[0]).toMatchObject({
    msPerImage: 100,
    msBorrowed: true,
    extractSeconds: null,
  });
  expect(comparisonRows(state([stored]))[0]!.msPerImage).toBeNull();
  const other = run('c', { backend: 'webgpu' });
  expect(comparisonRows(state([stored, other]))[0]!.msPerImage).toBeNull();
});

it('sorts up, down and back, gaps last', () => {
  const rows = comparisonRows(
    state([
      run('a', { timing: { ...fromStore, trainMs: 1 }, history: [] }),
      run('b'),
      run('c', { base: 'vgg16' }),
    ]),
  );
  const order = (by: string, descending: boolean) => sorted(rows, { by, descending }).map(({ id }) => id);
  expect(order('epoch', true)).toEqual(['b', 'c', 'a']);
  expect(order('epoch', false)).toEqual(['b', 'c', 'a']);
  expect(order('parameters', false)).toEqual(['c', 'a', 'b']);
  expect(order('base', true)).toEqual(['c', 'a', 'b']);
  expect(order('name', false)[2]).toBe('c');
  expect(sorted(rows, null)).toBe(rows);

  let sorting = nextSorting(null, 'best');
  expect(sorting).toEqual({ by: 'best', descending: true });
  sorting = nextSorting(sorting, 'best');
  expect(sorting).toEqual({ by: 'best', descending: false });
  expect(nextSorting(sorting, 'best')).toBeNull();
  expect(nextSorting(sorting, 'name')).toEqual({ by: 'name', descending: false });
});

it('survives a run without epochs in every column', () => {
  const [row] = comparisonRows(state([run('a', { history: [], split: { train: [], validation: [] } })]));
  for (const { text, note } of columns) {
    expect(text(row!)).not.toMatch(/NaN|undefined|Infinity/);
    expect(note?.(row!) ?? '').not.toMatch(/NaN|undefined|Infinity/);
  }
});

it('saves all of it, in full precision', () => {
  const table = comparisonTable(comparisonRows(state([run('a')])));
  expect(table.rows[0]).toHaveLength(table.head.length);
  const text = csv(table);
  expect(text).toContain('"best validation accuracy, 95% low"');
  expect(text).toContain('0.82563');
  expect(text).toContain('94500000');
});

it('holds accuracy against cost, of shown runs whose cost is known', () => {
  const session = state([run('b', { base: 'vgg16', timing: fromStore }), run('a')]);
  const rows = comparisonRows(session);
  const chosen = new Map([
    ['a', true],
    ['b', true],
  ]);
  const [ms, download] = costKinds;
  expect(costPoints(rows, comparedRuns(session, chosen), ms!).map(({ id }) => id)).toEqual(['a']);
  expect(costPoints(rows, comparedRuns(session, chosen), download!)).toHaveLength(2);
  expect(costPoints(rows, comparedRuns(session, chosen.set('a', false)), ms!)).toEqual([]);
});

it('draws points of the same cost side by side, and nothing that is not a number', () => {
  const point = (id: string, cost: number, value: number) => ({
    ...{ id, name: id, label: `ResNet50 ${id}`, tag: id, colour: 'red', marker: 0, variant: 0 },
    ...{ cost, value, low: value - 0.05, high: value + 0.05 },
  });
  const draw = (points: ReturnType<typeof point>[]) =>
    costScene({ points, width: 480, height: 260, xLabel: 'ms', show: String });
  const same = draw([point('a', 5, 0.8), point('b', 5, 0.8)]);
  const bars = same.flatMap((shape) => (shape.kind === 'path' && shape.d.includes('h8') ? [shape.d] : []));
  expect(new Set(bars).size).toBe(2);
  for (const points of [[], [point('a', 0, 1)]])
    expect(JSON.stringify(draw(points))).not.toMatch(/NaN|null|Infinity/);
});
