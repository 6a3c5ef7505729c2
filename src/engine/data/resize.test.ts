import { describe, expect, it } from 'vitest';
import { toSquare } from './resize';
import { digest, expected, picture } from './resize.test-helper';

describe('toSquare', () => {
  it.each(expected)('%i×%i to %i by %s is Pillow to the bit', async (width, height, size, resize, sha256) => {
    const square = toSquare(picture(width, height), width, height, { size, resize });
    expect(square.length).toBe(size * size * 3);
    expect(await digest(square)).toBe(sha256);
  });

  it('agrees with Pillow in the open, too', () => {
    expect([...toSquare(picture(5, 3), 5, 3, { size: 4, resize: 'stretch' })]).toEqual([
      90, 74, 120, 188, 66, 56, 178, 97, 65, 154, 177, 72, 179, 152, 93, 141, 79, 62, 86, 107, 100, 108, 126,
      140, 235, 147, 85, 144, 116, 107, 77, 164, 165, 79, 110, 186, 241, 59, 99, 196, 164, 175, 156, 249, 239,
      75, 133, 194,
    ]);
  });

  it('keeps white white and black black, in and out of the bars', () => {
    const white = new Uint8ClampedArray(40 * 20 * 4).fill(255);
    const square = toSquare(white, 40, 20, { size: 8, resize: 'letterbox' });
    expect([...square.subarray(0, 3)]).toEqual([124, 116, 104]);
    expect(new Set(square.subarray(2 * 8 * 3, 6 * 8 * 3))).toEqual(new Set([255]));
    const black = toSquare(new Uint8ClampedArray(40 * 20 * 4), 40, 20, { size: 8, resize: 'crop' });
    expect(new Set(black)).toEqual(new Set([0]));
  });
});
