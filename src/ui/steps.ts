import type { SessionState } from '../session/state';
import { isRunning } from './plan';

export type StepStatus = 'todo' | 'current' | 'done';
export type StepId = 'data' | 'base' | 'run' | 'results' | 'take-away';

export interface Step {
  readonly id: StepId;
  readonly title: string;
  readonly lead: string;
}

/** The line through the page. */
export const steps: readonly Step[] = [
  { id: 'data', title: 'Data', lead: 'Folders of images; each folder is a class.' },
  { id: 'base', title: 'Base', lead: 'A network that learnt to see on ImageNet, and lends you its eyes.' },
  {
    id: 'run',
    title: 'Head & run',
    lead: 'The head is the small network that tells your classes apart; an epoch is one pass over the data.',
  },
  { id: 'results', title: 'Results', lead: 'Measured on validation images, which training never sees.' },
  {
    id: 'take-away',
    title: 'Take away',
    lead: 'Use what you trained elsewhere: every package proves that it still predicts the same.',
  },
];

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
