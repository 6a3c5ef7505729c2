import { expect, test } from 'vitest';
import { Random } from '../random';
import { caffePreprocessing, GraphBuilder, type Net } from '../nets/graph';
import { resnet50 } from '../nets/resnet50';
import { sha256Hex, weightsDigest } from './digest';
import { freeze } from './freeze';
import { matchLayers, type Layer } from './names';
import type { NamedTensor, NamedTensors } from './tensors';

function tinyNet(names: readonly string[], options: Partial<Net> = {}): Net {
  const g = new GraphBuilder();
  let x = g.input();
  for (const name of names) x = g.conv(name, x, 2, { size: 1 });
  const own = {
    id: 'tiny',
    title: 'Tiny',
    inputSize: 4,
    minimumSize: 4,
    features: 2,
    parameters: 0,
    source: '',
  };
  const rest = {
    preprocessing: caffePreprocessing,
    batchNorm: { epsilon: 0.5, gamma: true },
    convBias: true,
  };
  return { ...own, ...rest, nodes: g.nodes, stages: g.stages, ...options };
}

const tensor = (shape: number[], ...data: number[]): NamedTensor => ({ shape, data: new Float32Array(data) });
const kernel = () => tensor([1, 1, 3, 2], 1, 2, 3, 4, 5, 6);
const file = (entries: Record<string, NamedTensor>): NamedTensors => new Map(Object.entries(entries));
const normalised = () => ({
  'a_conv/kernel': kernel(),
  'a_conv/bias': tensor([2], 1, -1),
  'a_bn/gamma': tensor([2], 2, 3),
  'a_bn/beta': tensor([2], 0.5, 0.25),
  'a_bn/moving_mean': tensor([2], 3, -2),
  'a_bn/moving_variance': tensor([2], 3.5, 8.5),
});

test('batch normalisation is folded with the epsilon of the net', () => {
  const { kernel, bias } = freeze(tinyNet(['a_conv']), file(normalised())).get('a_conv')!;
  expect([...kernel.data]).toEqual([1, 2, 3, 4, 5, 6]); // gamma/√(variance + 0.5) is 1 and 1
  expect([...bias.data]).toEqual([1 - 3 + 0.5, -1 + 2 + 0.25]);
});

test('a file whose batch normalisation is folded already, or that never had any', () => {
  const plain = { 'a_conv/kernel': kernel(), 'a_conv/bias': tensor([2], 1, -1) };
  for (const net of [tinyNet(['a_conv']), tinyNet(['a_conv'], { batchNorm: null })])
    expect([...freeze(net, file(plain)).get('a_conv')!.bias.data]).toEqual([1, -1]);
});

test('without gamma and without bias, as InceptionV3 is', () => {
  const rest = file(normalised());
  rest.delete('a_bn/gamma');
  rest.delete('a_conv/bias');
  const net = tinyNet(['a_conv'], { batchNorm: { epsilon: 0.5, gamma: false }, convBias: false });
  const { bias } = freeze(net, rest).get('a_conv')!;
  expect(bias.data[0]).toBeCloseTo(-3 / 2 + 0.5, 6);
});

test.each([
  ['a shape', { 'a_conv/kernel': tensor([3, 2], 1, 2, 3, 4, 5, 6) }, /kernel of a_conv/],
  ['a vector', { 'a_bn/beta': tensor([1], 1) }, /beta of a_conv/],
])('%s that does not fit is named', (_, wrong, message) => {
  const tensors = file({ ...normalised(), ...wrong });
  expect(() => freeze(tinyNet(['a_conv']), tensors)).toThrow(message);
});

test('another network is refused, saying what it has', () => {
  expect(() => freeze(resnet50, file(normalised()))).toThrow('not the weights of ResNet50');
});

test('a negative variance is damage', () => {
  const tensors = file({ ...normalised(), 'a_bn/moving_variance': tensor([2], -9, 1) });
  expect(() => freeze(tinyNet(['a_conv']), tensors)).toThrow('negative variance');
});

test('layers that Keras numbered are taken by number, wherever the counting began', () => {
  const conv: Layer = new Map([['kernel', tensor([1, 1, 1, 1], 0)]]);
  const norm: Layer = new Map([['moving_variance', tensor([1], 0)]]);
  const numbers = [10, 9, 11];
  const layers = new Map<string, Layer>(
    numbers.flatMap((n): [string, Layer][] => [
      [`conv2d_${n}`, conv],
      [`batch_normalization_v1_${n}`, norm],
    ]),
  );
  expect(matchLayers(['x', 'y', 'z'], layers)!.map(({ conv, batchNorm }) => [conv, batchNorm])).toEqual(
    [9, 10, 11].map((n) => [`conv2d_${n}`, `batch_normalization_v1_${n}`]),
  );
});

test('numbered layers are folded with the batch normalisation of the same place', () => {
  const net = tinyNet(['conv2d'], { batchNorm: { epsilon: 0.5, gamma: false }, convBias: false });
  const rest = [...Object.entries(normalised())].map(([name, value]) => [
    name.replace('a_conv', 'conv2d_95').replace('a_bn', 'batch_normalization_7'),
    value,
  ]);
  const { bias } = freeze(net, file(Object.fromEntries(rest) as Record<string, NamedTensor>)).get('conv2d')!;
  expect(bias.data[0]).toBeCloseTo(-3 / 2 + 0.5, 6);
});

test('ResNet50 under its first names, and names as HDF5 files spell them', () => {
  const random = new Random(1, 'freeze');
  const net: Net = { ...resnet50, nodes: resnet50.nodes.slice(0, 2), batchNorm: null };
  const data = Float32Array.from({ length: 7 * 7 * 3 * 64 }, () => random.normal());
  const bias = tensor([64], ...new Array<number>(64).fill(1));
  for (const [k, b] of [
    ['conv1/kernel', 'conv1/bias'],
    ['conv1_conv/conv1_conv/kernel:0', 'conv1_conv/conv1_conv/bias:0'],
    ['conv1_conv/conv1_conv_W_1:0', 'conv1_conv/conv1_conv_b_1:0'],
  ] as const)
    expect(freeze(net, file({ [k]: { shape: [7, 7, 3, 64], data }, [b]: bias })).size).toBe(1);
});

test('the digest depends on values, names and shapes, and not on where the numbers lie', async () => {
  const net = tinyNet(['a_conv']);
  const base = await weightsDigest(net, freeze(net, file(normalised())));
  expect(base).toMatch(/^[0-9a-f]{64}$/);
  expect(await weightsDigest(net, freeze(net, file(normalised())))).toBe(base);
  const changed = { ...normalised(), 'a_bn/beta': tensor([2], 0.5, 0.2500001) };
  expect(await weightsDigest(net, freeze(net, file(changed)))).not.toBe(base);
  const other = { ...net, id: 'other' };
  expect(await weightsDigest(other, freeze(net, file(normalised())))).not.toBe(base);
});

test('SHA-256 of a file', async () => {
  expect(await sha256Hex(new TextEncoder().encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});
