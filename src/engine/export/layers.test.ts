import { describe, expect, it } from 'vitest';
import type { FrozenWeights } from '../bases/tensors';
import { initialHead } from '../heads/head';
import { baseIds, nets, type BaseId } from '../nets';
import { convShapes, nodeShapes } from '../nets/shapes';
import { defaultRunRequest, type HeadSpec, type RunResult } from '../run';
import { packageBytes } from './estimate';
import { headModelLayers, modelLayers } from './layers';
import type { ExportModel } from './model';
import { weightByteLength } from './tfjs';

const spec: HeadSpec = { kind: 'dense', hidden: [8], dropout: 0.5, l2: 0.01 };

/** Layers do not look at the values: all share these. */
const zeros = new Float32Array(2 ** 22);

function model(base: BaseId, cut = 'avg_pool', head = spec): ExportModel {
  const net = nets[base];
  const weights: FrozenWeights = new Map(
    convShapes(net).map(({ name, kernel }) => [
      name,
      {
        kernel: {
          shape: kernel,
          data: zeros.subarray(
            0,
            kernel.reduce((a, b) => a * b),
          ),
        },
        bias: { shape: [kernel[3]], data: zeros.subarray(0, kernel[3]) },
      },
    ]),
  );
  const node = net.stages.find(({ name }) => name === cut)!.node;
  const inputs = nodeShapes(net, net.inputSize).get(node)!.at(-1)!;
  return {
    run: { request: { ...defaultRunRequest, head } } as RunResult,
    head: initialHead(head, inputs, 3, 1),
    appVersion: '0',
    net,
    weights,
    cut,
    input: { size: net.inputSize, resize: 'stretch' },
  };
}

describe.each(baseIds)('%s as layers', (base) => {
  it('runs from the picture to probabilities, every layer after its inputs', () => {
    const { layers, inputShape, input, output, features } = modelLayers(model(base), {
      preprocessing: 'inside',
    });
    const seen = new Set<string>();
    for (const { name, inbound, config } of layers) {
      expect(inbound.every((one) => seen.has(one))).toBe(true);
      expect(config.name).toBe(name);
      expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_]*$/);
      seen.add(name);
    }
    const { inputSize } = nets[base];
    expect(inputShape).toEqual([null, inputSize, inputSize, 3]);
    expect([layers[0]!.name, layers[1]!.name, layers.at(-1)!.name]).toEqual([input, 'preprocess', output]);
    expect(features).toBe('avg_pool');
  });

  it('is as long as was estimated, at every cut', () => {
    for (const { name: cut } of nets[base].stages)
      for (const weights of ['float32', 'float16'] as const) {
        const whole = model(base, cut);
        const layers = modelLayers(whole, { preprocessing: 'outside' });
        const widths = [whole.head.inputs, 8, 3];
        const rest = packageBytes({ base, cut, widths: [1] }, 'tfjs-head', { weights });
        const estimate = packageBytes({ base, cut, widths }, 'tfjs', { weights }) - rest;
        expect(estimate).toBe(weightByteLength(layers, weights));
      }
  });
});

describe('preprocessing as a convolution', () => {
  it('turns RGB around for caffe, and scales for tf', () => {
    const first = (base: BaseId) =>
      modelLayers(model(base), { preprocessing: 'inside' }).layers[1]!.weights.map(({ data }) =>
        Array.from(data),
      );
    const [kernel, bias] = first('vgg16');
    expect(kernel).toEqual([0, 0, 1, 0, 1, 0, 1, 0, 0]);
    expect(bias).toEqual([-103.939, -116.779, -123.68].map(Math.fround));
    const scale = Math.fround(1 / 127.5);
    expect(first('inception-v3')).toEqual([
      [scale, 0, 0, 0, scale, 0, 0, 0, scale],
      [-1, -1, -1],
    ]);
  });

  it('stays out when it is not wanted', () => {
    const { layers } = modelLayers(model('vgg16'), { preprocessing: 'outside' });
    expect(layers[1]!.name).toBe('block1_conv1');
    expect(layers[1]!.inbound).toEqual(['image']);
  });
});

describe('what Keras has no one layer for', () => {
  it('takes two: zeros first, a sum and its relu', () => {
    const { layers } = modelLayers(model('resnet50'), { preprocessing: 'inside' });
    const named = (name: string) => layers.find((layer) => layer.name === name)!;
    expect(named('conv1_conv').inbound).toEqual(['conv1_conv_pad']);
    expect(named('conv1_conv').config.padding).toBe('valid');
    expect(named('conv1_conv_pad').config.padding).toEqual([
      [3, 3],
      [3, 3],
    ]);
    expect(named('conv1_conv_pad').inbound).toEqual(['preprocess']);
    expect(named('pool1_pool').inbound).toEqual(['pool1_pool_pad']);
    expect(named('conv2_block1_out')).toMatchObject({
      className: 'Activation',
      inbound: ['conv2_block1_out_add'],
    });
    expect(named('conv2_block1_out_add').className).toBe('Add');
  });
});

describe('an early cut', () => {
  it('ends the base there, and averages its map', () => {
    const { layers, features } = modelLayers(model('vgg16', 'block3_pool'), { preprocessing: 'inside' });
    expect(layers.some(({ name }) => name.startsWith('block4'))).toBe(false);
    const pool = layers.find(({ name }) => name === features)!;
    expect(pool).toMatchObject({ className: 'GlobalAveragePooling2D', inbound: ['block3_pool'] });
  });

  it('does not exist where the base has no such stage', () => {
    const whole = model('vgg16');
    expect(() => modelLayers({ ...whole, cut: 'block9' }, { preprocessing: 'inside' })).toThrow(RangeError);
  });
});

describe('a head alone', () => {
  it('goes from features to logits to probabilities, with its penalty and its dropout', () => {
    const { layers, inputShape, features } = headModelLayers(initialHead(spec, 20, 3, 1));
    expect(layers.map(({ name }) => name)).toEqual([
      'features',
      'hidden_1',
      'dropout_1',
      'logits',
      'probabilities',
    ]);
    expect([inputShape, features]).toEqual([[null, 20], 'features']);
    expect(layers[1]!.config.kernel_regularizer).toEqual({ class_name: 'L1L2', config: { l1: 0, l2: 0.01 } });
    expect(layers.flatMap(({ weights }) => weights).every(({ exact }) => exact)).toBe(true);
  });

  it('of the exact kind has no penalty: it was one on standardised features', () => {
    const { layers } = headModelLayers(initialHead({ ...spec, kind: 'exact', hidden: [] }, 20, 3, 1));
    expect(layers[1]!.config.kernel_regularizer).toBeNull();
  });
});
