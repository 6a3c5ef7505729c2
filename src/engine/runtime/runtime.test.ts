import { setFlagsFromString } from 'node:v8';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { caffePreprocessing, GraphBuilder, type Net } from '../nets/graph';
import { runStages } from '../nets/run';
import { convShapes } from '../nets/shapes';
import { Random } from '../random';
import { NetRuntime } from './runtime';

beforeAll(async () => {
  // Node 20 has it behind a flag, browsers without one.
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  await tf.setBackend('cpu');
});

const options = { batchNorm: null, convBias: true, source: '', features: 8, parameters: 0, minimumSize: 1 };
function netOf(build: (g: GraphBuilder, input: string) => void): Net {
  const g = new GraphBuilder();
  build(g, g.input());
  const own = { id: 'small', title: 'Small', inputSize: 23, preprocessing: caffePreprocessing };
  return { ...options, ...own, nodes: g.nodes, stages: g.stages };
}

function randomWeights(net: Net) {
  const random = new Random(1, 'weights');
  const normal = (shape: readonly number[], spread: number) => {
    const length = shape.reduce((product, side) => product * side, 1);
    return { shape, data: Float32Array.from({ length }, () => spread * random.normal()) };
  };
  return new Map(
    convShapes(net).map(({ name, kernel }) => [
      name,
      {
        kernel: normal(kernel, 1 / Math.sqrt(kernel[0] * kernel[1] * kernel[2])),
        bias: normal([kernel[3]], 1),
      },
    ]),
  );
}

/** Largest difference from tfjs' cpu backend, over the largest value. */
async function difference(net: Net, images: number, side: number): Promise<Record<string, number>> {
  const random = new Random(2, 'pixels');
  const input = Float32Array.from({ length: images * side * side * 3 }, () => random.normal());
  const weights = randomWeights(net);
  const runtime = await NetRuntime.start(net, weights, 1);
  const stages = net.stages.map(({ name }) => name);
  const mine = await runtime.run(
    input,
    images,
    side,
    stages.map((cut) => ({ cut, form: 'map' as const })),
  );
  return tf.tidy(() => {
    const tensors = new Map(
      [...weights].map(([name, { kernel, bias }]) => [
        name,
        {
          kernel: tf.tensor4d(kernel.data, kernel.shape as [number, number, number, number]),
          bias: tf.tensor1d(bias.data),
        },
      ]),
    );
    const outputs = runStages(tf, net, tensors, tf.tensor4d(input, [images, side, side, 3]), stages);
    return Object.fromEntries(
      outputs.map((output, i) => {
        const expected = output.dataSync<'float32'>();
        expect(mine[i]).toHaveLength(expected.length);
        const [most, largest] = expected.reduce(
          ([m, l], value, k) => [Math.max(m, Math.abs(value - mine[i]![k]!)), Math.max(l, Math.abs(value))],
          [0, 0],
        );
        return [stages[i]!, most / largest];
      }),
    );
  });
}

test('all', async () => {
  const net = netOf((g, input) => {
    let x = g.stage('c3s2', g.conv('c3s2', input, 16, { size: 3, stride: 2, padding: 1 }));
    x = g.stage('wino', g.conv('wino', x, 24, { size: 3 }));
    x = g.stage('winovalid', g.conv('winovalid', x, 8, { size: 3, padding: 'valid', relu: false }));
    const a = g.conv('row', x, 8, { size: [1, 7] });
    const b = g.conv('five', x, 16, { size: 5, relu: false });
    const c = g.averagePool('avg', x, { size: 3, stride: 1, padding: 'same' });
    x = g.stage(
      'joined',
      g.concat('joined', [a, b, g.concat('inner', [c, g.conv('w2', x, 8, { size: 3 })])]),
    );
    const s = g.conv('short', x, 32, { size: 1, stride: 2, padding: 'valid', relu: false });
    let y = g.conv('one', x, 16, { size: 1, stride: 2, padding: 'valid' });
    y = g.conv('two', y, 32, { size: 1, relu: false });
    x = g.stage('sum', g.add('sum', s, y, true));
    x = g.stage('pool', g.maxPool('pool', x, { size: 3, stride: 2, padding: 1 }));
    x = g.stage('pool2', g.maxPool('pool2', x, { size: 2, stride: 1 }));
    g.stage('mean', g.globalAveragePool('mean', x));
  });
  console.log(await difference(net, 1, 23));
  console.log(await difference(net, 3, 31));
});
