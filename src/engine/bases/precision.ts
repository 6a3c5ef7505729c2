import { safetensorsDtypes } from './formats/safetensors';
import { parseManifest } from './formats/tfjs-layers';
import { parseTflite } from './formats/tflite-model';
import type { Precision, WeightFormat } from './sources';

const safetensors = { F64: 'float32', F32: 'float32', F16: 'float16', BF16: 'float16' } as const;
/** By TensorType of the schema. */
const tflite: Readonly<Record<number, Precision>> = { 1: 'float16', 3: 'uint8', 9: 'int8' };
const coarsestFirst: readonly Precision[] = ['uint8', 'int8', 'uint16', 'float16'];

/** The coarsest type that the weights of a readable file have; `main` is the file, or the `model.json`. */
export function storedPrecision(format: WeightFormat, main: Uint8Array): Precision {
  const found = new Set<Precision | undefined>(types(format, main));
  return coarsestFirst.find((precision) => found.has(precision)) ?? 'float32';
}

function types(format: WeightFormat, main: Uint8Array): (Precision | undefined)[] {
  switch (format) {
    case 'keras-h5':
      return [];
    case 'safetensors':
      return Array.from(safetensorsDtypes(main), (dtype) => safetensors[dtype]);
    case 'tfjs-layers':
      return parseManifest(main).flatMap(({ weights }) => weights.map(({ dtype }) => dtype));
    case 'tflite':
      // What is computed has no bytes: only constants count, and of those only kernels are coarse.
      return parseTflite(main)
        .tensors.filter(({ bytes, shape }) => bytes.length > 0 && shape.length === 4)
        .map(({ type }) => tflite[type]);
  }
}
