import type { SessionState } from '../session/state';
import { isRunning } from './plan';

export type StepStatus = 'todo' | 'current' | 'done';
export type StepId = 'data' | 'base' | 'run' | 'results' | 'take-away';

/** The line through the page. */
export const steps: readonly StepId[] = ['data', 'base', 'run', 'results', 'take-away'];

/** Where on the line the user is. */
export function stepStatuses(state: SessionState): Record<StepId, StepStatus> {
  const data = state.dataset.classes.length >= 2;
  const running = isRunning(state);
  const results = state.results.length > 0;
  return {
    data: data ? 'done' : 'current',
    // The base has a good default, so it never holds anybody up.
    base: data ? 'done' : 'todo',
    run: running ? 'current' : results ? 'done' : data ? 'current' : 'todo',
    results: running || !results ? 'todo' : 'done',
    'take-away': running || !results ? 'todo' : 'current',
  };
}
