import { HeadwayError, toErrorData } from '../engine/errors';
import type { Prediction, RunResult } from '../engine/run';
import type { Looks } from './looks';
import type { Workers } from './run-lane';

/**
 * Asks every finished run about one picture; runs on the same base, weights and cut share one pass through it. Bases
 * work one after the other, so that no more are in memory than need be. A run whose weights are gone is left out,
 * unless it is the only one.
 */
export async function predict(
  image: Blob,
  runs: readonly RunResult[],
  looks: Looks,
  head: Workers['head'],
): Promise<Prediction[]> {
  requireRuns(runs);
  const predictions: Prediction[] = [];
  let gone: unknown = null;
  for (const run of runs)
    try {
      const look = await looks.of(run, image);
      const start = performance.now();
      const probabilities = await head.call((api) => api.classify(run.runId, look.vector));
      const ms = look.ms + performance.now() - start;
      predictions.push({ runId: run.runId, base: run.base, classes: ranked(run.classes, probabilities), ms });
    } catch (error) {
      if (toErrorData(error).code !== 'weights-incompatible') throw error;
      gone = error;
    }
  if (predictions.length === 0) throw gone;
  return predictions;
}

/** Most probable first. */
export function ranked(
  classes: readonly string[],
  probabilities: ArrayLike<number>,
): { readonly label: string; readonly probability: number }[] {
  return classes
    .map((label, i) => ({ label, probability: probabilities[i]! }))
    .sort((a, b) => b.probability - a.probability);
}

/** Throws `unknown-run` where there is none to ask. */
export function requireRuns(runs: readonly RunResult[]): void {
  if (runs.length > 0) return;
  throw new HeadwayError({
    code: 'unknown-run',
    message: 'There is no finished run to ask.',
    advice: 'Train a head first.',
    why: { code: 'no-run' },
  });
}
