import { expect, it } from 'vitest';
import { InParts } from './in-parts';

it('gives a list in parts, as it was when the first was asked for', () => {
  const parts = new InParts<number>(2);
  expect(parts.begin([1, 2])).toEqual({ items: [1, 2], more: null });
  const list = [1, 2, 3, 4, 5];
  const first = parts.begin(list);
  const other = parts.begin([7, 8, 9]);
  list.splice(0);
  const second = parts.next(first.more!);
  const third = parts.next(second.more!);
  expect([first.items, second.items, third]).toEqual([[1, 2], [3, 4], { items: [5], more: null }]);
  expect(parts.next(other.more!)).toEqual({ items: [9], more: null });
  expect(parts.next(other.more!)).toEqual({ items: [], more: null });
});
