import { toFloat16 } from '../float16';
import type { LayerWeight } from '../layer';
import type { ExportOptions } from '../model';
import { TensorProto_DataType as DataType } from './onnx-pb';

/** A constant of the graph, made when it is written: a model is never held twice. */
export interface Initializer {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: DataType;
  /** How long `data()` will be. */
  readonly bytes: number;
  /** Row-major, little-endian. */
  data(): Uint8Array;
}

/** Convolution kernels [height, width, in, out] become [out, in, height, width]; everything else stays as it is. */
export function weightInitializer(
  name: string,
  { shape, data, exact }: LayerWeight,
  weights: ExportOptions['weights'],
): Initializer {
  const half = weights === 'float16' && !exact;
  const [height, width, channels, filters] = shape;
  return {
    name,
    dims: shape.length === 4 ? [filters!, channels!, height!, width!] : shape,
    dataType: half ? DataType.FLOAT16 : DataType.FLOAT,
    bytes: data.length * (half ? 2 : 4),
    data() {
      const values = shape.length === 4 ? filtersFirst(shape, data) : data;
      return bytesOf(half ? toFloat16(values) : values);
    },
  };
}

export function int64Initializer(name: string, values: readonly number[]): Initializer {
  const data = BigInt64Array.from(values, BigInt);
  return {
    name,
    dims: [values.length],
    dataType: DataType.INT64,
    bytes: data.byteLength,
    data: () => bytesOf(data),
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** [height, width, in, out] → [out, in, height, width] */
function filtersFirst(shape: readonly number[], data: Float32Array): Float32Array {
  const [height, width, channels, filters] = shape as [number, number, number, number];
  const area = height * width;
  const moved = new Float32Array(data.length);
  let from = 0;
  for (let at = 0; at < area; at++)
    for (let c = 0; c < channels; c++)
      for (let f = 0; f < filters; f++) moved[(f * channels + c) * area + at] = data[from++]!;
  return moved;
}
