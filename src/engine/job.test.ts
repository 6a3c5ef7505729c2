import { expect, test } from 'vitest';
import { ProgressMeter } from './job';

test('hours of sleep between two steps leave the time left as it was; having become slow does not', () => {
  let now = 0;
  const meter = new ProgressMeter(1000, 'images', () => now);
  const step = (seconds: number) => {
    now += 1000 * seconds;
    return meter.add(8);
  };
  for (let i = 0; i < 20; i++) step(1);
  const before = step(1);
  expect(before).toMatchObject({ done: 168, perSecond: 8, secondsLeft: 104 });
  expect(step(8 * 3600)).toMatchObject({ done: 176, perSecond: 8, secondsLeft: 103 });
  expect(step(1).perSecond).toBeCloseTo(8);
  // Minutes for a step, again and again: the rate follows.
  for (let i = 0; i < 3; i++) step(200);
  expect(step(200).perSecond).toBeLessThan(0.1);
});
