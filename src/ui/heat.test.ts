import { describe, expect, it } from 'vitest';
import { enlarged, heatColours, heatPixels, strongestPlace } from './heat';

const grid = (height: number, width: number, ...values: number[]) => ({ height, width, values });

describe('enlarged', () => {
  it('keeps cells in the middle of what they stand for, and blends between', () => {
    expect([...enlarged(grid(1, 2, 0, 1), 4).subarray(0, 4)]).toEqual([0, 0.25, 0.75, 1]);
    expect([...enlarged(grid(2, 2, 1, 2, 3, 4), 2)]).toEqual([1, 2, 3, 4]);
    expect([...enlarged(grid(1, 1, -3), 3)]).toEqual(new Array(9).fill(-3));
  });
});

describe('heatPixels', () => {
  it('is red for support, blue against, and clear in between', () => {
    const pixels = heatPixels(grid(1, 3, 2, 0, -1), 3);
    const pixel = (i: number) => [...pixels.subarray(4 * i, 4 * i + 4)];
    expect(pixel(0)).toEqual([...heatColours.supports, 255]);
    expect(pixel(1)[3]).toBe(0);
    expect(pixel(2)).toEqual([...heatColours.opposes, 128]);
  });

  it('shows nothing where there is nothing', () => {
    expect(heatPixels(grid(2, 2, 0, 0, 0, 0), 4).every((value) => value === 0)).toBe(true);
  });
});

describe('strongestPlace', () => {
  it('says where', () => {
    const at = (i: number) =>
      strongestPlace(grid(3, 3, ...Array.from({ length: 9 }, (_, k) => (k === i ? 1 : -1))));
    expect([0, 4, 5, 7].map(at)).toEqual(['the upper left', 'the middle', 'the right', 'the lower middle']);
    expect(strongestPlace(grid(1, 2, 0, -1))).toBeNull();
  });
});
