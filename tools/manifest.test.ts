import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { expect, test } from 'vitest';

interface Manifest {
  readonly icons: readonly { src: string; sizes: string; type: string; purpose: string }[];
  readonly [name: string]: unknown;
}
const file = (name: string) => readFileSync(new URL(`../public/${name}`, import.meta.url));
const manifest = JSON.parse(file('manifest.webmanifest').toString()) as Manifest;

test('the page can be installed: what browsers ask for is there', () => {
  expect(manifest).toMatchObject({ name: 'Headway', start_url: './', scope: './', display: 'standalone' });
  const png = manifest.icons.filter(({ type }) => type === 'image/png');
  expect(png.map(({ sizes, purpose }) => `${sizes} ${purpose}`).toSorted()).toEqual([
    '192x192 any',
    '192x192 maskable',
    '512x512 any',
    '512x512 maskable',
  ]);
});

test.each(manifest.icons.filter(({ type }) => type === 'image/png'))('$src is what it says', (icon) => {
  const { width, height, data, channels } = decode(file(icon.src));
  expect(`${width}x${height}`).toBe(icon.sizes);
  // A maskable icon fills its corners; the other has round ones.
  const opaque = channels === 3 || data[3] === 255;
  expect(opaque).toBe(icon.purpose === 'maskable');
  if (icon.purpose !== 'maskable') return;
  // Outside of what no mask cuts away there is but the ground; drawing rounds by one.
  let apart = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (Math.hypot(x + 0.5 - width / 2, y + 0.5 - height / 2) <= 0.4 * width) continue;
      for (let c = 0; c < 3; c++)
        apart = Math.max(apart, Math.abs(data[(y * width + x) * channels + c]! - data[c]!));
    }
  expect(apart).toBeLessThanOrEqual(1);
});
