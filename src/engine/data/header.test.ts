import { readFileSync } from 'node:fs';
import { encode } from 'fast-png';
import { expect, test } from 'vitest';
import { fuzz, mutated, patience } from '../fuzz.test-helper';
import { probeImage } from './decode';
import { sniffImage } from './sniff';

const bytesOf = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (c) => c.charCodeAt(0)) : part)),
  );
const png = new Uint8Array(encode({ width: 7, height: 5, channels: 3, data: new Uint8Array(7 * 5 * 3) }));
const jpeg = new Uint8Array(readFileSync(new URL('../../../e2e/photos/cat.jpg', import.meta.url)));
/** The beginnings of pictures: no decoder is asked here. */
const headers: Record<string, Uint8Array> = {
  'image/png': png,
  'image/jpeg': jpeg.slice(0, 4000),
  'image/gif': bytesOf('GIF89a', [7, 0, 5, 0, 0x80, 0, 0], Array<number>(20).fill(0)),
  'image/bmp': bytesOf(
    'BM',
    Array<number>(12).fill(0),
    [40, 0, 0, 0, 7, 0, 0, 0, 5, 0, 0, 0],
    Array<number>(30).fill(0),
  ),
  'image/webp': bytesOf(
    'RIFF',
    [50, 0, 0, 0],
    'WEBPVP8X',
    [10, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 4, 0, 0],
    Array<number>(20).fill(0),
  ),
  'image/tiff': bytesOf(
    'II*\0',
    [8, 0, 0, 0, 2, 0],
    [0, 1, 3, 0, 1, 0, 0, 0, 7, 0, 0, 0],
    [1, 1, 3, 0, 1, 0, 0, 0, 5, 0, 0, 0],
    [0, 0, 0, 0],
  ),
  'image/avif': bytesOf(
    ...[[0, 0, 0, 24], 'ftypavif', [0, 0, 0, 0], 'avifmif1'],
    ...[[0, 0, 0, 60], 'meta', [0, 0, 0, 0], [0, 0, 0, 48], 'iprp', [0, 0, 0, 40], 'ipco'],
    ...[[0, 0, 0, 20], 'ispe', [0, 0, 0, 0], [0, 0, 0, 7], [0, 0, 0, 5], Array<number>(16).fill(0)],
  ),
};

test.each(Object.entries(headers))('the size of a %s is in its header', (mime, bytes) => {
  expect(sniffImage(bytes)).toBe(mime);
  const { width, height } = probeImage(bytes);
  if (mime !== 'image/jpeg') expect([width, height]).toEqual([7, 5]);
});

test(
  'changed headers give a size or are refused',
  async () => {
    const { read, refused } = await fuzz(mutated(...Object.values(headers)), probeImage, {
      count: 1000,
      codes: ['image-unreadable', 'image-too-large'],
    });
    expect(read).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
  },
  patience,
);
