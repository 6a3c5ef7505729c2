/** Small graphs of every kind of node, their gradients, and what those have to agree with. */
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../random';
import { GraphBuilder, caffePreprocessing, type Net, type Padding, type Size } from './graph';
import { graphPass } from './gradients';
import { runGraph, type ConvTensors } from './run';
import { convShapes, nodeShapes } from './shapes';

interface SmallConv {
  readonly kernel: Float32Array;
  readonly shape: readonly number[];
  readonly bias: Float32Array;
}

export interface SmallNet {
  readonly net: Net;
  /** [2, side, side, 3] */
  readonly input: Float32Array;
  readonly side: number;
  readonly weights: ReadonlyMap<string, SmallConv>;
  /** The gradient by the output. */
  readonly byOutput: Float32Array;
}

function netOf(side: number, build: (g: GraphBuilder, x: string) => string): Net {
  const g = new GraphBuilder();
  g.stage('end', build(g, g.input()));
  const plain = { id: 'small', title: '', minimumSize: 1, parameters: 0, features: 0, source: '' };
  return {
    ...plain,
    inputSize: side,
    preprocessing: caffePreprocessing,
    batchNorm: null,
    convBias: true,
    nodes: g.nodes,
    stages: g.stages,
  };
}

/** Numbers from one seed, so that every backend is given the same. */
export function smallNet(side: number, build: (g: GraphBuilder, x: string) => string, shift = 0): SmallNet {
  const random = new Random(side, 'gradients');
  const normal = (n: number, mean = 0) => Float32Array.from({ length: n }, () => mean + random.normal());
  const net = netOf(side, build);
  const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
  const weights = convShapes(net).map(({ name, kernel }) => {
    const scale = 1 / Math.sqrt(kernel[0] * kernel[1] * kernel[2]);
    const values = normal(size(kernel)).map((value) => value * scale);
    return [name, { kernel: values, shape: [...kernel], bias: normal(kernel[3]) }] as const;
  });
  return {
    net,
    side,
    input: normal(2 * side * side * 3, shift),
    weights: new Map(weights),
    byOutput: normal(2 * size(nodeShapes(net, side).get(net.stages[0]!.node)!)),
  };
}

const conv =
  (size: Size, stride: number, padding: Padding, relu = false) =>
  (g: GraphBuilder, x: string) =>
    g.conv('conv', x, 4, { size, stride, padding, relu });
const pool =
  (kind: 'maxPool' | 'averagePool', size: number, stride: number, padding: Padding) =>
  (g: GraphBuilder, x: string) =>
    g[kind]('pool', x, { size, stride, padding });

/** A residual block and an Inception module at small, an explicitly padded pool between them. */
function whole(g: GraphBuilder, input: string): string {
  let x = g.conv('stem', input, 6, { size: 3, stride: 2, padding: 1 });
  x = g.maxPool('pool', x, { size: 3, stride: 2, padding: 1 });
  const shortcut = g.conv('shortcut', x, 8, { size: 1, padding: 'valid', relu: false });
  x = g.conv('narrow', x, 4, { size: 1 });
  x = g.conv('wide', x, 8, { size: 3, relu: false });
  x = g.add('sum', shortcut, x, true);
  x = g.concat('module', [
    g.conv('row', g.conv('column', x, 4, { size: [3, 1] }), 4, { size: [1, 3] }),
    g.conv('pooled', g.averagePool('average', x, { size: 3, stride: 1, padding: 'same' }), 3, { size: 1 }),
    g.maxPool('most', x, { size: 3, stride: 1, padding: 'same' }),
  ]);
  return g.globalAveragePool('mean', x);
}

export const smallNets: Readonly<Record<string, () => SmallNet>> = {
  'convolution 3 × 3, same': () => smallNet(5, conv(3, 1, 'same')),
  'convolution 3 × 3 with relu': () => smallNet(5, conv(3, 1, 'same', true)),
  'convolution 3 × 3, stride 2, same, even side': () => smallNet(6, conv(3, 2, 'same')),
  'convolution 3 × 3, stride 2, valid, a row left over': () => smallNet(6, conv(3, 2, 'valid')),
  'convolution 3 × 3, stride 2, one zero around': () => smallNet(6, conv(3, 2, 1)),
  'convolution 7 × 7, stride 2, three zeros around': () => smallNet(8, conv(7, 2, 3, true)),
  'convolution 1 × 3': () => smallNet(5, conv([1, 3], 1, 'same')),
  'convolution 1 × 1, stride 2': () => smallNet(6, conv(1, 2, 'valid')),
  'max pool 2, stride 2': () => smallNet(6, pool('maxPool', 2, 2, 'valid')),
  'max pool 3, stride 2, a row left over': () => smallNet(6, pool('maxPool', 3, 2, 'valid')),
  'max pool 3, stride 2, same': () => smallNet(6, pool('maxPool', 3, 2, 'same')),
  'max pool 3, stride 2, one zero around, over negative windows': () =>
    smallNet(6, pool('maxPool', 3, 2, 1), -1),
  'max pool 3, same, over negative windows': () => smallNet(5, pool('maxPool', 3, 1, 'same'), -5),
  'average pool 3, same': () => smallNet(5, pool('averagePool', 3, 1, 'same')),
  'average pool 3, stride 2, same': () => smallNet(6, pool('averagePool', 3, 2, 'same')),
  'average pool 2, stride 2': () => smallNet(6, pool('averagePool', 2, 2, 'valid')),
  'a sum with relu': () =>
    smallNet(5, (g, x) => {
      const y = conv(1, 1, 'same')(g, x);
      return g.add('sum', y, g.conv('other', x, 4, { size: 1, relu: false }), true);
    }),
  'a concatenation that reads one node twice': () =>
    smallNet(4, (g, x) => {
      const y = conv(3, 1, 'same')(g, x);
      return g.concat('joined', [y, x, y]);
    }),
  'a global average': () => smallNet(5, (g, x) => g.globalAveragePool('mean', x)),
  'a whole small net': () => smallNet(16, whole),
};

