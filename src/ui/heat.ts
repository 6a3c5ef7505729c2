import { words } from './words';

/** Colours of a signed map over a picture. Red and blue are told apart by every kind of colour blindness. */
export const heatColours = { supports: [196, 30, 34], opposes: [32, 92, 200] } as const;

export interface Grid {
  readonly height: number;
  readonly width: number;
  /** [height, width] */
  readonly values: ArrayLike<number>;
}

/** A grid on `side` × `side` pixels, bilinear with half-pixel centres: cells in the middle of what they stand for. */
export function enlarged({ height, width, values }: Grid, side: number): Float32Array {
  const out = new Float32Array(side * side);
  const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));
  for (let i = 0, at = 0; i < side; i++) {
    const y = ((i + 0.5) * height) / side - 0.5;
    const [y0, y1] = [clamp(Math.floor(y), height - 1), clamp(Math.floor(y) + 1, height - 1)];
    const fy = y - Math.floor(y);
    for (let j = 0; j < side; j++, at++) {
      const x = ((j + 0.5) * width) / side - 0.5;
      const [x0, x1] = [clamp(Math.floor(x), width - 1), clamp(Math.floor(x) + 1, width - 1)];
      const fx = x - Math.floor(x);
      const row = (y: number) => values[y * width + x0]! * (1 - fx) + values[y * width + x1]! * fx;
      out[at] = row(y0) * (1 - fy) + row(y1) * fy;
    }
  }
  return out;
}

/**
 * RGBA of a map on `side` × `side` pixels: what supports is red, what opposes blue, and the less it matters the more
 * transparent. The largest size of any value has full colour; where all are zero there is nothing to see.
 */
export function heatPixels(grid: Grid, side: number): Uint8ClampedArray<ArrayBuffer> {
  const values = enlarged(grid, side);
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  const rgba = new Uint8ClampedArray(side * side * 4);
  if (most === 0) return rgba;
  for (const [i, value] of values.entries()) {
    rgba.set(value > 0 ? heatColours.supports : heatColours.opposes, 4 * i);
    rgba[4 * i + 3] = 255 * (Math.abs(value) / most);
  }
  return rgba;
}

/** Where the strongest support lies, in words, for those who do not see it; null: nothing supports. */
export function strongestPlace({ height, width, values }: Grid): string | null {
  let best = -1;
  for (let i = 0; i < height * width; i++)
    if (values[i]! > 0 && (best < 0 || values[i]! > values[best]!)) best = i;
  if (best < 0) return null;
  const third = (at: number, of: number) => Math.min(2, Math.floor((3 * (at + 0.5)) / of));
  const row = third(Math.floor(best / width), height);
  const column = third(best % width, width);
  return words.engine.places[row]![column]!;
}
