import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nextFrame } from './next-frame';

let frames: FrameRequestCallback[] = [];
let clock = 0;

beforeEach(() => {
  frames = [];
  clock = 0;
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const frame = () => frames.splice(0).forEach((callback) => callback(clock));
/** One task of the event loop is over. */
const task = () => new Promise((resolve) => setTimeout(resolve, 0));

it('draws in one frame, in order, what was asked for and not called off', async () => {
  const drawn: string[] = [];
  nextFrame(() => void drawn.push('a'));
  const callOff = nextFrame(() => void drawn.push('b'));
  nextFrame(() => void drawn.push('c'));
  callOff();
  expect(frames).toHaveLength(1);
  expect(drawn).toEqual([]);
  frame();
  await task();
  expect(drawn).toEqual(['a', 'c']);
  expect(frames).toHaveLength(0);
});

it('lets other tasks in once it has drawn for long enough', async () => {
  const seen: string[] = [];
  const slow = (name: string) => () => {
    seen.push(name);
    clock += 30;
    return Promise.resolve();
  };
  for (const name of ['a', 'b']) nextFrame(slow(name));
  frame();
  await Promise.resolve().then(() => Promise.resolve());
  expect(seen).toEqual(['a']);
  await vi.waitFor(() => expect(seen).toEqual(['a', 'b']));
});

it('draws in another frame what is asked for meanwhile, and what one that fails has left', async () => {
  const drawn: string[] = [];
  const failures: unknown[] = [];
  const note = (reason: unknown) => failures.push(reason);
  process.on('unhandledRejection', note);
  nextFrame(() => {
    nextFrame(() => void drawn.push('later'));
    throw new Error('cannot be drawn');
  });
  nextFrame(() => void drawn.push('next'));
  frame();
  await task();
  expect(drawn).toEqual([]);
  frame();
  await task();
  process.off('unhandledRejection', note);
  expect(drawn).toEqual(['next', 'later']);
  expect(failures).toEqual([new Error('cannot be drawn')]);
});
