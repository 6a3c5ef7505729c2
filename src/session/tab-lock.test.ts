import { expect, test, vi } from 'vitest';
import type { Locks } from '../engine/alive';
import { takeTurn } from './tab-lock';

/** Opens tabs of one browser, which share its locks. */
function browser() {
  const tabs: (() => unknown)[] = [];
  return () => {
    let begin!: () => unknown;
    const request = (_: string, granted: () => unknown) => {
      begin = granted;
      if (tabs.push(begin) === 1) begin();
      return new Promise(() => undefined);
    };
    const close = () => {
      tabs.splice(tabs.indexOf(begin), 1);
      tabs[0]?.();
    };
    return { locks: { request } as unknown as Locks, close };
  };
}

test('the second tab reads until the first one is closed, and then it is its turn', async () => {
  const open = browser();
  const [first, second, third] = [open(), open(), open()];
  const turns: string[] = [];
  expect(await takeTurn(() => turns.push('first'), first.locks)).toBe(true);
  expect(await takeTurn(() => turns.push('second'), second.locks)).toBe(false);
  expect(await takeTurn(() => turns.push('third'), third.locks)).toBe(false);
  expect(turns).toEqual([]);
  first.close();
  expect(turns).toEqual(['second']);
  second.close();
  expect(turns).toEqual(['second', 'third']);
});

test('a page loaded anew waits for the one that it replaces', async () => {
  const open = browser();
  const [before, after] = [open(), open()];
  await takeTurn(() => undefined, before.locks);
  const turn = vi.fn();
  const mayWrite = takeTurn(turn, after.locks);
  setTimeout(() => before.close(), 50);
  expect(await mayWrite).toBe(true);
  expect(turn).not.toHaveBeenCalled();
});

test('where there are no locks, or none for this page, it writes', async () => {
  expect(await takeTurn(() => undefined, undefined)).toBe(true);
  const denied = { request: () => Promise.reject(new DOMException('No', 'SecurityError')) };
  expect(await takeTurn(() => undefined, denied as unknown as Locks)).toBe(true);
});
