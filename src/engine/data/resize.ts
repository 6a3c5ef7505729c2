/**
 * The one resize of the project: extraction, prediction and whatever an exported model tells its user to do.
 * A separable triangle filter with half-pixel centres, widened when shrinking so that it averages instead of
 * skipping pixels. Bit-exact with Pillow's `Image.resize(size, Image.BILINEAR)` on 8-bit RGB (its Resample.c), so
 * that a model taken away from here sees the same squares from the usual Python tools. Pillow 13 shrinks tall
 * images downwards first, which there differs from this, and from every Pillow before it, by one in some bytes.
 */
import type { Bytes, InputSpec } from './records';

/** Pillow's fixed point: 8 bits of pixel and 2 of headroom leave 22 of a 32-bit integer for the coefficient. */
const precisionBits = 22;
const half = 1 << (precisionBits - 1);

/** Bars of a letterbox: ImageNet's mean colour, which preprocessing turns into about zero. */
const barColour = [124, 116, 104] as const;

/** A rectangle of the source, in whole pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** For each output pixel, where its window of input pixels starts, how long it is, and its fixed-point weights. */
export interface Windows {
  readonly start: Int32Array;
  readonly length: Int32Array;
  /** [outputs, taps] */
  readonly weights: Int32Array;
  readonly taps: number;
}

/** The first pass: [·, stride, 4] RGBA → [box.height, width, 3]. */
export type Across = (
  rgba: Uint8ClampedArray | Uint8Array,
  stride: number,
  box: Box,
  width: number,
) => Uint8Array;

export const acrossPlain: Across = (rgba, stride, box, width) => across(rgba, stride, box, width, 4);

/**
 * The square that a base sees.
 * @param rgba [height, width, 4], not premultiplied; alpha is ignored (decoding has put the image on white).
 * @param across `fastAcross` where there is time to wait for it
 * @returns [size, size, 3] RGB
 */
export function toSquare(
  rgba: Uint8ClampedArray | Uint8Array,
  width: number,
  height: number,
  spec: InputSpec,
  across = acrossPlain,
): Bytes {
  const { size, resize } = spec;
  const whole = { x: 0, y: 0, width, height };
  if (resize === 'stretch') return down(across(rgba, width, whole, size), height, size, size);
  if (resize === 'crop') {
    const side = Math.min(width, height);
    const box = { x: (width - side) >> 1, y: (height - side) >> 1, width: side, height: side };
    return down(across(rgba, width, box, size), side, size, size);
  }
  const scale = size / Math.max(width, height);
  const fitWidth = Math.max(1, Math.round(width * scale));
  const fitHeight = Math.max(1, Math.round(height * scale));
  const fit = down(across(rgba, width, whole, fitWidth), height, fitWidth, fitHeight);
  const out = new Uint8Array(size * size * 3);
  for (let i = 0; i < out.length; i++) out[i] = barColour[i % 3]!;
  const left = (size - fitWidth) >> 1;
  const top = (size - fitHeight) >> 1;
  for (let y = 0; y < fitHeight; y++) {
    const row = fit.subarray(y * fitWidth * 3, (y + 1) * fitWidth * 3);
    out.set(row, ((top + y) * size + left) * 3);
  }
  return out;
}

/**
 * Cuts `box` out of an image and resamples it: across first, then down, each pass rounded to bytes as Pillow's are.
 * @param pixels [·, stride, channels], RGB first
 * @returns [height, width, 3] RGB
 */
export function resample(
  pixels: Uint8ClampedArray | Uint8Array,
  stride: number,
  box: Box,
  width: number,
  height: number,
  channels: 3 | 4 = 4,
): Bytes {
  return down(across(pixels, stride, box, width, channels), box.height, width, height);
}

/** [·, stride, channels] → [box.height, width, 3] */
function across(
  pixels: Uint8ClampedArray | Uint8Array,
  stride: number,
  box: Box,
  width: number,
  channels: number,
): Uint8Array {
  const { start, length, weights, taps } = windows(box.width, width);
  const out = new Uint8Array(box.height * width * 3);
  let o = 0;
  for (let y = 0; y < box.height; y++) {
    const row = ((box.y + y) * stride + box.x) * channels;
    for (let x = 0; x < width; x++) {
      let r = half;
      let g = half;
      let b = half;
      let p = row + start[x]! * channels;
      let k = x * taps;
      // Integers all the way: two thirds of the time of doubles, which JavaScript would take for a product.
      for (const end = k + length[x]!; k < end; k++, p += channels) {
        const w = weights[k]!;
        r = (r + Math.imul(pixels[p]!, w)) | 0;
        g = (g + Math.imul(pixels[p + 1]!, w)) | 0;
        b = (b + Math.imul(pixels[p + 2]!, w)) | 0;
      }
      // Weights are positive and sum to one, give or take a rounding: nothing to clamp below 0.
      out[o++] = Math.min(r >> precisionBits, 255);
      out[o++] = Math.min(g >> precisionBits, 255);
      out[o++] = Math.min(b >> precisionBits, 255);
    }
  }
  return out;
}

/** [from, width, 3] → [to, width, 3] */
function down(rgb: Uint8Array, from: number, width: number, to: number): Bytes {
  const { start, length, weights, taps } = windows(from, to);
  const row = width * 3;
  const out = new Uint8Array(to * row);
  const sums = new Int32Array(row);
  for (let y = 0; y < to; y++) {
    sums.fill(half);
    for (let k = 0; k < length[y]!; k++) {
      const w = weights[y * taps + k]!;
      const p = (start[y]! + k) * row;
      for (let i = 0; i < row; i++) sums[i] = sums[i]! + Math.imul(rgb[p + i]!, w);
    }
    for (let i = 0; i < row; i++) out[y * row + i] = Math.min(sums[i]! >> precisionBits, 255);
  }
  return out;
}

/** `precompute_coeffs` and `normalize_coeffs_8bpc` of Resample.c, for the triangle filter (support 1). */
export function windows(from: number, to: number): Windows {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const taps = Math.ceil(support) * 2 + 1;
  const start = new Int32Array(to);
  const length = new Int32Array(to);
  const weights = new Int32Array(to * taps);
  const exact = new Float64Array(taps);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    const first = Math.max(Math.trunc(centre - support + 0.5), 0);
    const count = Math.min(Math.trunc(centre + support + 0.5), from) - first;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      // Multiplied by the reciprocal, as Pillow does: a division would round differently now and then.
      exact[k] = Math.max(1 - Math.abs((k + first - centre + 0.5) * (1 / support)), 0);
      sum += exact[k]!;
    }
    for (let k = 0; k < count; k++)
      weights[i * taps + k] = Math.trunc(0.5 + (exact[k]! / sum) * (1 << precisionBits));
    start[i] = first;
    length[i] = count;
  }
  return { start, length, weights, taps };
}
