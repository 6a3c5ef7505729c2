/** An exported ONNX model in ONNX Runtime for browsers (wasm), against our own engine on the same weights and pictures. */
import * as ort from 'onnxruntime-web/wasm';
import wasmModule from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmBinary from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBackend } from '../backend/use';
import { freeze } from '../bases/freeze';
import { frozenBase } from '../bases/frozen-base';
import { cifar10, mirroredCdn } from '../bases/real-images.test-helper';
import { readWeights } from '../bases/readers';
import { sourcesOf } from '../bases/sources';
import type { FrozenWeights } from '../bases/tensors';
import { headLogits, initialHead, softmax } from '../heads/head';
import { nets, type BaseId } from '../nets';
import { realBlocks, withStandIn } from '../nets/vgg16.test-helper';
import { defaultRunRequest, type HeadSpec, type RunResult } from '../run';
import { headModelLayers, modelLayers } from './layers';
import type { ExportModel, ExportOptions } from './model';
import { onnxChunks } from './onnx';

const n = 2;
const labels = ['__proto__', '../../x', '🦊'];
const head: HeadSpec = { kind: 'dense', hidden: [16], dropout: 0, l2: 0 };

beforeAll(async () => {
  await useBackend('wasm');
  ort.env.wasm.wasmPaths = { mjs: wasmModule, wasm: wasmBinary };
  ort.env.wasm.numThreads = 1;
});

async function weightsOf(base: BaseId): Promise<FrozenWeights> {
  if (base === 'vgg16')
    return withStandIn(import.meta.env.HAS_FIXTURES === true ? await realBlocks() : new Map(), 1);
  const [source] = sourcesOf(nets[base], null);
  const files = new Map<string, Uint8Array>();
  for (const { name } of source!.files) {
    const response = await mirroredCdn(source!.hosts[0]! + name, {});
    files.set(name, new Uint8Array(await response.arrayBuffer()));
  }
  return freeze(nets[base], await readWeights(nets[base], source!, files));
}

async function modelOf(
  base: BaseId,
  squares: Uint8Array,
): Promise<{ model: ExportModel; features: Float32Array }> {
  const net = nets[base];
  const weights = await weightsOf(base);
  const frozen = await frozenBase(net, sourcesOf(net, null)[0]!, 'a'.repeat(64), weights);
  const features = await frozen.features(squares, n);
  frozen.dispose();
  const run = { runId: 'run-1', finishedAt: '2026-01-02T03:04:05.678Z', base, classes: labels };
  const model: ExportModel = {
    run: { ...run, weightsDigest: 'a'.repeat(64), request: defaultRunRequest } as unknown as RunResult,
    head: initialHead(head, net.features, labels.length, 7),
    appVersion: '0.1.0',
    net,
    weights,
    cut: 'avg_pool',
    input: { size: net.inputSize, resize: 'stretch' },
  };
  // Logits near one: probabilities that are all 0 or 1 would agree too easily.
  const gain = 8 / features.reduce((most, value) => Math.max(most, value), 0);
  for (const [i, value] of model.head.layers[0]!.kernel.entries())
    model.head.layers[0]!.kernel[i] = value * gain;
  return { model, features };
}

async function open(chunks: Iterable<Uint8Array>): Promise<ort.InferenceSession> {
  const bytes = new Uint8Array(await new Blob([...chunks] as BlobPart[]).arrayBuffer());
  return ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
}

function apart(result: ort.InferenceSession.ReturnType, name: string, expected: Float32Array): number {
  const values = result[name]!.data as Float32Array;
  expect(values).toHaveLength(expected.length);
  return values.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
}

const variants: readonly ExportOptions[] = [
  { weights: 'float32', preprocessing: 'inside' },
  { weights: 'float16', preprocessing: 'inside' },
];

describe.each<BaseId>(['resnet50', 'inception-v3', 'vgg16'])('%s', (base) => {
  test('predicts in ONNX Runtime Web what we predict', { timeout: 240_000 }, async () => {
    const size = nets[base].inputSize;
    const squares = await (await cifar10(0, n)).at(size);
    const { model, features } = await modelOf(base, squares);
    const probabilities = softmax(headLogits(model.head, features, n), labels.length);
    const largest = features.reduce((most, value) => Math.max(most, value), 0);
    expect(Math.max(...probabilities)).toBeLessThan(0.99);
    for (const options of variants) {
      const session = await open(onnxChunks(modelLayers(model, options), model, options));
      const image = new ort.Tensor('uint8', squares, [n, size, size, 3]);
      const result = await session.run({ image });
      const byFeatures = apart(result, 'features', features) / largest;
      const byProbabilities = apart(result, 'probabilities', probabilities);
      await session.release();
      console.info(
        `${base} ${options.weights}: features ${byFeatures.toExponential(1)} of the largest apart, ` +
          `probabilities ${byProbabilities.toExponential(1)}`,
      );
      const tolerance = options.weights === 'float32' ? 1e-3 : 1e-2;
      expect(byFeatures).toBeLessThan(tolerance);
      expect(byProbabilities).toBeLessThan(tolerance);
    }
  });
});

test('a head alone predicts in ONNX Runtime Web what we predict', async () => {
  const trained = initialHead(head, 20, labels.length, 3);
  const features = Float32Array.from({ length: 2 * 20 }, (_, i) => Math.max(0, Math.sin(i)));
  const run = { runId: 'run-1', finishedAt: '2026-01-02T03:04:05.678Z', base: 'resnet50', classes: labels };
  const source = {
    run: { ...run, request: defaultRunRequest } as unknown as RunResult,
    ...{ head: trained, net: nets.resnet50, cut: 'avg_pool', appVersion: '0.1.0' },
    input: { size: 224, resize: 'stretch' } as const,
  };
  const session = await open(onnxChunks(headModelLayers(trained), source, variants[0]!));
  const result = await session.run({ features: new ort.Tensor('float32', features, [2, 20]) });
  const expected = softmax(headLogits(trained, features, 2), labels.length);
  expect(apart(result, 'probabilities', expected)).toBeLessThan(1e-6);
});
