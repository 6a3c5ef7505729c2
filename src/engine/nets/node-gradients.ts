import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ConvNode, PoolNode } from './graph';
import type { ConvTensors, TensorFlow } from './run';
import { heightWidth } from './shapes';
import { apart, crop, entries, inside, pad, placed, side, type Side } from './windows';

/**
 * Gradients of single nodes, out of forward operations that every backend has and does well. tfjs' own are not used:
 * its WASM backend lacks that of a convolution by its kernel and is wrong for max pools over negative windows, and
 * products with transposed factors are slow there. All are to be called in a `tidy`.
 */

/** Lower than any activation: what `same` padding means to a maximum. */
const lowest = -3.4e38;

function sides(x: Tensor4D, { size, stride, padding }: ConvNode | PoolNode): [Side, Side] {
  const [height, width] = heightWidth(size);
  return [side(x.shape[1], height, stride, padding), side(x.shape[2], width, stride, padding)];
}

/** The gradient by what a relu was given, from that by its output `y`. */
export function throughRelu(tf: TensorFlow, byOutput: Tensor4D, y: Tensor4D): Tensor4D {
  return tf.mul(byOutput, tf.step(y));
}

/**
 * By kernel [height, width, in, filters] and bias [filters] of a convolution of `x`, from that by its output before
 * the relu. One product for each entry of the kernel: what the entry has seen, transposed, times the gradient.
 */
export function byConvWeights(
  tf: TensorFlow,
  node: ConvNode,
  x: Tensor4D,
  byOutput: Tensor4D,
): { kernel: Tensor4D; bias: Tensor1D } {
  const [rows, columns] = sides(x, node);
  const padded = pad(tf, x, rows, columns);
  const channels = x.shape[3];
  const { filters } = node;
  const delta: Tensor2D = tf.reshape(byOutput, [-1, filters]);
  const parts: Tensor2D[] = [];
  for (let i = 0; i < rows.size; i++)
    for (let j = 0; j < columns.size; j++)
      parts.push(
        tf.tidy(() => {
          const seen: Tensor2D = tf.reshape(entries(tf, padded, rows, columns, i, j), [-1, channels]);
          return tf.matMul(tf.transpose(seen), delta);
        }),
      );
  const kernel = parts.length === 1 ? parts[0]! : tf.concat(parts, 0);
  return {
    kernel: tf.reshape(kernel, [rows.size, columns.size, channels, filters]),
    bias: tf.sum(delta, 0),
  };
}

/**
 * By the input [shape of x] of a convolution, from that by its output before the relu: a convolution of the gradient,
 * its places moved as far apart as the windows are, with the kernel turned around.
 */
export function byConvInput(
  tf: TensorFlow,
  node: ConvNode,
  x: Tensor4D,
  { kernel }: ConvTensors,
  byOutput: Tensor4D,
): Tensor4D {
  const [rows, columns] = sides(x, node);
  const spread = apart(tf, byOutput, rows, columns);
  const [, h, w] = spread.shape;
  // Rows and columns that no window reached are past the end.
  const rest = ({ length, before, after, size }: Side, reached: number): [number, number] => [
    size - 1,
    length + before + after - reached,
  ];
  const padding: [number, number][] = [[0, 0], rest(rows, h), rest(columns, w), [0, 0]];
  const framed = padding.every(([a, b]) => a + b === 0) ? spread : tf.pad(spread, padding);
  const single = rows.size === 1 && columns.size === 1;
  const turned: Tensor4D = tf.transpose(single ? kernel : tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]);
  return crop(tf, tf.conv2d(framed, turned, 1, 'valid'), rows, columns);
}

/** By the input of a max pool. Where several entries share a window's maximum, the first has the gradient. */
export function byMaxPoolInput(
  tf: TensorFlow,
  node: PoolNode,
  x: Tensor4D,
  y: Tensor4D,
  byOutput: Tensor4D,
): Tensor4D {
  const [rows, columns] = sides(x, node);
  const padded = pad(tf, x, rows, columns, node.padding === 'same' ? lowest : 0);
  let left: Tensor4D = tf.onesLike(y);
  let sum: Tensor4D | null = null;
  for (let i = 0; i < rows.size; i++)
    for (let j = 0; j < columns.size; j++) {
      const [next, nextLeft]: Tensor4D[] = tf.tidy(() => {
        const isMost = tf.cast(tf.equal(entries(tf, padded, rows, columns, i, j), y), 'float32');
        const chosen = tf.mul(isMost, left);
        const part = placed(tf, apart(tf, tf.mul(byOutput, chosen), rows, columns), rows, columns, i, j);
        return [sum === null ? part : tf.add(sum, part), tf.sub(left, chosen)] as [Tensor4D, Tensor4D];
      });
      tf.dispose([left, ...(sum === null ? [] : [sum])]);
      [sum, left] = [next, nextLeft];
    }
  return crop(tf, sum!, rows, columns);
}

/** By the input [shape of x] of an average pool that leaves padding out of the mean. */
export function byAveragePoolInput(
  tf: TensorFlow,
  node: PoolNode,
  x: Tensor4D,
  byOutput: Tensor4D,
): Tensor4D {
  const [rows, columns] = sides(x, node);
  const across = inside(columns);
  const counts = inside(rows).flatMap((high) => across.map((wide) => 1 / (high * wide)));
  const each = tf.mul(byOutput, tf.tensor4d(counts, [1, rows.places, columns.places, 1]));
  const spread = apart(tf, each as Tensor4D, rows, columns);
  let sum: Tensor4D | null = null;
  for (let i = 0; i < rows.size; i++)
    for (let j = 0; j < columns.size; j++) {
      const next: Tensor4D = tf.tidy(() => {
        const part = placed(tf, spread, rows, columns, i, j);
        return sum === null ? part : tf.add(sum, part);
      });
      if (sum !== null) tf.dispose(sum);
      sum = next;
    }
  return crop(tf, sum!, rows, columns);
}
