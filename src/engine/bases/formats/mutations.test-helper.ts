import { expect } from 'vitest';
import { HeadwayError } from '../../errors';
import { Random } from '../../random';

/** A few bytes changed, a piece cut off, a piece doubled, or a 32-bit number made huge; the same for the same seed. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice();
  // Most of a file is numbers; its structure is at the ends.
  const at = () => {
    const near = random.below(Math.min(copy.length, 512));
    return [random.below(copy.length), near, copy.length - 1 - near][random.below(3)]!;
  };
  switch (random.below(6)) {
    case 0:
      return copy.slice(0, at());
    case 1:
      return new Uint8Array([...copy, ...copy.subarray(at())]);
    case 2: {
      const position = Math.min(at(), copy.length - 4);
      new DataView(copy.buffer).setUint32(
        position,
        [0xffffffff, 0x7fffffff, 0x80000000, 0x01000000][random.below(4)]!,
      );
      return copy;
    }
    default:
      for (let i = random.below(8); i >= 0; i--) copy[at()] = random.below(256);
      return copy;
  }
}

/**
 * Reads `count` mutated copies of `bytes`: each must be read or be refused with our own error, within `milliseconds`.
 * Returns how many were refused.
 */
export async function fuzz(
  bytes: Uint8Array,
  read: (mutated: Uint8Array) => unknown,
  { count, milliseconds }: { count: number; milliseconds: number },
): Promise<number> {
  const random = new Random(1, 'mutations');
  let refused = 0;
  for (let i = 0; i < count; i++) {
    const mutated = mutate(bytes, random);
    const start = performance.now();
    try {
      await read(mutated);
    } catch (error) {
      expect(error, `mutation ${i}`).toBeInstanceOf(HeadwayError);
      expect((error as HeadwayError).code).toMatch(/^weights-(corrupt|incompatible)$/);
      refused++;
    }
    expect(performance.now() - start, `time for mutation ${i}`).toBeLessThan(milliseconds);
  }
  return refused;
}

/** The error with which a reader refuses a file. */
export async function refusal(read: () => unknown): Promise<HeadwayError> {
  try {
    await read();
  } catch (error) {
    expect(error).toBeInstanceOf(HeadwayError);
    return error as HeadwayError;
  }
  throw new Error('It was read');
}
