import { probedCuts } from '../engine/analysis/advice';
import { cutOf } from '../engine/cuts';
import { nets, type BaseId } from '../engine/nets';
import type { Interval } from '../engine/results/statistics';
import type { RunRequest, RunResult } from '../engine/run';
import type { SessionState } from '../session/state';
import { measured } from './comparison-view';
import { isTrained } from './cut-name';
import { stagesOf } from './cut-view';
import { runScore } from './results-view';

/** Validation accuracy of a finished run at a cut. */
export interface SweepPoint {
  readonly cut: string;
  readonly runId: string;
  readonly accuracy: number;
  readonly interval: Interval;
  readonly images: number;
}

/** Cuts that a sweep tries: one for each size of the maps, and the bottleneck. */
export const sweptCuts = (base: BaseId): readonly string[] => probedCuts(nets[base]);

const ofTheCut: ReadonlySet<string> = new Set([
  'bases',
  'cuts',
  'tail',
  'tailLearningRate',
  'warmupEpochs',
] satisfies (keyof RunRequest)[]);

/** Settings that runs must share to lie on one line: everything but where they are cut. */
function settings(request: RunRequest): string {
  const rest = Object.entries(request).filter(([key]) => !ofTheCut.has(key));
  return JSON.stringify(rest.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Finished runs of a base on frozen features with the settings in the form, by depth; of several at one cut the
 * newest. Runs on other images or other weights than the newest of them are left out.
 */
export function sweepPoints(
  { request, results }: Pick<SessionState, 'request' | 'results'>,
  base: BaseId,
): SweepPoint[] {
  const alike = results.filter(
    (run) => run.base === base && !isTrained(run.request) && settings(run.request) === settings(request),
  );
  const [newest] = alike;
  if (!newest) return [];
  const same = alike.filter(
    (run) =>
      run.weightsDigest === newest.weightsDigest &&
      String(run.split.validation) === String(newest.split.validation) &&
      String(run.split.train) === String(newest.split.train),
  );
  return stagesOf(base).flatMap(({ name }) => {
    const run = same.find((one) => cutOf(one.request, base) === name);
    return run ? point(run, name) : [];
  });
}

function point(run: RunResult, cut: string): SweepPoint[] {
  const { kept, images } = runScore(run);
  const share = measured(kept, images);
  if (!share) return [];
  const { value: accuracy, low, high } = share;
  return [{ cut, runId: run.runId, accuracy, interval: { low, high }, images }];
}
