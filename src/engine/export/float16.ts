import { HeadwayError } from '../errors';

/** From here on a number is rounded to infinity: 65520, as float32 bits. */
const overflow = 0x477ff000;
/** The least normal float16, 2⁻¹⁴, as float32 bits. */
const leastNormal = 0x38800000;

/**
 * float32 as IEEE 754 binary16, 16 bits each, rounded to nearest, ties to even. The relative error is 2⁻¹¹ at most for
 * 6 · 10⁻⁵ … 65504, and smaller numbers are off by 3 · 10⁻⁸ at most.
 * @throws HeadwayError `invalid-request` where a number is too large for it, or is none.
 */
export function toFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const halves = new Uint16Array(values.length);
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const small = new Float32Array(1);
  const smallBits = new Uint32Array(small.buffer);
  for (let i = 0; i < halves.length; i++) {
    const sign = (bits[i]! >>> 16) & 0x8000;
    const magnitude = bits[i]! & 0x7fffffff;
    if (magnitude >= overflow) throw tooLarge(values[i]!);
    if (magnitude < leastNormal) {
      // Beside 0.5, a float32 has steps of 2⁻²⁴, as the small float16 have: the addition rounds.
      small[0] = Math.abs(values[i]!) + 0.5;
      halves[i] = sign | (smallBits[0]! - 0x3f000000);
    } else {
      // The exponent's bias is 15 instead of 127; 13 bits of the fraction go.
      const roundUp = 0xfff + ((magnitude >>> 13) & 1);
      halves[i] = sign | ((magnitude - 0x38000000 + roundUp) >>> 13);
    }
  }
  return halves;
}

function tooLarge(value: number): HeadwayError {
  return new HeadwayError({
    code: 'invalid-request',
    message: 'A weight of this base does not fit into 16 bits.',
    advice: 'Export with float32 weights.',
    details: `the weight is ${value}; float16 ends at 65504`,
    why: { code: 'float16-overflow' },
  });
}
