import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Locks } from '../engine/alive';
import { HeadwayError } from '../engine/errors';
import type { EngineApi, JobId } from './api';
import { ChannelWorker } from './channel-worker.test-helper';
import { EngineClient } from './client';
import { Jobs } from './jobs';

const started: ChannelWorker[] = [];
afterEach(() => {
  vi.useRealTimers();
  started.splice(0).forEach((worker) => worker.terminate());
});

function clientOf(api: () => Partial<EngineApi>): EngineClient {
  return new EngineClient('test', () => {
    const worker = new ChannelWorker(api());
    started.push(worker);
    return worker as unknown as Worker;
  });
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error instanceof HeadwayError ? error.code : String(error)),
  );

describe('EngineClient', () => {
  it('carries our error data across, code and advice and all', async () => {
    const client = clientOf(() => ({
      planSplit: () => {
        throw new HeadwayError({ code: 'too-few-classes', message: 'One class.', advice: 'Add another.' });
      },
    }));
    const error = await client
      .call((api) => api.planSplit({ seed: 1, validationShare: 0.2 }))
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(HeadwayError);
    expect(error).toMatchObject({ code: 'too-few-classes', message: 'One class.', advice: 'Add another.' });
  });

  it('turns a crash into a rejection of every waiting call, and starts again on the next', async () => {
    let starts = 0;
    const client = clientOf(() => {
      starts++;
      const none = { items: [], more: null };
      return { runs: () => (starts === 1 ? new Promise<never>(() => undefined) : Promise.resolve(none)) };
    });
    const waiting = [codeOf(client.call((api) => api.runs())), codeOf(client.call((api) => api.runs()))];
    started[0]!.crash('out of memory');
    expect(await Promise.all(waiting)).toEqual(['worker-crashed', 'worker-crashed']);
    expect(started[0]!.terminated).toBe(true);
    expect(await client.call((api) => api.runs())).toEqual({ items: [], more: null });
  });

  it('notices a worker that ends without a word, by the lock that it held', async () => {
    const held: string[] = [];
    const asked: { name: string; signal: AbortSignal; granted: () => void }[] = [];
    const request = (name: string, { signal }: { signal: AbortSignal }, granted: () => void) => {
      asked.push({ name, signal, granted });
      return new Promise(() => undefined);
    };
    const api: Partial<EngineApi> = {
      live: (name) => Promise.resolve(void held.push(name)),
      runs: () => new Promise(() => undefined),
    };
    const client = new EngineClient(
      'test',
      () => {
        started.push(new ChannelWorker(api));
        return started.at(-1) as unknown as Worker;
      },
      { request } as unknown as Locks,
    );
    const waiting = codeOf(client.call((remote) => remote.runs()));
    await expect.poll(() => asked.length).toBe(1);
    expect(held).toEqual([asked[0]!.name]);
    asked[0]!.granted();
    expect(await waiting).toBe('worker-crashed');
    expect(client.alive).toBe(false);
    // One that is ended from here is no surprise.
    const next = codeOf(client.call((remote) => remote.runs()));
    await expect.poll(() => asked.length).toBe(2);
    client.terminate();
    expect(await next).toBe('cancelled');
    expect(asked[1]!.signal.aborted).toBe(true);
  });

  it('ends a worker that does not come back from starting threads', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    let tell: (underWay: number) => unknown = () => undefined;
    const client = clientOf(() => ({
      tellStarts: (listener) => void (tell = listener),
      runs: () => new Promise<never>(() => undefined),
    }));
    const waiting = codeOf(client.call((api) => api.runs()));
    await vi.waitFor(() => expect(tell(1)).toBeInstanceOf(Promise), { interval: 0 });
    await tell(1);
    await vi.advanceTimersByTimeAsync(60_001);
    expect(await waiting).toBe('worker-crashed');
    expect(started[0]!.terminated).toBe(true);
  });

  const counting = () => {
    const jobs = new Jobs();
    const counter = { turns: 0 };
    const client = clientOf(() => ({
      ...jobs.api,
      probeSpeed: (job: JobId) =>
        jobs.run(job, async (control) => {
          for (;;) {
            counter.turns++;
            await control.checkpoint();
          }
        }),
    }));
    const start = (signal?: AbortSignal) =>
      client.job(
        (api, job, listening) =>
          api.probeSpeed(
            job,
            { base: 'resnet50', backend: null, resize: 'stretch' },
            listening(() => undefined),
          ),
        { signal },
      );
    return { counter, start };
  };
  const soon = (ms = 60) => new Promise((resolve) => setTimeout(resolve, ms));

  it('cancels a job in the worker when its signal fires', async () => {
    const { counter, start } = counting();
    const abort = new AbortController();
    const code = codeOf(start(abort.signal).result);
    await soon();
    abort.abort();
    expect(await code).toBe('cancelled');
    const turns = counter.turns;
    await soon();
    expect(counter.turns).toBe(turns);
  });

  it('hears nothing any more once a job has ended', async () => {
    let tell: (done: number) => void = () => undefined;
    const client = clientOf(() => ({
      probeSpeed: (_job: JobId, _request: unknown, onEvent: unknown) => {
        tell = (done) => (onEvent as (event: unknown) => void)({ done });
        tell(1);
        return Promise.resolve(7);
      },
    }));
    const heard: unknown[] = [];
    const speed = await client.job((api, job, listening) =>
      api.probeSpeed(
        job,
        { base: 'resnet50', backend: null, resize: 'stretch' },
        listening((event) => heard.push(event)),
      ),
    ).result;
    expect(speed).toBe(7);
    const before = heard.length;
    tell(2);
    await soon();
    expect(heard).toHaveLength(before);
  });

  it('pauses and resumes a job', async () => {
    const { counter, start } = counting();
    const abort = new AbortController();
    const job = start(abort.signal);
    const code = codeOf(job.result);
    await soon();
    job.pause();
    await soon();
    const turns = counter.turns;
    expect(turns).toBeGreaterThan(0);
    await soon();
    expect(counter.turns).toBe(turns);
    job.resume();
    await soon();
    expect(counter.turns).toBeGreaterThan(turns);
    abort.abort();
    expect(await code).toBe('cancelled');
  });

  it('does not start what was cancelled before', async () => {
    const { counter, start } = counting();
    expect(await codeOf(start(AbortSignal.abort()).result)).toBe('cancelled');
    expect(counter.turns).toBe(0);
  });
});
