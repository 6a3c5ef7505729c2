import { expect, test } from 'vitest';
import { GraphBuilder, tfPreprocessing, type Net, type NetNode } from '../../nets/graph';
import { convShapes } from '../../nets/shapes';
import { vgg16 } from '../../nets/vgg16';
import { Random } from '../../random';
import { freeze } from '../freeze';
import type { ConvWeights } from '../tensors';
import { fuzz, mutated, patience, refusal } from '../../fuzz.test-helper';
import { frozenFromTflite, readTflite } from './tflite';
import { writeTflite, type WriterOptions } from './tflite.test-writer';

/** Two branches with first layers that look alike, as in InceptionV3: only the concatenation tells them apart. */
function branched(): Net {
  const g = new GraphBuilder();
  const x = g.conv('stem', g.input(), 6, { size: 3, stride: 2, padding: 'valid' });
  const a = g.conv('a', x, 4, { size: 1 });
  const b = g.conv('b2', g.conv('b1', x, 4, { size: 1 }), 4, { size: [1, 3] });
  const c = g.averagePool('pool', x, { size: 3, stride: 1, padding: 'same' });
  const joined = g.concat('joined', [b, a, g.conv('c', c, 2, { size: 1, relu: false })]);
  g.stage('avg_pool', g.globalAveragePool('avg_pool', g.maxPool('max', joined, { size: 2, stride: 2 })));
  return {
    id: 'tiny',
    title: 'Tiny',
    inputSize: 13,
    minimumSize: 7,
    preprocessing: tfPreprocessing,
    batchNorm: null,
    convBias: true,
    features: 10,
    parameters: 0,
    source: '',
    nodes: g.nodes,
    stages: g.stages,
  };
}
const net = branched();
const random = new Random(3, 'weights');
/** Multiples of 1/8 are exact in every format. */
const tensor = (shape: readonly number[]) => {
  const count = shape.reduce((product, side) => product * side, 1);
  return { shape, data: Float32Array.from({ length: count }, () => (random.below(64) - 32) / 8) };
};
const weights = new Map<string, ConvWeights>();
for (const { name, kernel } of convShapes(net))
  weights.set(name, { kernel: tensor(kernel), bias: tensor([kernel[3]]) });
const top = { kernel: tensor([10, 3]), bias: tensor([3]) };

const formats: WriterOptions[] = [
  { stored: 'float32' },
  { stored: 'float32', relu: 'separate' },
  { stored: 'float16' },
  { stored: 'uint8' },
  { stored: 'uint8', relu: 'implicit' },
  { stored: 'int8', relu: 'implicit' },
];
test.each(formats)('what was written is read back: %o', (options) => {
  const read = frozenFromTflite(net, writeTflite(net, weights, { ...options, top }));
  expect([...read.weights.keys()]).toEqual([...weights.keys()]);
  for (const [name, { kernel, bias }] of read.weights) {
    expect(kernel.shape).toEqual(weights.get(name)!.kernel.shape);
    expect(kernel.data).toEqual(weights.get(name)!.kernel.data);
    expect(bias).toEqual(weights.get(name)!.bias);
  }
  expect(read.top).toEqual(top);
});

test('as named tensors it passes the way of every other format', () => {
  const bytes = writeTflite(net, weights, { stored: 'uint8', top });
  expect(freeze(net, readTflite(net, bytes))).toEqual(frozenFromTflite(net, bytes).weights);
});

test('a file without a classifier has no top', () => {
  expect(frozenFromTflite(net, writeTflite(net, weights, { stored: 'float32' })).top).toBeNull();
});

/** The net as it is, but for one node. */
const changed = (name: string, change: Record<string, unknown>) => (node: NetNode) =>
  node.name === name ? { ...node, ...change } : node;
test.each([
  ['stride', changed('a', { stride: 2 }), /a has another window/],
  ['padding', changed('stem', { padding: 'same' }), /stem has another window/],
  ['size of a pool', changed('pool', { size: 5 }), /pool has another window/],
  ['kind of pool', changed('max', { op: 'average-pool' }), /max is made by average-pool/],
  ['order of branches', changed('joined', { inputs: ['a', 'b2', 'c'] }), /b2 is \[1, 1|b1|another/],
  ['number of branches', changed('joined', { inputs: ['b2', 'a'] }), /joins 2/],
  ['activation', changed('a', { relu: false }), /a has another activation/],
  ['input of a branch', changed('b1', { input: 'a' }), /two places|is made by|\[/],
])('another %s is refused', async (_, tamper, details) => {
  const bytes = writeTflite(net, weights, { stored: 'float32', tamper });
  const error = await refusal(() => frozenFromTflite(net, bytes));
  expect(error.code).toBe('weights-incompatible');
  expect(error.details).toMatch(details);
});

test('another network is refused', () => {
  const bytes = writeTflite(net, weights, { stored: 'uint8', top });
  expect(() => frozenFromTflite(vgg16, bytes)).toThrow(
    expect.objectContaining({ code: 'weights-incompatible' }),
  );
});

test.each([
  ['nothing', new Uint8Array()],
  ['zeros', new Uint8Array(64)],
  ['text', new TextEncoder().encode('<!doctype html><title>Not found</title>')],
  ['an offset outside', new Uint8Array([255, 255, 255, 127, 0x54, 0x46, 0x4c, 0x33])],
])('%s is not a tflite file', (_, bytes) => {
  expect(() => frozenFromTflite(net, bytes)).toThrow(expect.objectContaining({ code: 'weights-corrupt' }));
});

test('values that are not numbers are refused', () => {
  const broken = new Map(weights);
  broken.set('a', { ...weights.get('a')!, bias: { shape: [4], data: new Float32Array([1, NaN, 2, 3]) } });
  expect(() => frozenFromTflite(net, writeTflite(net, broken, { stored: 'float32' }))).toThrow(/not finite/);
});

test(
  'changed files are read or refused',
  async () => {
    const bytes = writeTflite(net, weights, { stored: 'uint8', relu: 'implicit', top });
    const { read, refused } = await fuzz(mutated(bytes), (file) => frozenFromTflite(net, file), {
      count: 500,
      codes: ['weights-corrupt', 'weights-incompatible'],
    });
    expect(read).toBeGreaterThan(10);
    expect(refused).toBeGreaterThan(100);
  },
  patience,
);
