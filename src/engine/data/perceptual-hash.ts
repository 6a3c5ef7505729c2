import { drawOnWhite } from './decode';

/** Places compared each way; one cell more in the direction of comparison. */
const places = 8;
const drawing = places * (places + 1);

/**
 * A fingerprint of what a picture looks like: 128 bits as 32 hex digits. The first half says of 8 × 8 places on a grid
 * of brightness whether the cell to the right is brighter, the second half the same of the cell below (dHash,
 * N. Krawetz 2013, in both directions). Another size, quality or compression of the picture changes few of the bits.
 */
export function perceptualHash(bitmap: ImageBitmap): string {
  const { data } = drawOnWhite(bitmap, drawing, drawing).getImageData(0, 0, drawing, drawing);
  const light = new Float64Array(drawing * drawing);
  for (let i = 0; i < light.length; i++)
    light[i] = 0.299 * data[4 * i]! + 0.587 * data[4 * i + 1]! + 0.114 * data[4 * i + 2]!;
  return hashOfLight(light);
}

/** @param light brightness, [72, 72] */
export function hashOfLight(light: Float64Array): string {
  return [...half(light, places + 1, places, 1), ...half(light, places, places + 1, places)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/** Eight rows of eight comparisons with the cell that is `step` cells on, of a grid of columns × rows. */
function half(light: Float64Array, columns: number, rows: number, step: number): Uint8Array {
  const grid = new Float64Array(columns * rows);
  for (let y = 0, i = 0; y < drawing; y++)
    for (let x = 0; x < drawing; x++, i++)
      grid[Math.floor((y * rows) / drawing) * columns + Math.floor((x * columns) / drawing)]! += light[i]!;
  return Uint8Array.from({ length: places }, (_, y) => {
    let byte = 0;
    for (let x = 0; x < places; x++) {
      const at = y * columns + x;
      byte = (byte << 1) | (grid[at + step]! > grid[at]! ? 1 : 0);
    }
    return byte;
  });
}

/** A hash as sixteen bytes: eight rows to the right, eight rows downwards. */
export function hashBytes(hash: string): Uint8Array {
  return Uint8Array.from({ length: 16 }, (_, i) => parseInt(hash.slice(2 * i, 2 * i + 2), 16));
}

const reversed = Uint8Array.from({ length: 256 }, (_, byte) => {
  let out = 0;
  for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) out |= 128 >> bit;
  return out;
});

/**
 * The hash of the picture's mirror image, without the picture (but where neighbours are equally bright): rows turn
 * round, and what was brighter to the right is darker.
 */
export function mirrored(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, i) => (i < places ? reversed[byte]! ^ 255 : reversed[byte]!));
}
