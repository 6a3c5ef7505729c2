import type { EpochMetrics, RunNote, RunResult } from '../engine/run';
import type { LaneState, SessionState } from '../session/state';
import { baseColour, baseIndex, baseTitle } from './base-style';
import type { ChartLine, ChartSeries } from './parts/chart-scene';
import { baseText, cutTag } from './cut-name';
import { headText } from './plan';
import { words } from './words';

type Notes = Readonly<Record<string, RunNote>>;

/** A run of the comparison as the charts draw it. */
export interface RunCurves {
  readonly id: string;
  readonly base: RunResult['base'];
  readonly name: string;
  /** At the line's end: as short as tells it from the others. */
  readonly label: string;
  /** Where there is hardly any room. */
  readonly tag: string;
  readonly colour: string;
  readonly marker: number;
  readonly variant: number;
  readonly history: readonly EpochMetrics[];
  /** The epoch whose weights the head carries; null while it trains. */
  readonly kept: number | null;
  /** Whether its lines are drawn. */
  readonly shown: boolean;
  readonly pinned: boolean;
}

/**
 * What the user calls a run, else base, cut and head; runs that share all of them are numbered from the oldest.
 * Results come newest first.
 */
export function runNames(results: readonly RunResult[], notes: Notes = {}): ReadonlyMap<string, string> {
  const names = automaticNames(results);
  for (const { runId } of results) {
    const own = notes[runId]?.name;
    if (own) names.set(runId, own);
  }
  return names;
}

export function automaticNames(results: readonly RunResult[]): Map<string, string> {
  const oldestFirst = results.toReversed();
  const names = numbered(
    oldestFirst.map(({ base, request }) => `${baseText(base, request)}, ${headText(request.head)}`),
  );
  return new Map(oldestFirst.map(({ runId }, index) => [runId, names[index]!]));
}

/** a, b, a → a, b, a (2) */
function numbered(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return number === 1 ? name : `${name} (${number})`;
  });
}

/** Runs of the request that came last: those of the lanes, or after a reload those with the newest one's request. */
export function latestRuns(results: readonly RunResult[], lanes: readonly LaneState[]): ReadonlySet<string> {
  // A run that has nothing to draw yet leaves the one before it in the charts.
  if (lanes.some(({ runId, history }) => runId !== null || history.length > 0))
    return new Set(lanes.flatMap(({ runId }) => runId ?? []));
  const newest = results[0];
  if (!newest) return new Set();
  const request = JSON.stringify(newest.request);
  const ofBase = new Map<string, string>();
  for (const result of results)
    if (!ofBase.has(result.base) && JSON.stringify(result.request) === request)
      ofBase.set(result.base, result.runId);
  return new Set(ofBase.values());
}

/** Several runs of one base have its colour in several lightnesses. */
export function shade(base: RunResult['base'], variant: number): string {
  const colour = baseColour(base);
  const mixes = [
    colour,
    `color-mix(in oklab, ${colour} 66%, var(--surface))`,
    `color-mix(in oklab, ${colour} 60%, var(--ink))`,
  ];
  return mixes[variant % mixes.length]!;
}

type Shared = Pick<SessionState, 'results' | 'lanes' | 'notes'>;
type Unshaded = Omit<RunCurves, 'label' | 'tag' | 'colour' | 'marker' | 'variant'> & {
  readonly head: string;
  readonly cut: string;
};

/**
 * The runs that are compared: those of the latest request and pinned ones, unless the user chose otherwise (in
 * `notes`, or `chosen` where it is not to be kept); what was chosen either way stays in the list. By base, oldest first, so that lines keep their looks when a run ends.
 */
