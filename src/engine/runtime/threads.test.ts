import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { KernelThreads } from './threads';

/** A worker that answers, or one that has been lost before it could. */
class FakeWorker extends EventTarget {
  static lost: readonly number[] = [];
  static readonly made: FakeWorker[] = [];
  terminated = false;
  readonly #isLost = FakeWorker.lost.includes(FakeWorker.made.push(this) - 1);

  postMessage(): void {
    if (!this.#isLost) queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data: null })));
  }

  terminate(): void {
    this.terminated = true;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('Worker', FakeWorker);
  FakeWorker.made.length = 0;
  FakeWorker.lost = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const start = () => KernelThreads.start({}, {} as WebAssembly.Memory, 3);
const pass = { at: 0, commands: 0, scratch: 0, scratchBytes: 0 };
const ended = () => FakeWorker.made.map(({ terminated }) => terminated);

test('threads that start are left alone', async () => {
  const threads = await start();
  expect(vi.getTimerCount()).toBe(0);
  await threads.run(pass);
  threads.end();
  expect(ended()).toEqual([true, true, true]);
});

test('a thread that is lost while it starts, which is no event, ends the others and is an error', async () => {
  FakeWorker.lost = [1];
  const starting = start().then(
    () => 'started',
    (error: unknown) => error,
  );
  await vi.advanceTimersByTimeAsync(19_000);
  expect(ended()).toEqual([false, false, false]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await starting).toMatchObject({ code: 'worker-crashed', details: 'did not start' });
  expect(ended()).toEqual([true, true, true]);
});
