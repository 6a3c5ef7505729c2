import { fromFloat16 } from './halves';

/** How a weight file may hold a float32 value. */
export type StoredDtype = 'float32' | 'float16' | 'uint8' | 'uint16';

/** value = stored · scale + min */
export interface Quantization {
  readonly scale: number;
  readonly min: number;
}

export const dtypeBytes: Readonly<Record<StoredDtype, number>> = {
  float32: 4,
  float16: 2,
  uint8: 1,
  uint16: 2,
};

/** Little-endian bytes as float32; a view into them where they already are that, and suitably aligned. */
export function decodeValues(
  bytes: Uint8Array,
  dtype: StoredDtype,
  quantization: Quantization | null,
): Float32Array {
  if (dtype === 'float32') {
    const whole = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
    return new Float32Array(whole.buffer, whole.byteOffset, bytes.length / 4);
  }
  const stored = dtype === 'uint8' ? bytes : new Uint16Array(bytes.slice().buffer);
  if (dtype === 'float16') return fromFloat16(stored as Uint16Array);
  const { scale, min } = quantization ?? { scale: 1, min: 0 };
  return Float32Array.from(stored, (value) => value * scale + min);
}
