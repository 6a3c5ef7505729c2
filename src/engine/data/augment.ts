import { Random } from '../random';
import type { ImageId } from './records';
import { resample } from './resize';

/** How pictures are changed at random while training, so that a network does not learn them by heart. */
export interface Augmentation {
  /** Mirrors every other picture, left to right. */
  readonly flip: boolean;
  /** Up to this share of the side is cut away, 0 … 0.5; what is left lies anywhere, and fills the square again. */
  readonly crop: number;
  /** Brightness, contrast and saturation are each multiplied by a factor from 1 − colour to 1 + colour; 0 … 0.9. */
  readonly colour: number;
}

/** Mild enough for photographs: a mirrored dog is a dog. Digits and letters want `flip: false`. */
export const defaultAugmentation: Augmentation = { flip: true, crop: 0.2, colour: 0.2 };

export const changesNothing = ({ flip, crop, colour }: Augmentation): boolean =>
  !flip && crop === 0 && colour === 0;

/**
 * A picture as one draw changes it. What is drawn depends on seed, draw (an epoch, or a cached copy) and picture alone:
 * a training that goes on after a crash, and batches in another order, see the same.
 * @param square [size, size, 3] RGB
 * @returns a new array of that shape, or `square` itself where nothing was changed
 */
export function augmented(
  square: Uint8Array,
  size: number,
  augmentation: Augmentation,
  { seed, draw, id }: { readonly seed: number; readonly draw: number; readonly id: ImageId },
): Uint8Array {
  const random = new Random(seed, `augment ${draw} ${id}`);
  // Each number has its place in the stream, whatever is switched on.
  const [mirror, cut, left, top, ...colours] = Array.from({ length: 7 }, () => random.uniform()) as [
    ...[number, number, number, number],
    ...number[],
  ];
  const side = size - Math.round(size * augmentation.crop * cut);
  let out = square;
  if (side < size) {
    const place = (at: number) => Math.floor(at * (size - side + 1));
    const box = { x: place(left), y: place(top), width: side, height: side };
    out = resample(square, size, box, size, size, 3);
  }
  if (augmentation.flip && mirror < 0.5) out = mirrored(out, size);
  if (augmentation.colour > 0) {
    const factors = colours.map((u) => 1 + augmentation.colour * (2 * u - 1));
    out = recoloured(out, factors as [number, number, number]);
  }
  return out;
}

/** The same for squares [ids, size, size, 3], which are changed in place. */
export function augmentAll(
  squares: Uint8Array,
  size: number,
  ids: readonly ImageId[],
  augmentation: Augmentation,
  from: { readonly seed: number; readonly draw: number },
): void {
  const length = size * size * 3;
  for (const [i, id] of ids.entries()) {
    const square = squares.subarray(i * length, (i + 1) * length);
    squares.set(augmented(square, size, augmentation, { ...from, id }), i * length);
  }
}

function mirrored(square: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(square.length);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const from = (y * size + x) * 3;
      out.set(square.subarray(from, from + 3), (y * size + size - 1 - x) * 3);
    }
  return out;
}

/** Luma of ITU-R BT.601, as Pillow's `convert('L')`. */
const grey = (r: number, g: number, b: number): number => 0.299 * r + 0.587 * g + 0.114 * b;

/**
 * Brightness times a factor, then contrast (towards or away from the picture's mean grey), then saturation (towards or
 * away from each pixel's own grey), as Pillow's ImageEnhance; without its rounding between the steps.
 */
function recoloured(
  square: Uint8Array,
  [brightness, contrast, saturation]: readonly [number, number, number],
): Uint8Array {
  let sum = 0;
  for (let i = 0; i < square.length; i += 3) sum += grey(square[i]!, square[i + 1]!, square[i + 2]!);
  const mean = (brightness * sum) / (square.length / 3);
  const out = new Uint8ClampedArray(square.length);
  const gain = contrast * brightness;
  const offset = mean - contrast * mean;
  for (let i = 0; i < square.length; i += 3) {
    const r = gain * square[i]! + offset;
    const g = gain * square[i + 1]! + offset;
    const b = gain * square[i + 2]! + offset;
    const own = (1 - saturation) * grey(r, g, b);
    out[i] = own + saturation * r;
    out[i + 1] = own + saturation * g;
    out[i + 2] = own + saturation * b;
  }
  return new Uint8Array(out.buffer);
}
