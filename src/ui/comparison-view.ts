import { cutOf, frozenCutOf } from '../engine/cuts';
import { wilsonInterval } from '../engine/results/statistics';
import type { EpochMetrics, RunResult } from '../engine/run';
import type { SessionState } from '../session/state';
import { baseTitle } from './base-style';
import { cutText } from './cut-name';
import { stageAt } from './cut-view';
import { bytes, decimal, duration, integer, large, percent } from './format';
import { words } from './words';
import type { Words } from './words/contract';
import { en } from './words/en';
import type { ChartTable } from './parts/chart-export';
import { headText, settingsText } from './plan';
import { runNames, runScore } from './results-view';

/** A share of validation images with its 95 % interval (Wilson). */
export interface MeasuredShare {
  /** Null of the exact head, which has none. */
  readonly epoch: number | null;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A finished run in figures. */
export interface ComparisonRow {
  readonly id: string;
  readonly name: string;
  readonly base: RunResult['base'];
  /** The stage at which the base is cut, and what became of the rest; of the whole base its last stage. */
  readonly cut: string;
  readonly head: string;
  /** Of the base, as far as the run uses it. */
  readonly parameters: number;
  readonly downloadBytes: number;
  readonly features: number;
  /** Null where nothing tells how fast the base is here. */
  readonly msPerImage: number | null;
  /** From another run or a measurement: this one found all its bottlenecks in the store. */
  readonly msBorrowed: boolean;
  /** Null when everything came from the store. */
  readonly extractSeconds: number | null;
  /** Null of the exact head as well. */
  readonly secondsPerEpoch: number | null;
  readonly best: MeasuredShare | null;
  /** Null of the exact head: its only figure is the best. */
  readonly last: MeasuredShare | null;
  /** Of the weights that the head carries. */
  readonly kept: MeasuredShare | null;
  readonly validationImages: number;
  readonly headParameters: number;
  readonly headBytes: number;
  readonly pinned: boolean;
  readonly result: RunResult;
}

export function measured(metrics: EpochMetrics | null | undefined, images: number): MeasuredShare | null {
  if (!metrics || !Number.isFinite(metrics.valAccuracy)) return null;
  const { valAccuracy: value, epoch } = metrics;
  return { epoch, value, ...wilsonInterval(Math.round(value * images), images) };
}

/** The exact head tells of its solution as if it were an epoch. */
function ofSolution(share: MeasuredShare | null, stepped: boolean): MeasuredShare | null {
  return share === null || stepped ? share : { ...share, epoch: null };
}

/** epoch 7; solved in 57 iterations */
function madeIn({ epoch }: MeasuredShare, { exact }: RunResult): string {
  if (epoch !== null) return words.comparison.epoch(epoch);
  return words.comparison.solved(exact?.converged !== false, exact?.iterations ?? 0);
}

/** Kernels and biases of Dense layers from the bottleneck to the classes. */
export function headSize(features: number, hidden: readonly number[], classes: number): number {
  const widths = [features, ...hidden, classes];
  return widths.slice(1).reduce((sum, units, index) => sum + (widths[index]! + 1) * units, 0);
}

/** Milliseconds of an image through the base: of this run, of the next best one, or measured. */
function speed(
  { base, backend, timing, request }: RunResult,
  results: readonly RunResult[],
  estimates: SessionState['estimates'],
): Pick<ComparisonRow, 'msPerImage' | 'msBorrowed'> {
  const cut = frozenCutOf(request, base);
  if (timing.imagesPerSecond) return { msPerImage: 1000 / timing.imagesPerSecond, msBorrowed: false };
  const other = results.find(
    (run) =>
      run.base === base &&
      run.backend === backend &&
      run.timing.imagesPerSecond &&
      frozenCutOf(run.request, base) === cut,
  );
  const measured = estimates[base]?.measured;
  const perSecond =
    other?.timing.imagesPerSecond ?? (measured?.cut === cut ? measured.imagesPerSecond : undefined);
  return { msPerImage: perSecond ? 1000 / perSecond : null, msBorrowed: true };
}

/** Every finished run, newest first. */
export function comparisonRows({
  results,
  notes,
  estimates,
}: Pick<SessionState, 'results' | 'notes' | 'estimates'>): ComparisonRow[] {
  const names = runNames(results, notes);
  return results.map((result): ComparisonRow => {
    const { runId, base, request, weights, timing, history, classes } = result;
    const { parameters, shape } = stageAt(base, cutOf(request, base));
    const features = shape.at(-1)!;
    const stepped = result.exact === undefined;
    const { kept, highest, images } = runScore(result);
    const headParameters = headSize(features, request.head.hidden, classes.length);
    return {
      id: runId,
      name: names.get(runId)!,
      base,
      cut: cutText(base, request) || cutOf(request, base),
      head: headText(request.head),
      parameters,
      downloadBytes: weights.bytes,
      features,
      ...speed(result, results, estimates),
      extractSeconds: timing.extractedImages === 0 ? null : timing.extractMs / 1000,
      secondsPerEpoch: stepped && history.length > 0 ? timing.trainMs / 1000 / history.length : null,
      best: ofSolution(measured(highest, images), stepped),
      last: stepped ? measured(history.at(-1), images) : null,
      kept: ofSolution(measured(kept, images), stepped),
      validationImages: images,
      headParameters,
      headBytes: 4 * headParameters,
      pinned: notes[runId]?.pinned ?? false,
      result,
    };
  });
}

export interface Column {
  readonly id: keyof Words['comparison']['columns'];
  readonly unit?: string;
  /** What is sorted by and saved. */
  readonly value: (row: ComparisonRow) => number | string | null;
  readonly text: (row: ComparisonRow) => string;
  /** A second, smaller line. */
  readonly note?: (row: ComparisonRow) => string;
}

const share = (one: MeasuredShare | null): string => (one ? percent(one.value) : '–');
const interval = (one: MeasuredShare | null): string =>
  one ? `${percent(one.low).replace(/\s*%/, '')}–${percent(one.high)}` : '';

export const columns: readonly Column[] = [
  {
    id: 'best',
    value: ({ best }) => best?.value ?? null,
    text: ({ best }) => share(best),
    note: ({ best, result }) => (best ? `${interval(best)}, ${madeIn(best, result)}` : ''),
  },
  {
    id: 'last',
    value: ({ last }) => last?.value ?? null,
    text: ({ last }) => share(last),
    note: ({ last, result }) => (last ? `${interval(last)}, ${madeIn(last, result)}` : ''),
  },
  {
    id: 'ms',
    unit: 'ms',
    value: ({ msPerImage }) => msPerImage,
    text: ({ msPerImage }) => (msPerImage === null ? '–' : `${decimal(msPerImage)} ms`),
    note: ({ msBorrowed, msPerImage }) =>
      msBorrowed && msPerImage !== null ? words.comparison.measuredEarlier : '',
  },
  {
    id: 'extraction',
    unit: 's',
    value: ({ extractSeconds }) => extractSeconds,
    text: ({ extractSeconds }) =>
      extractSeconds === null ? words.comparison.fromStore : duration(extractSeconds),
  },
  {
    id: 'epoch',
    unit: 's',
    value: ({ secondsPerEpoch }) => secondsPerEpoch,
    text: ({ secondsPerEpoch }) => (secondsPerEpoch === null ? '–' : duration(secondsPerEpoch)),
    note: ({ result }) =>
      result.exact ? words.comparison.solvedIn(duration(result.timing.trainMs / 1000)) : '',
  },
  {
    id: 'download',
    unit: 'bytes',
    value: ({ downloadBytes }) => downloadBytes,
    text: ({ downloadBytes }) => bytes(downloadBytes),
    note: ({ result }) => result.weights.precision,
  },
  {
    id: 'parameters',
    value: ({ parameters }) => parameters,
    text: ({ parameters }) => large(parameters),
  },
  {
    id: 'features',
    value: ({ features }) => features,
    text: ({ features }) => integer(features),
  },
  {
    id: 'head-parameters',
    value: ({ headParameters }) => headParameters,
    text: ({ headParameters }) => integer(headParameters),
    note: ({ headBytes }) => bytes(headBytes),
  },
  { id: 'base', value: ({ base }) => baseTitle(base), text: ({ base }) => baseTitle(base) },
  { id: 'cut', value: ({ cut }) => cut, text: ({ cut }) => cut },
  { id: 'head', value: ({ head }) => head, text: ({ head }) => head },
];

export interface Sorting {
  /** A column, or `name`. */
  readonly by: string;
  readonly descending: boolean;
}

/** Rows without a value come last either way; equal ones stay as they were. */
export function sorted(rows: readonly ComparisonRow[], sorting: Sorting | null): readonly ComparisonRow[] {
  if (sorting === null) return rows;
  const column = columns.find(({ id }) => id === sorting.by);
  const value = (row: ComparisonRow) => (column ? column.value(row) : row.name);
  const sign = sorting.descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (typeof x === 'string' ? x.localeCompare(String(y), 'en') : x - Number(y));
  });
}

