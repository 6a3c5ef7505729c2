import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const { setBackend, flags } = vi.hoisted(() => ({
  setBackend: vi.fn<() => Promise<boolean>>(),
  flags: new Map<string, boolean>(),
}));
vi.mock('@tensorflow/tfjs-core', () => ({
  setBackend,
  env: () => ({
    set: (name: string, value: boolean) => void flags.set(name, value),
    getAsync: (name: string) => Promise.resolve(flags.get(name) ?? true),
  }),
}));
vi.mock('@tensorflow/tfjs-backend-wasm', () => ({
  setWasmPaths: () => undefined,
  setThreadsCount: () => undefined,
  getThreadsCount: () => 2,
}));

/** A start that comes to nothing, without a word. */
const never = () => new Promise<never>(() => undefined);
const works = () => Promise.resolve(true);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  vi.stubGlobal('location', { href: 'http://localhost/' });
  vi.stubGlobal('navigator', {});
  vi.resetModules();
  setBackend.mockReset();
  flags.clear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Lets it take as long as it wants. */
async function start(): Promise<unknown> {
  const { startWasm } = await import('./wasm');
  const started = startWasm(2).catch(String);
  for (let i = 0; i < 4; i++) await vi.advanceTimersByTimeAsync(20_000);
  return started;
}

test('threads that do not come up are started once more', async () => {
  setBackend.mockImplementationOnce(never).mockImplementation(works);
  expect(await start()).toEqual({ threads: 2, simd: true });
});

test('whoever waits for the worker hears of each start, and of its end, even of one that came to nothing', async () => {
  setBackend.mockImplementationOnce(never).mockImplementation(works);
  const { tellStarts } = await import('../start-watch');
  const underWay: number[] = [];
  tellStarts((starts) => underWay.push(starts));
  await start();
  expect(underWay).toEqual([1, 0, 1, 0]);
});

test('after that they are left out', async () => {
  setBackend.mockImplementationOnce(never).mockResolvedValueOnce(false).mockImplementation(works);
  expect(await start()).toEqual({ threads: 1, simd: true });
});

test('without them, too, nothing is waited for without end', async () => {
  setBackend.mockImplementation(never);
  expect(await start()).toMatch('could not start');
  expect(setBackend).toHaveBeenCalledTimes(3);
  expect(vi.getTimerCount()).toBe(0);
});
