import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { announced, tellStarts, watchStarts } from './start-watch';

/** Starts that come to an end after the test, or they would count in the next. */
const ends: (() => void)[] = [];
const endless = () => announced(() => new Promise<void>((resolve) => ends.push(resolve)));

beforeEach(() => void vi.useFakeTimers());
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await vi.advanceTimersByTimeAsync(0);
  tellStarts(() => undefined);
  vi.useRealTimers();
});

function watched() {
  const ended = new AbortController();
  const held = vi.fn();
  tellStarts(watchStarts(ended.signal, held));
  return { ended, held };
}
const minutes = (count: number) => vi.advanceTimersByTimeAsync(count * 60_000 + 1);

it('says nothing of starts that come to an end, well or not', async () => {
  const { held } = watched();
  expect(announced(() => 1)).toBe(1);
  expect(() => announced(() => expect.fail('no worker'))).toThrow('no worker');
  expect(await announced(() => Promise.resolve(2))).toBe(2);
  await expect(announced(() => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory');
  await minutes(10);
  expect(held).not.toHaveBeenCalled();
});

it('notices one that does not come back within a minute', async () => {
  const { held } = watched();
  void endless();
  await minutes(0.9);
  expect(held).not.toHaveBeenCalled();
  await minutes(0.2);
  expect(held).toHaveBeenCalledOnce();
});

it('gives a minute to each of several', async () => {
  const { held } = watched();
  const first = endless();
  await minutes(0.6);
  const second = announced(() => Promise.resolve());
  await minutes(0.6);
  expect(held).not.toHaveBeenCalled();
  ends[0]!();
  await Promise.all([first, second]);
  await minutes(2);
  expect(held).not.toHaveBeenCalled();
});

it('watches no more once the worker is ended', async () => {
  const { ended, held } = watched();
  void endless();
  ended.abort();
  await minutes(2);
  expect(held).not.toHaveBeenCalled();
});
