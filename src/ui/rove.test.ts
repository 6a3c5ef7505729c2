import { expect, it } from 'vitest';
import { rove } from './rove';

it('moves through a list by one, by five, to the ends, and stops there', () => {
  const from = (key: string, index: number) => rove(key, index, 8);
  expect(from('ArrowDown', 3)).toBe(4);
  expect(from('ArrowDown', 7)).toBe(7);
  expect(from('ArrowUp', 0)).toBe(0);
  expect(from('PageDown', 1)).toBe(6);
  expect(from('Home', 5)).toBe(0);
  expect(from('End', 5)).toBe(7);
  expect(from('ArrowRight', 5)).toBeNull();
  expect(from('a', 5)).toBeNull();
  expect(rove('Home', 0, 0)).toBeNull();
});

it('moves through a grid by cell and by row, and stays in the column at its edges', () => {
  const from = (key: string, index: number) => rove(key, index, 10, 4);
  expect(from('ArrowRight', 3)).toBe(4);
  expect(from('ArrowDown', 1)).toBe(5);
  expect(from('ArrowDown', 7)).toBe(7);
  expect(from('ArrowUp', 2)).toBe(2);
  expect(from('PageDown', 0)).toBe(9);
});
