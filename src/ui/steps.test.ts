import { expect, it } from 'vitest';
import { stepStatuses } from './steps';
import { emptyState, idleLane, twoClasses } from './state.test-helper';

it('leads from data over the run to the results', () => {
  expect(stepStatuses(emptyState)).toMatchObject({ data: 'current', base: 'todo', run: 'todo' });
  const ready = { ...emptyState, dataset: twoClasses };
  expect(stepStatuses(ready)).toMatchObject({ data: 'done', base: 'done', run: 'current', results: 'todo' });
  const running = { ...ready, lanes: [{ ...idleLane, phase: 'train' as const }] };
  expect(stepStatuses(running)).toMatchObject({ run: 'current', results: 'todo' });
});
