import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isDrawable } from './drawable';

const photograph = readFileSync(new URL('../../e2e/photos/cat.jpg', import.meta.url));

test('a photograph may be shown, a drawing and a picture that claims to be huge may not', async () => {
  expect(await isDrawable(new Blob([photograph]))).toBe(true);
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg>';
  expect(await isDrawable(new Blob([drawing], { type: 'image/svg+xml' }))).toBe(false);
  const gif = Uint8Array.from([...new TextEncoder().encode('GIF89a'), 0x30, 0x75, 0x30, 0x75, 0, 0, 0]);
  expect(await isDrawable(new Blob([gif], { type: 'image/gif' }))).toBe(false);
});

test('of a large file only the beginning is read', async () => {
  let read = 0;
  class Watched extends Blob {
    override slice(from?: number, to?: number): Blob {
      const part = super.slice(from, to);
      read += part.size;
      return part;
    }
  }
  expect(await isDrawable(new Watched([photograph, new Uint8Array(2 ** 24)]))).toBe(true);
  expect(read).toBe(2 ** 20);
});
