import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Padding } from './graph';
import type { TensorFlow } from './run';

/** How a window moves over one side of a map. */
export interface Side {
  readonly length: number;
  readonly size: number;
  readonly stride: number;
  /** Places that the window takes. */
  readonly places: number;
  /** Rows or columns added before and after. */
  readonly before: number;
  readonly after: number;
}

/** `same` pads as TensorFlow does: the odd row or column comes after. */
export function side(length: number, size: number, stride: number, padding: Padding): Side {
  if (padding === 'same') {
    const places = Math.ceil(length / stride);
    const zeros = Math.max(0, (places - 1) * stride + size - length);
    const before = Math.floor(zeros / 2);
    return { length, size, stride, places, before, after: zeros - before };
  }
  const around = padding === 'valid' ? 0 : padding;
  const places = Math.floor((length + 2 * around - size) / stride) + 1;
  return { length, size, stride, places, before: around, after: around };
}

/** Length of a side with its padding. */
const whole = ({ length, before, after }: Side) => length + before + after;

export function pad(tf: TensorFlow, x: Tensor4D, rows: Side, columns: Side, value = 0): Tensor4D {
  if (rows.before + rows.after + columns.before + columns.after === 0) return x;
  const sides = [
    [0, 0],
    [rows.before, rows.after],
    [columns.before, columns.after],
    [0, 0],
  ] as [number, number][];
  return tf.pad(x, sides, value);
}

/** Takes padding off again. */
export function crop(tf: TensorFlow, x: Tensor4D, rows: Side, columns: Side): Tensor4D {
  if (x.shape[1] === rows.length && x.shape[2] === columns.length) return x;
  return tf.slice(x, [0, rows.before, columns.before, 0], [-1, rows.length, columns.length, -1]);
}

/** What entry (i, j) of each window sees: [n, height, width, c] with padding → [n, rows.places, columns.places, c]. */
export function entries(
  tf: TensorFlow,
  x: Tensor4D,
  rows: Side,
  columns: Side,
  i: number,
  j: number,
): Tensor4D {
  const [n, , , c] = x.shape;
  const end = ({ places, stride }: Side, at: number) => at + (places - 1) * stride + 1;
  if (rows.stride === 1 && columns.stride === 1)
    return tf.slice(x, [0, i, j, 0], [n, rows.places, columns.places, c]);
  return tf.stridedSlice(
    x,
    [0, i, j, 0],
    [n, end(rows, i), end(columns, j), c],
    [1, rows.stride, columns.stride, 1],
  ) as Tensor4D;
}

/** Puts `stride − 1` zeros between the places of the windows: [n, places, places, c] → as far apart as windows are. */
export function apart(tf: TensorFlow, d: Tensor4D, rows: Side, columns: Side): Tensor4D {
  const [n, h, w, c] = d.shape;
  const [s, t] = [rows.stride, columns.stride];
  if (s === 1 && t === 1) return d;
  // In three dimensions, which every backend pads.
  const wide: Tensor3D = tf.pad(tf.reshape(d, [n * h * w, 1, c]), [
    [0, 0],
    [0, t - 1],
    [0, 0],
  ]);
  const high: Tensor3D = tf.pad(tf.reshape(wide, [n * h, 1, w * t * c]), [
    [0, 0],
    [0, s - 1],
    [0, 0],
  ]);
  const spread: Tensor4D = tf.reshape(high, [n, h * s, w * t, c]);
  return tf.slice(spread, 0, [n, (h - 1) * s + 1, (w - 1) * t + 1, c]);
}

/**
 * The reverse of `entries`: values that belong to entry (i, j) of each window, `apart` already, at their place in a
 * padded map of zeros, [n, height, width, c] with padding.
 */
export function placed(
  tf: TensorFlow,
  spread: Tensor4D,
  rows: Side,
  columns: Side,
  i: number,
  j: number,
): Tensor4D {
  const [, h, w] = spread.shape;
  const sides: [number, number][] = [
    [0, 0],
    [i, whole(rows) - h - i],
    [j, whole(columns) - w - j],
    [0, 0],
  ];
  return tf.pad(spread, sides);
}

/** Places of a window that hold an entry of the map rather than padding, [places]. */
export function inside({ length, size, stride, places, before }: Side): number[] {
  return Array.from({ length: places }, (_, p) => {
    const start = p * stride - before;
    return Math.min(length, start + size) - Math.max(0, start);
  });
}
