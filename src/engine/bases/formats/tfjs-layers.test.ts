import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzz, mutated, patience } from '../../fuzz.test-helper';
import { parseManifest, readTfjsLayers } from './tfjs-layers';

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const bytesOf = (...values: ArrayBufferView[]) =>
  new Uint8Array(
    values.flatMap(({ buffer, byteOffset, byteLength }) => [
      ...new Uint8Array(buffer, byteOffset, byteLength),
    ]),
  );
const kernel = { name: 'a/kernel', shape: [2, 2], dtype: 'float32' };
const manifest = (weights: object[], paths = ['x.bin', 'y.bin']) =>
  encode({ weightsManifest: [{ paths, weights }] });
const values = new Float32Array([1, -2, 3.5, 4]);

/** The bytes in two files, cut in the middle of a value. */
const split = (bytes: Uint8Array, at = 5) =>
  new Map([
    ['x.bin', bytes.slice(0, at)],
    ['y.bin', bytes.slice(at)],
  ]);

test('float32 across shards', () => {
  const tensors = readTfjsLayers(manifest([kernel]), split(bytesOf(values)));
  expect([...tensors]).toEqual([['a/kernel', { shape: [2, 2], data: values }]]);
});

test('float16, uint8 and uint16, each as tfjs stores it', () => {
  const weights = [
    { ...kernel, name: 'half', quantization: { dtype: 'float16', original_dtype: 'float32' } },
    {
      ...kernel,
      name: 'byte',
      quantization: { dtype: 'uint8', scale: 0.5, min: -1, original_dtype: 'float32' },
    },
    { ...kernel, name: 'word', quantization: { dtype: 'uint16', scale: 2, min: 1 } },
  ];
  const bytes = bytesOf(
    new Uint16Array([0x3c00, 0xc000, 0x3555, 0x0001]),
    new Uint8Array([0, 1, 2, 255]),
    new Uint16Array([0, 1, 2, 65535]),
  );
  const tensors = readTfjsLayers(manifest(weights), split(bytes));
  expect(tensors.get('half')!.data).toEqual(new Float32Array([1, -2, 0.333251953125, 2 ** -24]));
  expect(tensors.get('byte')!.data).toEqual(new Float32Array([-1, -0.5, 0, 126.5]));
  expect(tensors.get('word')!.data).toEqual(new Float32Array([1, 3, 5, 131071]));
});

test('only the leading files of a model whose top is not wanted', () => {
  const weights = [kernel, { ...kernel, name: 'top/kernel' }];
  const files = new Map([['x.bin', bytesOf(values, new Float32Array([9]))]]);
  const tensors = readTfjsLayers(manifest(weights), files, { leadingFilesOnly: true });
  expect([...tensors.keys()]).toEqual(['a/kernel']);
});

const none = new Map<string, Uint8Array>();
const bad: [string, Uint8Array, Map<string, Uint8Array>, RegExp][] = [
  ['no JSON', new Uint8Array([123]), none, /not JSON/],
  ['no manifest', encode({}), none, /no weightsManifest/],
  ['a missing shard', manifest([kernel]), new Map([['x.bin', bytesOf(values)]]), /y\.bin is missing/],
  ['too few bytes', manifest([kernel]), split(bytesOf(values.slice(1))), /ends at byte 16 of 12/],
  ['too many bytes', manifest([kernel]), split(bytesOf(values, values)), /16 bytes are left over/],
  [
    'not a number',
    manifest([kernel]),
    split(bytesOf(new Float32Array([1, NaN, 2, 3]))),
    /not finite numbers/,
  ],
  [
    'an infinity',
    manifest([kernel]),
    split(bytesOf(new Float32Array([1, Infinity, 2, 3]))),
    /not finite numbers/,
  ],
  ['the same name twice', manifest([kernel, kernel]), none, /two tensors/],
  ['a negative length', manifest([{ ...kernel, shape: [-1] }]), none, /impossible shape/],
  ['a gigantic shape', manifest([{ ...kernel, shape: [1e9, 1e9] }]), none, /claims/],
  ['a string tensor', manifest([{ ...kernel, dtype: 'string' }]), none, /only float32/],
  ['a path upwards', manifest([kernel], ['../secret']), none, /a file is called/],
  ['another host', manifest([kernel], ['https://example.com/x']), none, /a file is called/],
];
test.each(bad)('%s is refused', (_, json, files, details) => {
  let error: unknown;
  try {
    readTfjsLayers(json, files);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ code: 'weights-corrupt' });
  expect(String(error)).toMatch(details);
});

test('names of JavaScript are only names', () => {
  const [group] = parseManifest(manifest([{ ...kernel, name: '__proto__' }]));
  expect(group!.weights[0]!.name).toBe('__proto__');
  expect(readTfjsLayers(manifest([{ ...kernel, name: '__proto__' }]), split(bytesOf(values))).size).toBe(1);
});

test(
  'changed manifests and shards are read or refused',
  async () => {
    const quantization = { dtype: 'uint8', scale: 0.5, min: -1, original_dtype: 'float32' };
    const json = manifest([kernel, { ...kernel, name: 'b/kernel', quantization }]);
    const shards = bytesOf(values, Uint8Array.of(0, 1, 2, 255));
    const { read, refused } = await fuzz(
      fc.tuple(fc.oneof(mutated(json), fc.constant(json)), fc.oneof(mutated(shards), fc.constant(shards))),
      ([model, data]) => readTfjsLayers(model, split(data)),
      { count: 500, codes: ['weights-corrupt'] },
    );
    expect(read).toBeGreaterThan(10);
    expect(refused).toBeGreaterThan(100);
  },
  patience,
);
