import { expect, vi } from 'vitest';
import { HeadwayError, type ErrorCode } from '../engine/errors';
import type { BaseId } from '../engine/nets';
import type { BaseRequest, Extraction, PlannedSplit, RunResult } from '../engine/run';
import type { EngineApi } from '../worker/api';
import { ChannelWorker } from '../worker/channel-worker.test-helper';
import { EngineClient } from '../worker/client';
import { Jobs } from '../worker/jobs';

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

/** Work that goes on until it is released, and what releases it. */
export function held(): [Behaviour, () => void] {
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  return [() => released, release];
}

interface FakeEngine {
  readonly name: string;
  /** What an extraction waits for; it can be steered until then. */
  readonly work: (request: BaseRequest) => Promise<void>;
  readonly trained: (base: BaseId) => Promise<void>;
  readonly onStart: (worker: ChannelWorker) => void;
}

/** A client whose workers do nothing but wait for what a test decides. */
export function fakeEngine({ name, work, trained, onStart }: FakeEngine): EngineClient {
  const jobs = new Jobs();
  const api: Partial<EngineApi> = {
    ...jobs.api,
    planSplit: () => Promise.resolve(split),
    extract: (job, request) =>
      jobs.run(job, async (control) => {
        const working = work(request);
        const pending = Symbol('pending');
        while ((await Promise.race([working, Promise.resolve(pending)])) === pending)
          await control.checkpoint();
        await control.checkpoint();
        return { failed: [], weights: {}, timing: {} } as unknown as Extraction;
      }),
    train: async (_job, { base }) => {
      await trained(base);
      return { runId: `run of ${base}`, base } as RunResult;
    },
  };
  return new EngineClient(name, () => {
    const worker = new ChannelWorker(api);
    onStart(worker);
    return worker as unknown as Worker;
  });
}

const split: PlannedSplit = {
  classes: ['a', 'b'],
  train: { ids: ['1', '2'], labels: Uint16Array.of(0, 1) },
  validation: { ids: ['3', '4'], labels: Uint16Array.of(0, 1) },
  test: { ids: [], labels: Uint16Array.of() },
};

export const until = (met: () => boolean) =>
  vi.waitFor(() => expect(met()).toBe(true), { interval: 5, timeout: 2000 });
