import { expect, vi } from 'vitest';
import { HeadwayError, type ErrorCode } from '../engine/errors';
import type { PlannedSplit } from '../engine/run';

/** What the engine does for a base, decided by each test. */
export type Behaviour = () => Promise<void>;
export const GiB = 2 ** 30;
/** Has room for one base at a time. */
export const small = { memory: 1.5 * GiB, cores: 8 };
export const never: Behaviour = () => new Promise(() => undefined);
export const fails =
  (code: ErrorCode): Behaviour =>
  () =>
    Promise.reject(new HeadwayError({ code, message: 'No.', advice: 'Again.' }));

export const split: PlannedSplit = {
  classes: ['a', 'b'],
  train: { ids: ['1', '2'], labels: Uint16Array.of(0, 1) },
  validation: { ids: ['3', '4'], labels: Uint16Array.of(0, 1) },
  test: { ids: [], labels: Uint16Array.of() },
};

export const until = (met: () => boolean) =>
  vi.waitFor(() => expect(met()).toBe(true), { interval: 5, timeout: 2000 });
