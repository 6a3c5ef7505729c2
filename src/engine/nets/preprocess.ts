import type { Preprocessing } from './graph';

/**
 * Pixels as a base wants them: squares [n, size, size, 3] of RGB bytes → float32 NHWC in the net's own channel order
 * and scale (Keras' `imagenet_utils.preprocess_input`).
 */
export function preprocess({ order, scale, offset }: Preprocessing, squares: Uint8Array): Float32Array {
  const input = new Float32Array(squares.length);
  const [first, third] = order === 'rgb' ? [0, 2] : [2, 0];
  const [a, b, c] = offset;
  for (let i = 0; i < squares.length; i += 3) {
    input[i] = squares[i + first]! * scale + a;
    input[i + 1] = squares[i + 1]! * scale + b;
    input[i + 2] = squares[i + third]! * scale + c;
  }
  return input;
}
