import { fromFloat16 } from '../bases/formats/halves';
import { toFloat16 } from './float16';
import type { LayerWeight } from './layer';
import type { ExportOptions } from './model';

type Precision = ExportOptions['weights'];

/** Whether a variable is to be stored with the precision of float16. */
export function isHalf({ exact }: LayerWeight, precision: Precision): boolean {
  return precision === 'float16' && !exact;
}

/**
 * The values of a variable as float32. h5wasm cannot write 16-bit numbers: those that are wanted so are rounded to what
 * float16 can hold, and deflating then takes the bits that have become zero; six tenths of the size are left.
 */
export function storedValues(weight: LayerWeight, precision: Precision): Float32Array {
  return isHalf(weight, precision) ? fromFloat16(toFloat16(weight.data)) : weight.data;
}
