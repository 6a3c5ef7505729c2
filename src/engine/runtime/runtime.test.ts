/** Kernels of our own against tfjs' cpu backend, in Node and on one thread. */
import { setFlagsFromString } from 'node:v8';
import * as tf from '@tensorflow/tfjs-core';
// The whole of tfjs: it brings the cpu backend.
import '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import type { CutOutput } from '../bases/runner';
import { nets, type BaseId } from '../nets';
import { caffePreprocessing, GraphBuilder, type Net } from '../nets/graph';
import { runStages } from '../nets/run';
import { convShapes, nodeShapes } from '../nets/shapes';
import { Random } from '../random';
import { NetRuntime } from './runtime';
import { kernelsRun } from './support';

beforeAll(async () => {
  // Node 20 has relaxed SIMD behind a flag, Chrome since 114 without one.
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  await tf.setBackend('cpu');
});

/** A net of one's own; every stage is a cut. */
function netOf(build: (g: GraphBuilder, input: string) => void): Net {
  const g = new GraphBuilder();
  build(g, g.input());
  return {
    ...{ id: 'small', title: 'Small', inputSize: 23, minimumSize: 1, features: 8, parameters: 0, source: '' },
    ...{ preprocessing: caffePreprocessing, batchNorm: null, convBias: true },
    nodes: g.nodes,
    stages: g.stages,
  };
}

/** Uniform, with the variance that keeps activations as they are. */
function randomWeights(net: Net) {
  const random = new Random(1, 'weights');
  const uniform = (shape: readonly number[], most: number) => {
    const length = shape.reduce((product, side) => product * side, 1);
    return { shape, data: new Float32Array(length).map(() => most * (2 * random.uniform() - 1)) };
  };
  return new Map(
    convShapes(net).map(({ name, kernel }) => {
      const seen = kernel[0] * kernel[1] * kernel[2];
      return [name, { kernel: uniform(kernel, Math.sqrt(6 / seen)), bias: uniform([kernel[3]], 0.1) }];
    }),
  );
}

function pixels(images: number, side: number): Float32Array {
  const random = new Random(2, 'pixels');
  return Float32Array.from({ length: images * side * side * 3 }, () => 2 * random.uniform() - 1);
}

/** The largest difference from tfjs at any wanted cut, over the largest value there. */
async function difference(
  net: Net,
  images: number,
  side: number,
  wanted: readonly CutOutput[],
): Promise<number> {
  const input = pixels(images, side);
  const weights = randomWeights(net);
  const runtime = await NetRuntime.start(net, weights, 1);
  const mine = await runtime.run(input, images, side, wanted);
  return tf.tidy(() => {
    const tensors = new Map(
      [...weights].map(([name, { kernel, bias }]) => {
        const shape = kernel.shape as [number, number, number, number];
        return [name, { kernel: tf.tensor4d(kernel.data, shape), bias: tf.tensor1d(bias.data) }];
      }),
    );
    const stages = wanted.map(({ cut }) => cut);
    const outputs = runStages(tf, net, tensors, tf.tensor4d(input, [images, side, side, 3]), stages);
    return outputs.reduce((worst, output, i) => {
      const expected = wanted[i]!.form === 'map' || output.rank === 2 ? output : tf.mean(output, [1, 2]);
      const values = expected.dataSync<'float32'>();
      expect(mine[i]).toHaveLength(values.length);
      let [most, largest] = [0, 0];
      for (const [k, value] of values.entries()) {
        most = Math.max(most, Math.abs(value - mine[i]![k]!));
        largest = Math.max(largest, Math.abs(value));
      }
      return Math.max(worst, most / largest);
    }, 0);
  });
}

test('Node has what the kernels need, with its flag', () => {
  expect(kernelsRun()).toBe(true);
});

