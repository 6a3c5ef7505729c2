import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nextTask } from '../engine/job';
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
/** The tasks that wait now are over. */
const tasks = async () => {
  await nextTask();
  await new Promise((resolve) => setTimeout(resolve, 0));
};

it('draws after one frame, in order, what was asked for and not called off', async () => {
  const drawn: string[] = [];
  nextFrame(() => void drawn.push('a'));
  const callOff = nextFrame(() => void drawn.push('b'));
  nextFrame(() => void drawn.push('c'));
  callOff();
  expect(frames).toHaveLength(1);
  expect(drawn).toEqual([]);
  frame();
  await Promise.resolve();
  expect(drawn).toEqual([]);
  await tasks();
  expect(drawn).toEqual(['a', 'c']);
  expect(frames).toHaveLength(0);
});

it('lets other tasks in once it has drawn for long enough', async () => {
  const seen: string[] = [];
  const slow = (name: string) => () => {
    seen.push(name);
    clock += 30;
    void nextTask().then(() => seen.push(`input after ${name}`));
  };
  for (const name of ['a', 'b']) nextFrame(slow(name));
  frame();
  await vi.waitFor(() => expect(seen).toHaveLength(4));
  expect(seen).toEqual(['a', 'input after a', 'b', 'input after b']);
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
  await tasks();
  expect(drawn).toEqual([]);
  frame();
  await tasks();
  process.off('unhandledRejection', note);
  expect(drawn).toEqual(['next', 'later']);
  expect(failures).toEqual([new Error('cannot be drawn')]);
});
