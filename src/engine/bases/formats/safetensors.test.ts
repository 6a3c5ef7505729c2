import { expect, test } from 'vitest';
import { fuzz, mutated, patience, refusal } from '../../fuzz.test-helper';
import { readSafetensors } from './safetensors';

interface Entry {
  dtype: string;
  shape: unknown;
  data_offsets: unknown;
}

/** A file of the given header and body. */
function file(header: Record<string, unknown> | string, body: Uint8Array = new Uint8Array()): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const out = new Uint8Array(8 + text.length + body.length);
  new DataView(out.buffer).setBigUint64(0, BigInt(text.length), true);
  out.set(text, 8);
  out.set(body, 8 + text.length);
  return out;
}
const bytesOf = (array: ArrayBufferView) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
const join = (...parts: ArrayBufferView[]) => new Uint8Array(parts.flatMap((part) => [...bytesOf(part)]));

const good = file(
  {
    __metadata__: { format: 'pt' },
    // Not in the order in which they lie.
    'conv/bias': { dtype: 'F16', shape: [3], data_offsets: [24, 30] },
    'conv/kernel': { dtype: 'F32', shape: [1, 1, 2, 3], data_offsets: [0, 24] },
    none: { dtype: 'F32', shape: [0, 4], data_offsets: [30, 30] },
    brain: { dtype: 'BF16', shape: [2], data_offsets: [30, 34] },
    scalar: { dtype: 'F64', shape: [], data_offsets: [34, 42] },
  },
  join(
    new Float32Array([1, 2, 3, 4, 5, 6]),
    new Uint16Array([0x3c00, 0xc000, 0x0001]),
    new Uint16Array([0x3f80, 0xc120]),
    new Float64Array([0.1]),
  ),
);

test('every floating type is read, in the order in which the tensors lie', () => {
  // An odd address: nothing may depend on alignment.
  const shifted = new Uint8Array(good.length + 1);
  shifted.set(good, 1);
  expect([...readSafetensors(shifted.subarray(1))]).toEqual([
    ['conv/kernel', { shape: [1, 1, 2, 3], data: new Float32Array([1, 2, 3, 4, 5, 6]) }],
    ['conv/bias', { shape: [3], data: new Float32Array([1, -2, 2 ** -24]) }],
    ['none', { shape: [0, 4], data: new Float32Array() }],
    ['brain', { shape: [2], data: new Float32Array([1, -10]) }],
    ['scalar', { shape: [], data: new Float32Array([0.1]) }],
  ]);
});

const one = (entry: Partial<Entry>, body = new Uint8Array(8)) =>
  file({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...entry } }, body);
const two = (first: number[], second: number[], length: number) =>
  file(
    {
      a: { dtype: 'F32', shape: [2], data_offsets: first },
      b: { dtype: 'F32', shape: [2], data_offsets: second },
    },
    new Uint8Array(length),
  );
test.each<[string, Uint8Array, RegExp]>([
  ['an empty file', new Uint8Array(), /shorter/],
  ['a header longer than the file', good.slice(0, 40), /header of/],
  ['an endless header', new Uint8Array(16).fill(255), /header of 18446744073709551615 bytes/],
  ['a header that is not JSON', file('{"a":'), /cannot be read/],
  ['a header that is a list', file('[1]'), /not an object/],
  ['a header nested too deeply', file('['.repeat(100_000)), /cannot be read/],
  ['too many tensors', file(Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [i, 0]))), /10001/],
  ['an entry that is no object', file({ a: null }), /does not describe a/],
  ['integers', one({ dtype: 'I32' }), /type I32/],
  ['a type from the prototype', one({ dtype: 'toString' }), /type toString/],
  ['a negative side', one({ shape: [-2] }), /impossible shape/],
  ['a fractional side', one({ shape: [0.5, 4] }), /impossible shape/],
  ['an immense shape', one({ shape: [2 ** 20, 2 ** 20] }), /claims/],
  ['too many dimensions', one({ shape: Array(9).fill(1) }), /9 dimensions/],
  ['a shape of other length', one({ shape: [3] }), /do not fit its shape/],
  ['three offsets', one({ data_offsets: [0, 8, 8] }), /no valid place/],
  ['offsets the wrong way round', one({ data_offsets: [8, 0] }), /no valid place/],
  ['an offset that is text', one({ data_offsets: ['0', 8] }), /no valid place/],
  ['the end cut off', good.slice(0, -1), /ends in the middle of scalar/],
  ['bytes left over', join(good, new Uint8Array(1)), /left over/],
  ['tensors that overlap', two([0, 8], [4, 12], 12), /does not begin where/],
  ['a gap between tensors', two([0, 8], [12, 20], 20), /does not begin where/],
  ['the same bytes twice', two([0, 8], [0, 8], 8), /does not begin where/],
  ['NaN', one({}, join(new Float32Array([NaN, 1]))), /not finite/],
  ['infinity', one({ dtype: 'F64', shape: [1] }, join(new Float64Array([1e300]))), /not finite/],
])('%s is refused', async (_, bytes, message) => {
  const error = await refusal(() => readSafetensors(bytes));
  expect(error.code).toBe('weights-corrupt');
  expect(error.message).toMatch(message);
});

test(
  'changed files are read or refused',
  async () => {
    const { refused } = await fuzz(mutated(good), readSafetensors, {
      count: 500,
      codes: ['weights-corrupt', 'weights-incompatible'],
    });
    expect(refused).toBeGreaterThan(100);
  },
  patience,
);
