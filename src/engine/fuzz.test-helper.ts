import fc from 'fast-check';
import { expect } from 'vitest';
import { HeadwayError, type ErrorCode } from './errors';

/** `npm run fuzz` asks for many, with a seed of its own; the tests for a few, always the same. */
const asked = Number(import.meta.env.VITE_FUZZ_RUNS ?? 0);
const seed = Number(import.meta.env.VITE_FUZZ_SEED ?? 1);

type Edit = (bytes: Uint8Array) => Uint8Array;

/** Where to edit a file, as a share of it: its structure is at the ends more often than in the middle. */
const place = fc.oneof(
  fc.double({ min: 0, max: 0.02, noNaN: true }),
  fc.double({ min: 0.98, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const at = (bytes: Uint8Array, where: number) =>
  Math.min(bytes.length, Math.floor(where * (bytes.length + 1)));
const joined = (...parts: Uint8Array[]) => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
};
const overwritten = (bytes: Uint8Array, from: number, by: Uint8Array) =>
  joined(bytes.subarray(0, from), by, bytes.subarray(from + by.length)).subarray(0, bytes.length);

/** Numbers at which sizes, counts and offsets break. */
const edges = [
  0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];
const word = fc
  .record({ value: fc.constantFrom(...edges), bytes: fc.constantFrom(1, 2, 4, 8), little: fc.boolean() })
  .map(({ value, bytes, little }) => {
    const word = Uint8Array.from({ length: bytes }, (_, i) => Math.floor(value / 2 ** (8 * i)) % 256);
    return little ? word : word.reverse();
  });
/** What stands for a value where a file has text: out of range, of another type, or of JavaScript's own names. */
const words = [
  '-1',
  '1e308',
  '0.5',
  'null',
  '[]',
  '{}',
  '"__proto__"',
  '"../x"',
  '99999999999',
  '[[[[',
  '"\\u0000"',
];
const text = fc.constantFrom(...words).map((value) => new TextEncoder().encode(value));

const edit: fc.Arbitrary<Edit> = fc
  .oneof(
    { arbitrary: fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 8 })), weight: 3 },
    { arbitrary: fc.tuple(place, word), weight: 3 },
  )
  .map(
    ([where, by]): Edit =>
      (bytes) =>
        overwritten(bytes, at(bytes, where), by),
  );
const reshaping: fc.Arbitrary<Edit> = fc.oneof(
  place.map(
    (where): Edit =>
      (bytes) =>
        bytes.slice(0, at(bytes, where)),
  ),
  fc.tuple(place, place).map(
    ([from, to]): Edit =>
      (bytes) =>
        joined(
          bytes.subarray(0, at(bytes, Math.min(from, to))),
          bytes.subarray(at(bytes, Math.max(from, to))),
        ),
  ),
  fc.tuple(place, place, place).map(([from, to, where]): Edit => (bytes) => {
    const piece = bytes.subarray(at(bytes, Math.min(from, to)), at(bytes, Math.max(from, to)));
    return joined(bytes.subarray(0, at(bytes, where)), piece, bytes.subarray(at(bytes, where)));
  }),
  // The n-th number or string of a text becomes another.
  fc.tuple(fc.nat(200), text).map(([n, by]): Edit => (bytes) => {
    const source = Array.from(bytes.subarray(0, 2 ** 16), (byte) => String.fromCharCode(byte)).join('');
    const values = [...source.matchAll(/-?\d+(?:\.\d+)?|"[^"\\]{0,40}"/g)];
    const value = values[n % Math.max(1, values.length)];
    if (value === undefined) return bytes;
    return joined(bytes.subarray(0, value.index), by, bytes.subarray(value.index + value[0].length));
  }),
);

/** One of `files`, changed in one to six places. */
export function mutated(...files: readonly Uint8Array[]): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const edits = fc.array(fc.oneof({ arbitrary: edit, weight: 3 }, { arbitrary: reshaping, weight: 2 }), {
    minLength: 1,
    maxLength: 6,
  });
  return fc
    .tuple(fc.constantFrom(...files), edits)
    .map(([file, list]) => Uint8Array.from(list.reduce((bytes, change) => change(bytes), file)));
}

interface Bounds {
  /** In the tests; `npm run fuzz` asks for its own number. */
  readonly count: number;
  /** The codes that the reader may refuse a file with. */
  readonly codes: readonly ErrorCode[];
  /** The longest that one may take: far above what is usual, for a machine that is busy. */
  readonly milliseconds?: number;
}

/** What one reading may leave behind; garbage of earlier ones included, so generous. */
const mostBytes = 2 ** 30;

/**
 * Reads changed files: each is read, or refused with one of our own errors, within time and memory. Returns how many
 * were read and how many refused.
 */
export async function fuzz<T>(
  files: fc.Arbitrary<T>,
  read: (file: T) => unknown,
  { count, codes, milliseconds = 5000 }: Bounds,
): Promise<{ readonly read: number; readonly refused: number }> {
  const outcome = { read: 0, refused: 0 };
  const before = memory();
  const property = fc.asyncProperty(files, async (file) => {
    const start = performance.now();
    try {
      await read(file);
      outcome.read++;
    } catch (error) {
      if (!(error instanceof HeadwayError)) throw error;
      expect(codes).toContain(error.code);
      outcome.refused++;
    }
    expect(performance.now() - start).toBeLessThan(milliseconds);
    expect(memory() - before).toBeLessThan(mostBytes);
  });
  await fc.assert(property, { numRuns: asked || count, seed });
  if (asked > 0) console.info(`seed ${seed}: ${outcome.read} read, ${outcome.refused} refused`);
  return outcome;
}

/** Bytes in use; 0 where nobody tells. */
function memory(): number {
  const { process } = globalThis as {
    process?: { memoryUsage?: () => { heapUsed: number; arrayBuffers: number } };
  };
  const usage = process?.memoryUsage?.();
  return usage === undefined ? 0 : usage.heapUsed + usage.arrayBuffers;
}

/** Milliseconds that a test of so many files may take. */
export const patience = asked > 0 ? 1_800_000 : 60_000;

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
