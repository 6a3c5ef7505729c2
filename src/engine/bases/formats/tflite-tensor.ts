import type { NamedTensor } from '../tensors';
import { corrupt, elementCount, requireFinite } from './checks';
import { fromFloat16 } from './halves';
import { format } from './tflite-flatbuffer';
import type { TfliteTensor } from './tflite-model';

const arrays = {
  0: Float32Array,
  1: Uint16Array,
  2: Int32Array,
  3: Uint8Array,
  9: Int8Array,
} as const;

/**
 * A constant of the file in its own layout, as float32. Integers are dequantised: one scale for the tensor, or one
 * for each index of one dimension. Throws `weights-corrupt`.
 */
export function dequantise(tensor: TfliteTensor): NamedTensor {
  const { name, shape, type } = tensor;
  const count = elementCount(format, name, shape);
  const ArrayType = Object.hasOwn(arrays, type) ? arrays[type as keyof typeof arrays] : null;
  if (!ArrayType) throw corrupt(format, `${name} is of the type ${type}, which weights cannot have`);
  if (tensor.bytes.length !== count * ArrayType.BYTES_PER_ELEMENT)
    throw corrupt(format, `${name} has ${tensor.bytes.length} bytes, which do not fit its shape`);
  // A copy, because vectors in a flatbuffer need not be aligned for their type.
  const stored = new ArrayType(tensor.bytes.slice().buffer);
  const data =
    stored instanceof Float32Array
      ? stored
      : stored instanceof Uint16Array
        ? fromFloat16(stored)
        : scaled(tensor, stored);
  return { shape, data: requireFinite(format, name, data) };
}

function scaled(tensor: TfliteTensor, stored: Int32Array | Uint8Array | Int8Array): Float32Array {
  const { name, shape, scale, zeroPoint, dimension } = tensor;
  if (scale.length === 0 || (zeroPoint.length !== scale.length && zeroPoint.length > 0))
    throw corrupt(format, `${name} holds integers without their scale`);
  if (scale.length > 1 && scale.length !== shape[dimension])
    throw corrupt(format, `${name} has ${scale.length} scales, which do not fit its shape`);
  // Element i belongs to index ⌊i / inner⌋ mod (number of scales) of the quantised dimension.
  const inner =
    scale.length === 1
      ? stored.length
      : shape.slice(dimension + 1).reduce((product, side) => product * side, 1);
  const out = new Float32Array(stored.length);
  for (let begin = 0, index = 0; begin < out.length; begin += inner, index++) {
    const factor = scale[index % scale.length]!;
    const zero = zeroPoint[index % scale.length] ?? 0;
    for (let i = begin; i < begin + inner; i++) out[i] = factor * (stored[i]! - zero);
  }
  return out;
}

/** [out, height, width, in], as tflite keeps a kernel, → [height, width, in, out]. Throws `weights-corrupt`. */
export function toHwio({ shape, data }: NamedTensor, name: string): NamedTensor {
  if (shape.length !== 4) throw corrupt(format, `the kernel of ${name} has ${shape.length} dimensions`);
  const [filters, height, width, channels] = shape as [number, number, number, number];
  const rows = height * width * channels;
  const out = new Float32Array(data.length);
  for (let o = 0; o < filters; o++)
    for (let row = 0; row < rows; row++) out[row * filters + o] = data[o * rows + row]!;
  return { shape: [height, width, channels, filters], data: out };
}