const kinds: Record<string, (g: GraphBuilder, x: string) => string> = {
  '3×3, stride 2, padded by hand': (g, x) => g.conv('c', x, 16, { size: 3, stride: 2, padding: 1 }),
  '3×3, stride 2, valid': (g, x) => g.conv('c', x, 8, { size: 3, stride: 2, padding: 'valid' }),
  '7×7, stride 2, same': (g, x) => g.conv('c', x, 8, { size: 7, stride: 2, relu: false }),
  '1×7 after 7×1': (g, x) => g.conv('c', g.conv('b', x, 16, { size: [7, 1] }), 8, { size: [1, 7] }),
  '1×1, stride 2': (g, x) => g.conv('c', g.conv('b', x, 24, { size: 1 }), 8, { size: 1, stride: 2 }),
  'winograd, same': (g, x) => g.conv('c', g.conv('b', x, 16, { size: 1 }), 24, { size: 3 }),
  'winograd, valid, no relu': (g, x) =>
    g.conv('c', g.conv('b', x, 8, { size: 1 }), 16, { size: 3, padding: 'valid', relu: false }),
  'max pool, padded with zeros over negative values': (g, x) =>
    g.maxPool('p', g.conv('b', x, 8, { size: 1, relu: false }), { size: 3, stride: 2, padding: 1 }),
  'max pool, valid': (g, x) => g.maxPool('p', g.conv('b', x, 8, { size: 1 }), { size: 3, stride: 2 }),
  'average pool, padding left out': (g, x) =>
    g.averagePool('p', g.conv('b', x, 8, { size: 1 }), { size: 3, stride: 1, padding: 'same' }),
  'sum with relu of two convolutions': (g, x) => {
    const a = g.conv('a', x, 8, { size: 1, relu: false });
    const b = g.conv('b', g.conv('n', x, 16, { size: 1 }), 8, { size: 1, relu: false });
    return g.add('s', a, b, true);
  },
  'a concatenation within one, of four kinds': (g, x) => {
    const base = g.conv('base', x, 8, { size: 1 });
    const inner = g.concat('inner', [
      g.conv('w', base, 8, { size: 3 }),
      g.averagePool('p', base, { size: 3, stride: 1, padding: 'same' }),
    ]);
    return g.concat('outer', [
      g.conv('row', base, 16, { size: [1, 3] }),
      inner,
      g.conv('one', base, 8, { size: 1 }),
    ]);
  },
};

test.each(Object.keys(kinds))('%s', async (name) => {
  const net = netOf((g, input) => {
    g.stage('node', kinds[name]!(g, input));
    g.stage('mean', g.globalAveragePool('mean', g.stages[0]!.node));
  });
  const both: CutOutput[] = [{ cut: 'node', form: 'map' }, { cut: 'node' }, { cut: 'mean' }];
  for (const [images, side] of [
    [1, 23],
    [3, 9],
    [2, 14],
    [1, 3],
  ] as const)
    // F(4×4, 3×3) loses a digit.
    expect(await difference(net, images, side, both)).toBeLessThan(name.includes('winograd') ? 1e-5 : 2e-6);
});

// Against tfjs, with real weights: `runtime.browser.test.ts`.
test.each<[BaseId, number]>([
  ['resnet50', 33],
  ['inception-v3', 75],
  ['vgg16', 32],
])(
  '%s at %i pixels gives the same at a cut alone, buffers taking turns, as at all at once',
  async (id, side) => {
    const net = nets[id];
    const runtime = await NetRuntime.start(net, randomWeights(net), 1);
    const input = pixels(1, side);
    const shapes = nodeShapes(net, side);
    const all = net.stages.map(({ name, node }): CutOutput =>
      shapes.get(node)!.length === 3 ? { cut: name, form: 'map' } : { cut: name },
    );
    const together = await runtime.run(input, 1, side, all);
    expect(together.at(-1)!.some((value) => value > 0)).toBe(true);
    for (const [i, one] of all.entries()) {
      if (i % 4 > 0 && i < all.length - 1) continue;
      const [alone] = await runtime.run(input, 1, side, [one]);
      expect(alone!.every((value, k) => value === together[i]![k])).toBe(true);
    }
  },
  30_000,
);

test('a batch that does not fit is refused, and the next one computes', async () => {
  const net = netOf((g, input) => g.stage('node', g.conv('c', input, 8, { size: 1 })));
  const runtime = await NetRuntime.start(net, randomWeights(net), 1);
  const wanted = [{ cut: 'node' }];
  await expect(runtime.run(new Float32Array(0), 4, 8192, wanted)).rejects.toMatchObject({
    code: 'out-of-memory',
  });
  expect((await runtime.run(new Float32Array(12), 1, 2, wanted))[0]).toHaveLength(8);
});
