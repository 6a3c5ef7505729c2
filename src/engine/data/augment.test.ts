import { describe, expect, test } from 'vitest';
import { Random } from '../random';
import { augmented, changesNothing, defaultAugmentation, type Augmentation } from './augment';

const size = 16;
const random = new Random(1, 'picture');
const picture = Uint8Array.from({ length: size * size * 3 }, () => random.below(256));
const nothing: Augmentation = { flip: false, crop: 0, colour: 0 };
const draw = (augmentation: Augmentation, at: number, id = 'a', seed = 7) =>
  augmented(picture, size, augmentation, { seed, draw: at, id });
const at = (square: Uint8Array, y: number, x: number) => [
  ...square.subarray((y * size + x) * 3, (y * size + x) * 3 + 3),
];
const draws = Array.from({ length: 200 }, (_, i) => i);

test('the same seed, draw and image give the same picture; another of them another', () => {
  const once = draw(defaultAugmentation, 1);
  expect(draw(defaultAugmentation, 1)).toEqual(once);
  for (const other of [
    draw(defaultAugmentation, 2),
    draw(defaultAugmentation, 1, 'b'),
    draw(defaultAugmentation, 1, 'a', 8),
  ])
    expect(other).not.toEqual(once);
});

test('with everything off a picture stays what it is', () => {
  expect(changesNothing(nothing)).toBe(true);
  expect(draw(nothing, 1)).toBe(picture);
});

test('half of the pictures are mirrored, and only that', () => {
  let mirrored = 0;
  for (const one of draws) {
    const out = draw({ ...nothing, flip: true }, one);
    if (out === picture) continue;
    mirrored++;
    for (let x = 0; x < size; x++) expect(at(out, 5, x)).toEqual(at(picture, 5, size - 1 - x));
  }
  expect(mirrored).toBeGreaterThan(70);
  expect(mirrored).toBeLessThan(130);
});

test('a crop shows a part of the picture, as large as was said, anywhere', () => {
  // Columns tell their own number, rows too.
  const map = Uint8Array.from({ length: size * size * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return [10 * (pixel % size), 10 * Math.floor(pixel / size), 0][i % 3]!;
  });
  const lefts = new Set<number>();
  for (const one of draws) {
    const out = augmented(map, size, { ...nothing, crop: 0.25 }, { seed: 1, draw: one, id: 'a' });
    const [left, right] = [at(out, 8, 0)[0]!, at(out, 8, size - 1)[0]!];
    const [top, bottom] = [at(out, 0, 8)[1]!, at(out, size - 1, 8)[1]!];
    // A side of 12 pixels shows 11 steps; interpolation takes up to half a pixel on either side.
    expect(right - left).toBeGreaterThanOrEqual(100);
    expect(right - left).toBeLessThanOrEqual(150);
    expect(Math.abs(right - left - (bottom - top))).toBeLessThanOrEqual(2);
    lefts.add(Math.round(left / 10));
  }
  expect([...lefts].sort()).toEqual([0, 1, 2, 3, 4]);
});

describe('colours', () => {
  const mean = (square: Uint8Array) => square.reduce((sum, value) => sum + value, 0) / square.length;
  test('of a grey picture stay grey, and its brightness changes within the bounds', () => {
    const grey = new Uint8Array(size * size * 3).fill(100);
    const all = draws.map((one) =>
      mean(augmented(grey, size, { ...nothing, colour: 0.3 }, { seed: 1, draw: one, id: 'a' })),
    );
    for (const value of all) {
      expect(value).toBeGreaterThanOrEqual(70);
      expect(value).toBeLessThanOrEqual(130);
    }
    expect(Math.min(...all)).toBeLessThan(75);
    expect(Math.max(...all)).toBeGreaterThan(125);
  });
  test('never leave the bytes, however strong', () => {
    const out = draw({ ...nothing, colour: 0.9 }, 3);
    expect(out).toHaveLength(picture.length);
    expect(out).not.toEqual(picture);
  });
});
