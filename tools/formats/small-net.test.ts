/** What the three bases have none of: `same` with a stride, rectangular windows, zeros around negative maps. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as ort from 'onnxruntime-node';
import { expect, test } from 'vitest';
import type { FrozenWeights } from '../../src/engine/bases/tensors.ts';
import { layerShapes } from '../../src/engine/export/layer-shapes.ts';
import { modelLayers } from '../../src/engine/export/layers.ts';
import type { ExportModel, ExportOptions } from '../../src/engine/export/model.ts';
import { onnxChunks } from '../../src/engine/export/onnx.ts';
import { initialHead } from '../../src/engine/heads/head.ts';
import { caffePreprocessing, GraphBuilder, type Net } from '../../src/engine/nets/graph.ts';
import { preprocess } from '../../src/engine/nets/preprocess.ts';
import { runGraph, type ConvTensors } from '../../src/engine/nets/run.ts';
import { convShapes, nodeShapes } from '../../src/engine/nets/shapes.ts';
import { Random } from '../../src/engine/random.ts';
import { expectClose, joined } from './compare.ts';
import { headReference } from './reference.ts';

const size = 22;
const options: ExportOptions = { weights: 'float32', preprocessing: 'inside' };

function smallNet(): Net {
  const g = new GraphBuilder();
  let x = g.input();
  x = g.conv('even', x, 4, { size: 3, stride: 2, padding: 'same', relu: false });
  x = g.conv('odd', x, 4, { size: [3, 2], stride: 2, padding: 'same' });
  const left = g.averagePool('average', x, { size: 3, stride: 2, padding: 'same' });
  const right = g.maxPool('largest', x, { size: 2, stride: 2, padding: 'same' });
  const below = g.conv('negative', x, 4, { size: 1, padding: 'valid', relu: false });
  const zeros = g.maxPool('zeros', below, { size: 3, stride: 2, padding: 1 });
  x = g.concat('joined', [g.add('sum', left, right, false), zeros]);
  g.stage('pooled', g.globalAveragePool('pooled', x));
  const own = { id: 'small', title: 'Small', inputSize: size, minimumSize: size, features: 8, parameters: 0 };
  const rest = { preprocessing: caffePreprocessing, batchNorm: null, convBias: true, source: '' };
  return { ...own, ...rest, nodes: g.nodes, stages: g.stages };
}

const net = smallNet();
const random = new Random(1, 'small net');
const weights: FrozenWeights = new Map(
  convShapes(net).map(({ name, kernel: shape }) => {
    const filled = (length: number, shift: number) =>
      Float32Array.from({ length }, () => random.normal() / 4 + shift);
    const kernel = { shape, data: filled(shape[0] * shape[1] * shape[2] * shape[3], 0) };
    // Low enough that whole windows are negative.
    return [
      name,
      { kernel, bias: { shape: [shape[3]], data: filled(shape[3], name === 'negative' ? -99 : 0) } },
    ];
  }),
);
const model: ExportModel = {
  ...headReference({ kind: 'dense', hidden: [], dropout: 0, l2: 0 }, 8).model,
  ...{ net, weights, cut: 'pooled', input: { size, resize: 'stretch' } },
  head: initialHead({ kind: 'dense', hidden: [], dropout: 0, l2: 0 }, 8, 5, 1),
};

test('ONNX Runtime pads as our own engine does', async () => {
  await tf.setBackend('cpu');
  const squares = Uint8Array.from({ length: 2 * 3 * size * size }, () => random.below(256));
  const tensors = new Map<string, ConvTensors>();
  for (const [name, { kernel, bias }] of weights)
    tensors.set(name, {
      kernel: tf.tensor4d(kernel.data, kernel.shape as [number, number, number, number]),
      bias: tf.tensor1d(bias.data),
    });
  const input = tf.tensor4d(preprocess(net.preprocessing, squares), [2, size, size, 3]);
  const expected = runGraph(tf, net, tensors, input);
  const session = await ort.InferenceSession.create(
    await joined(onnxChunks(modelLayers(model, options), model, options)),
  );
  const result = await session.run({ image: new ort.Tensor('uint8', squares, [2, size, size, 3]) });
  expectClose('small net', result.features!.data as Float32Array, expected.dataSync(), 1e-5, true);
  // The zeros around the map are the largest there is: at its corners they show.
  expect([...expected.dataSync()].some((value) => value < 0)).toBe(true);
  tf.dispose([input, expected, ...[...tensors.values()].flatMap(({ kernel, bias }) => [kernel, bias])]);
});

test('layers have the shapes of the nodes that they stand for', () => {
  const shapes = layerShapes(modelLayers(model, options));
  for (const [name, shape] of nodeShapes(net, size))
    if (name !== 'input') expect(shapes.get(name), name).toEqual(shape);
});
