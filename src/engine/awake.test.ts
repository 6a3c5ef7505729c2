import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { afterAwake } from './awake';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const hour = 3_600_000;
/** The machine sleeps; its timers stand still, but for the clock on the wall. */
const sleep = () => vi.setSystemTime(Date.now() + hour);

test('the time passes', () => {
  const end = vi.fn();
  afterAwake(1000, end);
  vi.advanceTimersByTime(999);
  expect(end).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(end).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(hour);
  expect(end).toHaveBeenCalledOnce();
});

test('it is called off', () => {
  const end = vi.fn();
  afterAwake(1000, end)();
  vi.advanceTimersByTime(hour);
  expect(end).not.toHaveBeenCalled();
});

test('after a sleep, or two, it begins anew', () => {
  const end = vi.fn();
  const callOff = afterAwake(1000, end);
  for (let night = 0; night < 2; night++) {
    vi.advanceTimersByTime(100);
    sleep();
    vi.advanceTimersByTime(900);
    expect(end).not.toHaveBeenCalled();
  }
  vi.advanceTimersByTime(1000);
  expect(end).toHaveBeenCalledOnce();
  // Nothing is left that would go on.
  callOff();
  expect(vi.getTimerCount()).toBe(0);
});

test('a timer that is late by a little is no sleep', () => {
  const end = vi.fn();
  afterAwake(1000, end);
  vi.setSystemTime(Date.now() + 4000);
  vi.advanceTimersByTime(1000);
  expect(end).toHaveBeenCalledOnce();
});
