import type { SessionState } from '../session/state';
import { baseTitle } from './base-style';
import { percent } from './format';
import { laneShare } from './page-title';
import { laneStatus } from './lane-view';
import { isActive, obstacle, plan } from './plan';
import { runNames, runScore } from './results-view';
import type { StepId } from './steps';
import { words } from './words';

/** What there is to do next, and the step where it is done. */
export interface NextStep {
  readonly kind: 'start' | 'watch' | 'look';
  readonly step: StepId;
  readonly text: string;
  readonly action: string;
}

/** @param seen the newest finished run that the user has looked at. Null: nothing, or the step itself says what is missing. */
export function nextStep(state: SessionState, seen: string | null): NextStep | null {
  const { lanes, results, notes } = state;
  const lane = lanes.find((one) => isActive(one) && one.phase !== 'waiting') ?? lanes.find(isActive);
  if (lane) {
    const share = laneShare(lane);
    const text = [baseTitle(lane.base), laneStatus(lane).toLowerCase()].join(': ');
    return {
      kind: 'watch',
      step: 'run',
      text: share === null ? text : `${text}, ${percent(share, 0)}`,
      action: words.next.seeRun,
    };
  }
  const newest = results[0];
  if (newest && newest.runId !== seen) {
    const { kept } = runScore(newest);
    const name = runNames(results, notes).get(newest.runId)!;
    const text = kept ? words.next.right(name, percent(kept.valAccuracy)) : name;
    return { kind: 'look', step: 'results', text, action: words.next.seeResults };
  }
  if (obstacle(state)) return null;
  return { kind: 'start', step: 'run', text: plan(state), action: words.next.runNow };
}
