import type { RunResult } from '../run';

/** A minute of training: enough for ten repeats of some thousand images. */
const budgetMs = 60_000;
const mostRepeats = 10;
const leastRepeats = 2;

type Timed = Pick<RunResult, 'timing' | 'exact'>;

/** One training at each size: the run's own took so long, or the one solution of its exact head. */
function onceMs({ timing, exact }: Timed, sizes: readonly number[]): number {
  // Of an exact head's fits five a penalty are cross-validation.
  const all = timing.trainMs / (5 * (exact?.cvScores.length ?? 0) + 1);
  return all * sizes.reduce((sum, size) => sum + size / sizes.at(-1)!, 0);
}

/** How often each subset is drawn, so that all trainings take about a minute; twice at least. */
export function plannedRepeats(run: Timed, sizes: readonly number[]): number {
  const repeats = Math.floor(budgetMs / Math.max(onceMs(run, sizes), 1));
  return Math.min(mostRepeats, Math.max(leastRepeats, repeats));
}

/** Seconds that a run's learning curve takes, roughly. */
export function curveSeconds(run: Timed, sizes: readonly number[]): number {
  return (onceMs(run, sizes) * plannedRepeats(run, sizes)) / 1000;
}
