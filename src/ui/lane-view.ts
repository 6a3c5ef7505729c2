import type { RunPhase } from '../engine/run';
import type { LaneState } from '../session/state';
import { baseTitle } from './base-style';
import { amount, percent } from './format';
import { isActive } from './plan';
import { words } from './words';

export const phases: readonly RunPhase[] = ['download', 'extract', 'train'];
export interface PhaseView {
  readonly mood: 'active' | 'done' | 'still' | 'failed' | 'waiting';
  /** Instead of the bar's own facts; empty: let it speak. */
  readonly text: string;
}

/** The phase that a lane is in, or was in when it ended; null before the first. */
function reached(lane: LaneState): RunPhase | null {
  if (lane.phase === 'download' || lane.phase === 'extract' || lane.phase === 'train') return lane.phase;
  if (lane.phase === 'waiting') return null;
  return phases.findLast((phase) => lane.progress[phase] !== undefined) ?? null;
}

export function phaseView(lane: LaneState, phase: RunPhase): PhaseView {
  const at = reached(lane);
  const position = at === null ? -1 : phases.indexOf(at);
  const mine = phases.indexOf(phase);
  const progress = lane.progress[phase];
  if (lane.phase === 'done' || mine < position)
    return { mood: 'done', text: progress ? amount(progress) : words.lanes.nothingToDo[phase] };
  if (mine > position) return { mood: 'waiting', text: '' };
  if (lane.phase === 'failed') return { mood: 'failed', text: '' };
  if (lane.phase === 'cancelled' || lane.phase === 'interrupted') return { mood: 'still', text: '' };
  if (lane.paused)
    return {
      mood: 'still',
      text: progress ? words.lanes.amountPaused(amount(progress)) : words.lanes.paused,
    };
  return { mood: 'active', text: '' };
}

/** “1 of 3 finished, 1 failed”; empty for one lane. */
export function lanesSummary(lanes: readonly LaneState[]): string {
  if (lanes.length < 2) return '';
  const count = (phase: LaneState['phase']) => lanes.filter((lane) => lane.phase === phase).length;
  const ends = (['failed', 'cancelled', 'interrupted'] as const).flatMap((phase) =>
    count(phase) > 0 ? [words.lanes.ended[phase](count(phase))] : [],
  );
  return [words.lanes.finished(count('done'), lanes.length), ...ends].join(', ');
}

/** One or two words for the lane's state. */
export function laneStatus(lane: LaneState): string {
  if (lane.paused && isActive(lane)) return words.lanes.paused;
  return words.lanes.status[lane.phase];
}

/**
 * What a screen reader hears of a change: a new state of a lane, or another quarter of a phase. Empty: nothing
 * worth an interruption.
 */
export function announcement(before: readonly LaneState[], now: readonly LaneState[]): string {
  const news = now.flatMap((lane) => {
    const old = before.find(({ base }) => base === lane.base);
    const title = baseTitle(lane.base);
    if (!old || laneStatus(old) !== laneStatus(lane)) {
      const best = lane.history.at(-1);
      const result = lane.phase === 'done' && best ? words.lanes.accuracy(percent(best.valAccuracy)) : '';
      return [`${title}: ${laneStatus(lane).toLowerCase()}${result}.`];
    }
    const quarter = quarterOf(lane);
    return quarter > 0 && quarter < 4 && quarter !== quarterOf(old)
      ? [`${title}: ${laneStatus(lane).toLowerCase()}, ${percent(quarter / 4, 0)}.`]
      : [];
  });
  return news.join(' ');
}

function quarterOf(lane: LaneState): number {
  const at = reached(lane);
  const progress = at === null ? undefined : lane.progress[at];
  return progress && progress.total > 0 ? Math.floor((4 * progress.done) / progress.total) : 0;
}
