import { wilsonInterval, type Interval } from '../../src/engine/results/statistics.ts';
import type { EpochMetrics } from '../../src/engine/run.ts';
import type { HeadPlan, StudyResults, StudyRun } from './results.ts';

export interface Spread {
  readonly mean: number;
  /** Sample standard deviation; null for a single value. */
  readonly sd: number | null;
}

export function spread(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, sd: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (values.length - 1)) };
}

/** All seeds of one head on one base. */
export interface HeadSummary {
  readonly head: HeadPlan;
  readonly seeds: readonly number[];
  /** Validation accuracy after the last epoch. */
  readonly last: Spread;
  /** 95 % for the mean of `last`, from the number of validation images alone. */
  readonly interval: Interval;
  /** Validation accuracy of each seed's best epoch: an optimistic figure, for it is chosen by looking. */
  readonly best: Spread;
  readonly secondsPerEpoch: number;
}

export function summarize(runs: readonly StudyRun[], validationImages: number): HeadSummary[] {
  const heads = new Map<string, StudyRun[]>();
  for (const run of runs) heads.set(run.head.id, [...(heads.get(run.head.id) ?? []), run]);
  return [...heads.values()].map((ofHead) => {
    const accuracies = ofHead.map(({ history }) => history.map(({ valAccuracy }) => valAccuracy));
    const last = spread(accuracies.map((curve) => curve.at(-1)!));
    const epochs = ofHead.reduce((sum, { history }) => sum + history.length, 0);
    return {
      head: ofHead[0]!.head,
      seeds: ofHead.map(({ seed }) => seed),
      last,
      interval: wilsonInterval(Math.round(last.mean * validationImages), validationImages),
      best: spread(accuracies.map((curve) => Math.max(...curve))),
      secondsPerEpoch: ofHead.reduce((sum, { trainMs }) => sum + trainMs, 0) / epochs / 1000,
    };
  });
}

/** Mean of several histories, epoch by epoch, with the least and the most of validation accuracy. */
export interface MeanEpoch {
  readonly epoch: number;
  readonly accuracy: number;
  readonly valAccuracy: number;
  readonly low: number;
  readonly high: number;
}

export function meanCurve(histories: readonly (readonly EpochMetrics[])[]): MeanEpoch[] {
  return (histories[0] ?? []).map(({ epoch }, i) => {
    const at = histories.map((history) => history[i]!);
    const val = at.map(({ valAccuracy }) => valAccuracy);
    return {
      epoch,
      accuracy: spread(at.map(({ accuracy }) => accuracy)).mean,
      valAccuracy: spread(val).mean,
      low: Math.min(...val),
      high: Math.max(...val),
    };
  });
}

/** The runs of one base with the article's head. */
export function articleRuns(results: StudyResults, base: StudyRun['base']): StudyRun[] {
  return results.runs.filter((run) => run.base === base && run.head.id === 'article');
}