export function comparedRuns(
  { results, lanes, notes }: Shared,
  chosen: ReadonlyMap<string, boolean> = new Map(),
): RunCurves[] {
  const names = runNames(results, notes);
  const latest = latestRuns(results, lanes);
  const done = results.toReversed().flatMap((result): Unshaded[] => {
    const { runId: id, base, history, bestEpoch: kept, request } = result;
    const pinned = notes[id]?.pinned ?? false;
    const usual = latest.has(id) || pinned;
    const choice = chosen.get(id) ?? notes[id]?.compared;
    if (!usual && choice === undefined) return [];
    const head =
      request.head.hidden.join('+') || (request.head.kind === 'exact' ? words.curves.exact : 'softmax');
    const cut = cutTag(base, request);
    return [{ id, base, name: names.get(id)!, history, kept, pinned, head, cut, shown: choice ?? usual }];
  });
  const live = lanes
    .filter((lane) => lane.history.length > 0 && !results.some(({ runId }) => runId === lane.runId))
    .map(({ base, phase, history }): Unshaded => {
      const id = `lane-${base}`;
      const head = words.curves.live[phase === 'train' ? 'now' : 'unfinished'].tag;
      const name = `${baseTitle(base)}, ${words.curves.live[phase === 'train' ? 'now' : 'unfinished'].name}`;
      const shown = chosen.get(id) ?? true;
      return { id, base, name, history, kept: null, pinned: false, head, cut: '', shown };
    });
  const all = [...done, ...live].sort((a, b) => baseIndex(a.base) - baseIndex(b.base));
  const labels = endLabels(all, notes);
  const counts = new Map<string, number>();
  return all.map((run, index) => {
    const variant = counts.get(run.base) ?? 0;
    counts.set(run.base, variant + 1);
    return {
      ...run,
      label: labels[index]!,
      tag: `${baseTitle(run.base)[0]!}${variant > 0 ? variant + 1 : ''}`,
      colour: shade(run.base, variant),
      marker: baseIndex(run.base),
      variant,
    };
  });
}

/** The base's name; of several runs of one base with what differs, and a number where that does not tell them apart. */
function endLabels(runs: readonly Unshaded[], notes: Notes): string[] {
  const alone = (base: string) => runs.filter((run) => run.base === base).length === 1;
  const differ = (base: string, key: 'cut' | 'head') =>
    new Set(runs.filter((run) => run.base === base).map((run) => run[key])).size > 1;
  return numbered(
    runs.map(({ id, base, head, cut }) => {
      const own = notes[id]?.name;
      if (own) return own.length > 18 ? `${own.slice(0, 17)}…` : own;
      if (alone(base)) return baseTitle(base);
      // A cut says which base it is of; beside it there is no room for the title.
      if (differ(base, 'cut')) return `${cut || baseTitle(base)}${differ(base, 'head') ? ` ${head}` : ''}`;
      return `${baseTitle(base)} ${head}`;
    }),
  );
}

export interface ShownLines {
  readonly validation: boolean;
  readonly training: boolean;
}
export const bothLines: ShownLines = { validation: true, training: true };

/** Validation is what counts, so it is the solid line. */
export function chartSeries(
  runs: readonly RunCurves[],
  metric: 'accuracy' | 'loss',
  lines: ShownLines = bothLines,
): ChartSeries[] {
  return runs
    .filter(({ shown }) => shown)
    .map(({ id, name, label, tag, colour, marker, variant, history, kept }) => ({
      id,
      name,
      label,
      tag,
      colour,
      marker,
      variant,
      ring: kept === history.length ? null : kept,
      lines: shareLines(history, metric, lines),
    }));
}

/** Those lines of a history that are shown: one of validation, one of training. */
export function shareLines(
  history: readonly EpochMetrics[],
  metric: 'accuracy' | 'loss',
  { validation, training }: ShownLines,
): ChartLine[] {
  const line = (
    share: ChartLine['share'],
    key: 'accuracy' | 'loss' | 'valAccuracy' | 'valLoss',
  ): ChartLine => ({
    share,
    label: words.shares.names[share],
    style: share === 'train' ? 'dashed' : 'solid',
    points: history.map((metrics) => ({ x: metrics.epoch, y: metrics[key] })),
  });
  return [
    ...(validation ? [line('validation', metric === 'accuracy' ? 'valAccuracy' : 'valLoss')] : []),
    ...(training ? [line('train', metric)] : []),
  ];
}

export interface RunScore {
  /** Of the weights that the head carries. */
  readonly kept: EpochMetrics | null;
  readonly highest: EpochMetrics | null;
  readonly images: number;
}

export function runScore({ history, bestEpoch, split }: RunResult): RunScore {
  const highest = history.reduce<EpochMetrics | null>(
    (best, one) => (best === null || one.valAccuracy > best.valAccuracy ? one : best),
    null,
  );
  return {
    kept: history.find(({ epoch }) => epoch === bestEpoch) ?? history.at(-1) ?? null,
    highest,
    images: split.validation.length,
  };
}
