import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchFile, usualPatience, type Fetch } from './fetch-file';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const hour = 3_600_000;
/** The machine sleeps in the middle of a patience; some systems count that as time that timers have waited. */
async function sleep(timersGoOn: boolean): Promise<void> {
  await vi.advanceTimersByTimeAsync(10_000);
  vi.setSystemTime(Date.now() + hour);
  if (timersGoOn) await vi.advanceTimersToNextTimerAsync();
}

/** A server that answers, and gives what it has, when it is told to. */
function server() {
  let answer!: () => void;
  let body!: ReadableStreamDefaultController<Uint8Array>;
  const ready = new Promise<void>((resolve) => (answer = resolve));
  const stream = new ReadableStream<Uint8Array>({ start: (controller) => void (body = controller) });
  const fetch = vi.fn<Fetch>(async () => {
    await ready;
    return new Response(stream);
  });
  return { fetch, answer, body };
}

const get = (fetch: Fetch) =>
  fetchFile(
    'https://host/file',
    { name: 'file', bytes: 4, sha256: null },
    { fetch, signal: new AbortController().signal, onBytes: () => undefined, patience: usualPatience },
  ).then(
    (bytes) => [...bytes],
    (error: unknown) => String(error),
  );

test.each([true, false])('sleep is no silence of the host (timers went on: %s)', async (timersGoOn) => {
  const { fetch, answer, body } = server();
  const got = get(fetch);
  await sleep(timersGoOn);
  answer();
  await vi.advanceTimersByTimeAsync(0);
  body.enqueue(Uint8Array.of(1, 2));
  await sleep(timersGoOn);
  body.enqueue(Uint8Array.of(3, 4));
  body.close();
  expect(await got).toEqual([1, 2, 3, 4]);
  expect(fetch).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

test('a host that is silent after the sleep as well is given up', async () => {
  const { fetch } = server();
  const got = get(fetch);
  await sleep(true);
  await vi.advanceTimersByTimeAsync(usualPatience.connect);
  expect(await got).toMatch('no answer within 15 s');
});