/** The next sorting when a header is pressed: up, down, as it was. Figures begin with the largest. */
export function nextSorting(sorting: Sorting | null, by: string): Sorting | null {
  const first = !['name', 'base', 'cut', 'head'].includes(by);
  if (sorting?.by !== by) return { by, descending: first };
  return sorting.descending === first ? { by, descending: !first } : null;
}

/** All columns and what is behind them, in full precision. */
export function comparisonTable(rows: readonly ComparisonRow[]): ChartTable {
  const limits = (key: 'best' | 'last') => [
    { title: `${key} epoch`, value: (row: ComparisonRow) => row[key]?.epoch ?? null },
    { title: `${key} validation accuracy, 95% low`, value: (row: ComparisonRow) => row[key]?.low ?? null },
    { title: `${key} validation accuracy, 95% high`, value: (row: ComparisonRow) => row[key]?.high ?? null },
  ];
  const all: { title: string; value: (row: ComparisonRow) => number | string | null }[] = [
    { title: 'Run', value: ({ name }) => name },
    ...columns.map(({ id, unit, value }) => {
      const title = en.comparison.columns[id];
      return { title: unit ? `${title} (${unit})` : title, value };
    }),
    { title: 'Head (bytes)', value: ({ headBytes }) => headBytes },
    ...limits('best'),
    ...limits('last'),
    { title: 'Validation images', value: ({ validationImages }) => validationImages },
    { title: 'Training images', value: ({ result }) => result.split.train.length },
    { title: 'Training (s)', value: ({ result }) => result.timing.trainMs / 1000 },
    { title: 'Iterations', value: ({ result }) => result.exact?.iterations ?? null },
    { title: 'L2 of the exact head', value: ({ result }) => result.exact?.l2 ?? null },
    { title: 'Backend', value: ({ result }) => result.backend },
    { title: 'Weights', value: ({ result }) => result.weights.source },
    { title: 'Precision', value: ({ result }) => result.weights.precision },
    { title: 'Settings', value: ({ result }) => settingsText(result.request, result.base) },
    { title: 'Finished', value: ({ result }) => result.finishedAt },
    { title: 'Run id', value: ({ id }) => id },
  ];
  return {
    head: all.map(({ title }) => title),
    rows: rows.map((row) => all.map(({ value }) => value(row))),
  };
}
