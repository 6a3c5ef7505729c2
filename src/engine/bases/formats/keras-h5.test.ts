import { expect, test } from 'vitest';
import { inceptionV3 } from '../../nets/inception-v3';
import { convShapes } from '../../nets/shapes';
import { freeze } from '../freeze';
import { identifyKerasFile, officialKerasFiles, readKerasH5 } from './keras-h5';
import { h5pyFile } from './keras-h5.test-file';
import { writeKerasH5, type H5Layer } from './keras-h5.test-writer';
import { refusal } from '../../fuzz.test-helper';

const floats = (...values: number[]) => ({ shape: [values.length], data: new Float32Array(values) });
const kernel = { shape: [1, 1, 2, 3], data: new Float32Array([0, 0.125, 0.25, 0.375, 0.5, 0.625]) };

test('a file written by h5py is read, with old and new names of weights', async () => {
  expect([...(await readKerasH5(h5pyFile()))]).toEqual([
    ['conv2d_1/kernel', kernel],
    ['batch_normalization_1/beta', floats(0, 0.125, 0.25)],
    ['batch_normalization_1/moving_mean', floats(0, 0.125, 0.25)],
    ['batch_normalization_1/moving_variance', floats(0, 0.125, 0.25)],
    ['block1_conv1/kernel', { ...kernel, shape: [1, 1, 3, 2] }],
    ['block1_conv1/bias', floats(0, 0.125)],
  ]);
});

const layers: H5Layer[] = [
  { name: 'input_1', weights: {} },
  { name: 'conv', weights: { 'conv/kernel:0': kernel, 'conv/bias:0': floats(1, 2, 3) } },
  {
    name: 'norm',
    weights: {
      'norm_gamma:0': floats(1),
      'norm_beta:0': floats(2),
      'norm_running_mean:0': floats(3),
      'norm_running_std:0': { shape: [1], data: new Float64Array([0.1]) },
    },
  },
];
const expected = [
  ['conv/kernel', kernel],
  ['conv/bias', floats(1, 2, 3)],
  ['norm/gamma', floats(1)],
  ['norm/beta', floats(2)],
  ['norm/moving_mean', floats(3)],
  ['norm/moving_variance', floats(0.1)],
];
test.each([
  ['weights alone', {}],
  ['weights in a model', { group: 'model_weights' }],
  ['a list in two parts', { split: 2 }],
])('%s are read', async (_, options) => {
  expect([...(await readKerasH5(await writeKerasH5(layers, options)))]).toEqual(expected);
});

test('unnamed layers, listed in any order, find their places in the beginning of InceptionV3', async () => {
  const filled = (shape: readonly number[], value: number) => ({
    shape: [...shape],
    data: new Float32Array(shape.reduce((product, side) => product * side, 1)).fill(value),
  });
  // One value a kernel tells them apart; the official file counts from 1 and lists layers by their depth.
  const end = inceptionV3.nodes.findIndex(({ name }) => name === 'mixed0') + 1;
  const net = { ...inceptionV3, nodes: inceptionV3.nodes.slice(0, end) };
  const shapes = convShapes(net);
  const made = shapes.flatMap(({ kernel: shape }, i): H5Layer[] => [
    { name: `conv2d_${i + 1}`, weights: { [`conv2d_${i + 1}/kernel:0`]: filled(shape, i) } },
    {
      name: `batch_normalization_${i + 1}`,
      weights: Object.fromEntries(
        ['beta', 'moving_mean', 'moving_variance'].map((role) => [
          `batch_normalization_${i + 1}/${role}:0`,
          filled([shape[3]], role === 'moving_variance' ? 1 - 1e-3 : i),
        ]),
      ),
    },
  ]);
  const weights = freeze(net, await readKerasH5(await writeKerasH5(made.toReversed())));
  for (const [i, { name }] of shapes.entries()) {
    expect(weights.get(name)!.kernel.data[0]).toBeCloseTo(i, 4);
    expect(weights.get(name)!.bias.data[0]).toBeCloseTo(0, 4);
  }
});

const layer = (weights: H5Layer['weights']) => writeKerasH5([{ name: 'a', weights }]);
test.each<[string, () => Uint8Array | Promise<Uint8Array>, string, RegExp]>([
  ['an empty file', () => new Uint8Array(), 'weights-corrupt', /cannot be read/],
  ['a page of text', () => new TextEncoder().encode('<!doctype html>'), 'weights-corrupt', /cannot be read/],
  ['half a file', () => h5pyFile().slice(0, 8000), 'weights-corrupt', /cannot be read/],
  [
    'a file of Keras 3',
    () => writeKerasH5(layers, { attribute: 'vars' }),
    'weights-incompatible',
    /Keras 1 and 2/,
  ],
  ['a missing layer', () => writeKerasH5(layers, { missing: 'conv' }), 'weights-corrupt', /./],
  ['a missing tensor', () => writeKerasH5(layers, { missing: 'conv/bias:0' }), 'weights-corrupt', /./],
  [
    'integers',
    () => layer({ 'a/kernel:0': { shape: [2], data: new Int32Array(2) } }),
    'weights-corrupt',
    /floating-point/,
  ],
  ['NaN', () => layer({ 'a/kernel:0': floats(NaN) }), 'weights-corrupt', /not finite/],
  [
    'one name twice',
    () => layer({ 'a/kernel:0': floats(1), 'a/kernel:1': floats(1) }),
    'weights-corrupt',
    /twice/,
  ],
])('%s is refused', async (_, write, code, message) => {
  const bytes = await write();
  const error = await refusal(() => readKerasH5(bytes));
  expect(error.code).toBe(code);
  expect(error.message).toMatch(message);
});

test('a file cut off anywhere is refused', async () => {
  const bytes = h5pyFile();
  for (let length = 0; length < bytes.length; length += 97)
    expect((await refusal(() => readKerasH5(bytes.slice(0, length)))).code).toBe('weights-corrupt');
});

test('an aborted job reads nothing', async () => {
  const error = await refusal(() => readKerasH5(h5pyFile(), { signal: AbortSignal.abort() }));
  expect(error.code).toBe('cancelled');
});

test('official files are known by size and MD5', async () => {
  expect(new Set(officialKerasFiles.map(({ base }) => base)).size).toBe(3);
  expect(await identifyKerasFile(h5pyFile())).toBeNull();
  // The size of VGG16's, and zeros.
  expect(await identifyKerasFile(new Uint8Array(58_889_256))).toBeNull();
});
