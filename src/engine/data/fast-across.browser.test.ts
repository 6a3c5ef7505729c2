import { describe, expect, it } from 'vitest';
import { fastAcross } from './fast-across';
import { acrossPlain, toSquare } from './resize';
import { digest, expected, picture } from './resize.test-helper';

describe('the pass across on SIMD', () => {
  it('is not the plain one here', async () => {
    expect(await fastAcross()).not.toBe(acrossPlain);
  });

  it.each(expected)('%i×%i to %i by %s is Pillow to the bit', async (width, height, size, resize, sha256) => {
    const square = toSquare(picture(width, height), width, height, { size, resize }, await fastAcross());
    expect(await digest(square)).toBe(sha256);
  });

  it('takes photographs in strips, and a line of any length', async () => {
    const across = await fastAcross();
    const photograph = picture(4000, 1500);
    for (const box of [
      { x: 0, y: 0, width: 4000, height: 1500 },
      { x: 1250, y: 0, width: 1500, height: 1500 },
    ])
      expect(await digest(across(photograph, 4000, box, 224))).toBe(
        await digest(acrossPlain(photograph, 4000, box, 224)),
      );
    const line = picture(16_384, 2);
    const whole = { x: 0, y: 0, width: 16_384, height: 2 };
    expect(across(line, 16_384, whole, 299)).toEqual(acrossPlain(line, 16_384, whole, 299));
  });

  it('ends white in white: no rounding goes over', async () => {
    const white = new Uint8ClampedArray(301 * 7 * 4).fill(255);
    const square = toSquare(white, 301, 7, { size: 64, resize: 'stretch' }, await fastAcross());
    expect(new Set(square)).toEqual(new Set([255]));
  });
});
