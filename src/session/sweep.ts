import { cutOf } from '../engine/cuts';
import type { BaseId } from '../engine/nets';
import type { RunRequest, RunResult } from '../engine/run';
import type { Runner } from './runner';

export interface SweepOptions {
  readonly signal?: AbortSignal;
}

/**
 * Runs a base at several cuts, one after the other, with the stages above removed and everything else as in `request`.
 * Rejects as a run does; what ran before that stays.
 */
export async function sweepCuts(
  runner: Pick<Runner, 'run'>,
  request: RunRequest,
  base: BaseId,
  cuts: readonly string[],
  { signal }: SweepOptions = {},
): Promise<RunResult[]> {
  const results: RunResult[] = [];
  for (const cut of cuts) {
    const at = cut === cutOf({}, base) ? {} : { [base]: cut };
    const one: RunRequest = { ...request, bases: [base], cuts: at, tail: 'remove' };
    results.push(...(await runner.run(one, signal ? { signal } : {})));
  }
  return results;
}
