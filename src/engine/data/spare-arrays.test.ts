import { expect, it } from 'vitest';
import { SpareArrays } from './spare-arrays';

it('uses what is large enough again, and keeps no more than it may', () => {
  const spare = new SpareArrays(100);
  const [small, large] = [spare.take(20), spare.take(70)];
  spare.give(large);
  spare.give(small);
  const again = spare.take(30);
  expect(again.buffer).toBe(large.buffer);
  expect(again).toHaveLength(30);
  expect(spare.take(20).buffer).toBe(small.buffer);
  spare.give(again);
  spare.give(spare.take(60));
  // 70 and 60 are more than 100: the smaller went.
  expect(spare.take(50).buffer.byteLength).toBe(70);
  spare.give(new Uint8ClampedArray(200));
  expect(spare.take(1).buffer.byteLength).toBe(1);
});
