import { describe, expect, it } from 'vitest';
import { gridWindow, scrollTo } from './grid-window';

const shape = { width: 340, viewHeight: 200, scrollTop: 0, length: 20_000, cell: 80, gap: 8 };

describe('the window on a long grid', () => {
  it('fills the width with as many columns as fit', () => {
    expect(gridWindow(shape)).toMatchObject({ columns: 3, side: 108, first: 0, top: 0 });
    expect(gridWindow({ ...shape, width: 40 }).columns).toBe(1);
  });

  it('is as high as all rows, and holds only those near the visible ones', () => {
    const { height, first, end, top } = gridWindow({ ...shape, scrollTop: 1160 });
    expect(height).toBe(Math.ceil(20_000 / 3) * 116 - 8);
    expect(first).toBe(8 * 3);
    expect(top).toBe(8 * 116);
    expect(end - first).toBeLessThan(30);
  });

  it('never points behind the last image', () => {
    expect(gridWindow({ ...shape, length: 4, scrollTop: 100_000 })).toMatchObject({ first: 4, end: 4 });
    expect(gridWindow({ ...shape, length: 0 })).toMatchObject({ height: 0, first: 0, end: 0 });
  });

  it('scrolls as little as it takes to show a cell', () => {
    expect(scrollTo(0, shape)).toBe(0);
    expect(scrollTo(30, shape)).toBe(10 * 116 + 108 - 200);
    expect(scrollTo(30, { ...shape, scrollTop: 5000 })).toBe(1160);
  });
});
