import { readFileSync } from 'node:fs';
import { encode } from 'fast-png';
import { expect, test } from 'vitest';
import { fuzz, mutated, patience } from '../fuzz.test-helper';
import { maxFileBytes, probeImage } from './decode';
import { jpegFrame } from './frame-size';
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

/** Width and height as the header of each format has them, and where. */
const places: Record<string, (view: DataView, width: number, height: number) => void> = {
  'image/png': (view, width, height) => {
    view.setUint32(16, width);
    view.setUint32(20, height);
  },
  'image/gif': (view, width, height) => {
    view.setUint16(6, width, true);
    view.setUint16(8, height, true);
  },
  'image/bmp': (view, width, height) => {
    view.setUint32(18, width, true);
    view.setInt32(22, -height, true);
  },
  'image/webp': (view, width, height) => {
    view.setUint32(24, width - 1, true);
    view.setUint32(27, height - 1, true);
  },
  'image/tiff': (view, width, height) => {
    view.setUint16(18, width, true);
    view.setUint16(30, height, true);
  },
  'image/avif': (view, width, height) => {
    const at = String.fromCharCode(...headers['image/avif']!).indexOf('ispe');
    view.setUint32(at + 8, width);
    view.setUint32(at + 12, height);
  },
  'image/jpeg': (view, width, height) => {
    const { end } = jpegFrame(headers['image/jpeg']!)!;
    // Three colours: the frame has 17 bytes and its length.
    view.setUint16(end - 12, width);
    view.setUint16(end - 14, height);
  },
};

test.each(Object.entries(places))('what claims to be huge is refused by its header: %s', (mime, set) => {
  const sized = (width: number, height: number) => {
    const bytes = headers[mime]!.slice();
    set(new DataView(bytes.buffer), width, height);
    return () => probeImage(bytes);
  };
  const tooLarge = expect.objectContaining({ code: 'image-too-large' }) as Error;
  expect(sized(300, 200)()).toMatchObject({ width: 300, height: 200 });
  expect(sized(30_000, 30_000)).toThrow(tooLarge);
  expect(sized(12_000, 10_001)).toThrow(tooLarge);
  expect(sized(16_385, 1)).toThrow(tooLarge);
});

test('a frame that is larger than the screen of its GIF counts', () => {
  const frame = (width: number, height: number) =>
    probeImage(
      bytesOf(
        ...['GIF89a', [7, 0, 5, 0, 0x80, 0, 0], [0, 0, 0, 255, 255, 255]],
        // An extension of two blocks, of which one looks like a frame.
        ...[[0x21, 0xff, 2, 0x2c, 0x2c, 1, 0, 0]],
        ...[
          [0x2c, 1, 0, 0, 0],
          [width & 255, width >> 8, height & 255, height >> 8],
          [0, 2, 0, 0x3b],
        ],
      ),
    );
  expect(frame(3, 5)).toMatchObject({ width: 7, height: 5 });
  expect(frame(30, 4)).toMatchObject({ width: 31, height: 5 });
  expect(() => frame(65_000, 65_000)).toThrow(expect.objectContaining({ code: 'image-too-large' }));
});

test('a size that decoders pass over does not hide the one that they go by', () => {
  const segment = (marker: number, ...data: number[]) => [0xff, marker, 0, data.length + 2, ...data];
  const frame = (side: number) =>
    segment(0xc0, 8, side >> 8, side & 255, side >> 8, side & 255, 1, 1, 0x11, 0);
  const jpeg = (...parts: number[][]) =>
    bytesOf([0xff, 0xd8], segment(0xe0, 0), ...parts, frame(24), Array<number>(99).fill(0));
  expect(probeImage(jpeg())).toMatchObject({ width: 24, height: 24 });
  expect(probeImage(jpeg(segment(0xfe, ...frame(20_000))))).toMatchObject({ width: 24 });
  // Markers that have no length, and bytes between segments.
  for (const between of [
    [0xff, 0x01],
    [0xff, 0xd0],
    [0, 17, 0],
    [0xff, 0xff, 0xff],
  ])
    expect(() => probeImage(jpeg(between, frame(20_000)))).toThrow(
      expect.objectContaining({ code: 'image-too-large' }),
    );
});

test('the largest file that is no picture is refused at once', () => {
  const bytes = new Uint8Array(maxFileBytes);
  const start = performance.now();
  for (const head of [
    [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0],
    [0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff],
  ]) {
    bytes.set(head);
    expect(() => probeImage(bytes)).toThrow(expect.objectContaining({ code: 'image-unreadable' }));
  }
  bytes.set(bytesOf('GIF89a', [0, 0, 0, 0, 0, 0, 0, 0x21]));
  expect(() => probeImage(bytes)).toThrow(expect.objectContaining({ code: 'image-unreadable' }));
  expect(performance.now() - start).toBeLessThan(5_000);
});

test('a drawing is no picture: it could ask for other files, or unfold without end', () => {
  for (const text of [
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://example.org/a.png"/></svg>',
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg>&b;</svg>',
    '\ufeff<svg/>',
  ])
    expect(() => probeImage(new TextEncoder().encode(text))).toThrow(
      expect.objectContaining({ code: 'image-unreadable' }),
    );
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