function upload({ weights }: SmallNet): Map<string, ConvTensors> {
  return new Map(
    Array.from(weights, ([name, { kernel, shape, bias }]) => [
      name,
      { kernel: tf.tensor4d(kernel, shape as [number, number, number, number]), bias: tf.tensor1d(bias) },
    ]),
  );
}

const inputOf = ({ input, side }: SmallNet) => tf.tensor4d(input, [2, side, side, 3]);

/** Ours on the backend in use: `input`, and kernel and bias of each convolution. Holds the number of tensors. */
export async function gradientsOf(small: SmallNet): Promise<Map<string, Float32Array>> {
  const before = tf.memory().numTensors;
  const [x, weights] = [inputOf(small), upload(small)];
  const pass = graphPass(tf, small.net, weights, x);
  const byOutput = tf.tensor(small.byOutput, pass.output.shape);
  const { byWeights, byInput } = pass.backward(byOutput, { input: true });
  const out = new Map([['input', await byInput!.data<'float32'>()]]);
  for (const [name, { kernel, bias }] of byWeights) {
    out.set(`${name}/kernel`, await kernel.data<'float32'>());
    out.set(`${name}/bias`, await bias.data<'float32'>());
    tf.dispose([kernel, bias]);
  }
  pass.dispose();
  tf.dispose([x, byOutput, byInput!]);
  for (const { kernel, bias } of weights.values()) tf.dispose([kernel, bias]);
  if (tf.memory().numTensors !== before)
    throw new Error(`${tf.memory().numTensors - before} tensors were left behind`);
  return out;
}

/** tfjs' own gradients of the same graph, by its tape: on the cpu backend only. */
export function tapeGradients(small: SmallNet): Map<string, Float32Array> {
  const weights = upload(small);
  const names = [...weights.keys()];
  const variables = [
    inputOf(small),
    ...names.flatMap((name) => Object.values(weights.get(name)!) as tf.Tensor[]),
  ];
  const score = (...given: tf.Tensor[]): tf.Scalar => {
    const replaced = new Map(
      names.map((name, i) => [
        name,
        { kernel: given[1 + 2 * i] as tf.Tensor4D, bias: given[2 + 2 * i] as tf.Tensor1D },
      ]),
    );
    const output = runGraph(tf, small.net, replaced, given[0] as tf.Tensor4D);
    return tf.sum(tf.mul(output, tf.tensor(small.byOutput, output.shape)));
  };
  const found = tf.tidy(() =>
    tf
      .grads(score)(variables)
      .map((tensor) => tensor.dataSync<'float32'>()),
  );
  const keys = ['input', ...names.flatMap((name) => [`${name}/kernel`, `${name}/bias`])];
  tf.dispose(variables);
  return new Map(keys.map((key, i) => [key, found[i]!]));
}

/** Σ output · byOutput on the cpu backend, summed in double precision. */
function value(small: SmallNet): number {
  const [x, weights] = [inputOf(small), upload(small)];
  const output = runGraph(tf, small.net, weights, x);
  const values = output.dataSync<'float32'>();
  tf.dispose([x, output]);
  for (const { kernel, bias } of weights.values()) tf.dispose([kernel, bias]);
  return values.reduce((sum, v, i) => sum + v * small.byOutput[i]!, 0);
}

function changed(small: SmallNet, key: string, by: (old: number, i: number) => number): SmallNet {
  if (key === 'input') return { ...small, input: small.input.map(by) };
  const [name, part] = key.split('/') as [string, 'kernel' | 'bias'];
  const own = small.weights.get(name)!;
  return { ...small, weights: new Map(small.weights).set(name, { ...own, [part]: own[part].map(by) }) };
}

/**
 * Central differences along the gradient itself, relative to its length: 0 where it is right. Along it, and not along
 * one axis, float32's rounding is small beside the change.
 */
export function differenceError(small: SmallNet, key: string, gradient: Float32Array): number {
  const length = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
  if (length === 0) return 0;
  const step = 2e-3;
  const moved = (sign: number) =>
    value(changed(small, key, (old, i) => old + (sign * step * gradient[i]!) / length));
  return Math.abs((moved(1) - moved(-1)) / (2 * step) / length - 1);
}

/** The largest difference over the largest number. */
export function relativeDifference(a: Float32Array, b: Float32Array): number {
  const largest = b.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-12);
  return a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]!)), 0) / largest;
}
