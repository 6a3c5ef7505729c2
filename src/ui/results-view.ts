import type { EpochMetrics, RunResult } from '../engine/run';
import type { LaneState } from '../session/state';
import { baseColour, baseIndex, baseTitle } from './base-style';
import type { ChartSeries } from './parts/chart-scene';
import { headText } from './plan';

/** A run as the charts draw it. */
export interface RunCurves {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  readonly marker: number;
  readonly history: readonly EpochMetrics[];
  /** The epoch whose weights the head carries; null while it trains. */
  readonly kept: number | null;
}

/** Base and head; runs that share both are numbered from the oldest. Results come newest first. */
export function runNames(results: readonly RunResult[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const seen = new Map<string, number>();
  for (const { runId, base, request } of results.toReversed()) {
    const name = `${baseTitle(base)}, ${headText(request.head)}`;
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    names.set(runId, number === 1 ? name : `${name} (${number})`);
  }
  return names;
}

/** The newest run of a base has its colour; older ones fade. */
function shade(base: RunResult['base'], age: number): string {
  const colour = baseColour(base);
  return age === 0
    ? colour
    : `color-mix(in oklab, ${colour} ${Math.max(35, 70 - 15 * (age - 1))}%, var(--surface))`;
}

/** Runs that train now, then finished ones, newest first. */
export function runCurves(results: readonly RunResult[], lanes: readonly LaneState[]): RunCurves[] {
  const live = lanes
    .filter((lane) => lane.history.length > 0 && !results.some(({ runId }) => runId === lane.runId))
    .map((lane) => ({
      id: `lane-${lane.base}`,
      base: lane.base,
      name: `${baseTitle(lane.base)}, ${lane.phase === 'train' ? 'training now' : 'unfinished'}`,
      history: lane.history,
      kept: null,
    }));
  const names = runNames(results);
  const done = results.map(({ runId, base, history, bestEpoch }) => ({
    id: runId,
    base,
    name: names.get(runId)!,
    history,
    kept: bestEpoch,
  }));
  const ages = new Map<string, number>();
  return [...live, ...done].map(({ base, ...run }) => {
    const age = ages.get(base) ?? 0;
    ages.set(base, age + 1);
    return { ...run, colour: shade(base, age), marker: baseIndex(base) };
  });
}

/** Validation is what counts, so it is the solid line. */
export function chartSeries(runs: readonly RunCurves[], metric: 'accuracy' | 'loss'): ChartSeries[] {
  const validation = metric === 'accuracy' ? 'valAccuracy' : 'valLoss';
  const points = (history: readonly EpochMetrics[], key: 'accuracy' | 'loss' | 'valAccuracy' | 'valLoss') =>
    history.map((metrics) => ({ x: metrics.epoch, y: metrics[key] }));
  return runs.map(({ id, name, colour, marker, history, kept }) => ({
    id,
    name,
    colour,
    marker,
    ring: kept,
    lines: [
      { label: 'validation', style: 'solid' as const, points: points(history, validation) },
      { label: 'training', style: 'dashed' as const, points: points(history, metric) },
    ],
  }));
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
