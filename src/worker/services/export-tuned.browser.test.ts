/** What is taken away of a run that trained part of its base: the changed base, in every format. */
import * as tf from '@tensorflow/tfjs';
import { strFromU8, unzipSync } from 'fflate';
import * as ort from 'onnxruntime-web/wasm';
import wasmModule from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmBinary from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { beforeAll, expect, test } from 'vitest';
import { useBackend } from '../../engine/backend/use';
import { loadKeptBase } from '../../engine/bases/base';
import { readKerasH5 } from '../../engine/bases/formats/keras-h5';
import { cifar10 } from '../../engine/bases/real-images.test-helper';
import { keepTuned, tunedAbove, type TunedBase } from '../../engine/bases/tuned.test-helper';
import { defaultPackageOptions, type ExportFormat, type PackageOptions } from '../../engine/export/formats';
import { bottleneckSpec } from '../../engine/features/estimate';
import { headLogits, initialHead, softmax } from '../../engine/heads/head';
import { RunStore } from '../../engine/results/run-store';
import { defaultRunRequest, type HeadSpec, type RunResult } from '../../engine/run';
import { openStorage } from '../../engine/storage';
import { Jobs } from '../jobs';
import { exportService } from './export-service';

const [side, n] = [64, 3];
const storage = openStorage('export-tuned');
const service = exportService(storage, new Jobs());
const classes = ['cat', '__proto__', 'dog'];
let tuned: TunedBase;
let squares: Uint8Array;
/** [n, classes]: with the run's own base, and with the published one. */
let own: Float32Array;
let published: Float32Array;

beforeAll(async () => {
  await useBackend('wasm');
  tuned = await keepTuned(storage, 1);
  squares = await (await cifar10(0, n)).at(side);
  const spec: HeadSpec = { kind: 'dense', hidden: [], dropout: 0, l2: 0 };
  const head = initialHead(spec, 2048, classes.length, 7);
  for (const [i, value] of head.layers[0]!.kernel.entries()) head.layers[0]!.kernel[i] = 4 * value;
  const probabilities = async (digest: string) => {
    const base = await loadKeptBase('resnet50', storage, digest);
    const features = await base.features(squares, n);
    base.dispose();
    return softmax(headLogits(head, features, n), classes.length);
  };
  [own, published] = [await probabilities(tuned.digest), await probabilities(tuned.before)];
  const result: RunResult = {
    ...{ runId: 'run-1', finishedAt: '2026-01-02T03:04:05.678Z', base: 'resnet50', backend: 'wasm', classes },
    weightsDigest: tuned.digest,
    weights: tuned.weights,
    request: {
      ...{ ...defaultRunRequest, head: spec, cuts: { resnet50: tunedAbove } },
      ...{ tail: 'train', tailLearningRate: 5e-5, warmupEpochs: 2 },
    },
    split: { train: [], validation: [] },
    history: [{ epoch: 1, loss: 1, accuracy: 0.5, valLoss: 1, valAccuracy: 0.5 }],
    bestEpoch: 1,
    timing: { downloadMs: 1, extractMs: 2, extractedImages: 3, imagesPerSecond: 4, trainMs: 5 },
  };
  const none = { ids: [], labels: new Uint16Array(), logits: new Float32Array() };
  await new RunStore(storage).put({
    ...{ result, head, evaluation: { validation: none, test: null } },
    spec: { ...bottleneckSpec('resnet50', tuned.digest, 'stretch'), inputSize: side },
  });
});

async function unpacked(
  format: ExportFormat,
  options: Partial<PackageOptions> = {},
): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const request = { runId: 'run-1', format, options: { ...defaultPackageOptions, ...options }, pictures: [] };
  const zip = await service.exportRun(1, request, () => undefined, null);
  return unzipSync(new Uint8Array(await zip!.arrayBuffer()));
}

const apart = (a: ArrayLike<number>, b: Float32Array) =>
  b.reduce((most, value, i) => Math.max(most, Math.abs(value - a[i]!)), a.length === b.length ? 0 : Infinity);

function expectOwn(format: string, probabilities: ArrayLike<number>): void {
  console.info(`${format}: ${apart(probabilities, own).toExponential(1)} apart`);
  expect(apart(probabilities, own)).toBeLessThan(1e-4);
  expect(apart(probabilities, published)).toBeGreaterThan(0.01);
}

/** Each changed convolution, as the file has it, is the run's. */
function expectChanged(kernel: (name: string) => Float32Array): void {
  expect(tuned.changed.size).toBe(3);
  for (const [name, conv] of tuned.changed) expect(apart(kernel(name), conv.kernel.data), name).toBe(0);
}

test('the run’s base says something else than the published one', () => {
  expect(tuned.digest).not.toBe(tuned.before);
  expect(apart(own, published)).toBeGreaterThan(0.01);
});

test('TensorFlow.js predicts as the page, and the package says what was trained', async () => {
  const files = await unpacked('tfjs');
  const model = await tf.loadLayersModel(
    tf.io.browserFiles(['model.json', 'weights.bin'].map((name) => new File([files[name]!], name))),
  );
  const output = tf.tidy(() => model.predict(tf.tensor4d(Float32Array.from(squares), [n, side, side, 3])));
  expectOwn('tfjs', (output as tf.Tensor).dataSync());
  tf.dispose(output);
  model.dispose();

  const metadata = JSON.parse(strFromU8(files['metadata.json']!)) as object;
  expect(metadata).toMatchObject({
    base: {
      ...{ id: 'resnet50', cut: 'avg_pool', weightsSha256: tuned.digest },
      trainedFurther: {
        unchangedUpTo: tunedAbove,
        stages: ['conv5_block3_out'],
        weightsBefore: { source: tuned.weights.source, sha256: tuned.before },
        ...{ learningRate: 5e-5, warmupEpochs: 2 },
      },
    },
  });
  const readme = strFromU8(files['README.md']!);
  expect(readme).toContain(
    'trained these stages of the base further, together with the head: `conv5_block3_out`',
  );
  expect(readme).toContain(`\`${tuned.weights.source}\` (SHA-256 \`${tuned.before.slice(0, 16)}…\`)`);
  expect(readme).toMatch(/at a rate of 0\.00005, after the first 2 epochs/);
});

test('ONNX predicts as the page, and says so itself', async () => {
  ort.env.wasm.wasmPaths = { mjs: wasmModule, wasm: wasmBinary };
  ort.env.wasm.numThreads = 1;
  const { 'model.onnx': bytes } = await unpacked('onnx');
  const session = await ort.InferenceSession.create(bytes!, { executionProviders: ['wasm'] });
  const result = await session.run({ image: new ort.Tensor('uint8', squares, [n, side, side, 3]) });
  expectOwn('onnx', result.probabilities!.data as Float32Array);
  await session.release();
  const text = new TextDecoder('latin1').decode(bytes!.subarray(0, 4096));
  const tail = new TextDecoder('latin1').decode(bytes!.subarray(-4096));
  expect(text + tail).toContain(tuned.before);
});

test('both Keras files hold the changed convolutions', async () => {
  const h5 = (await unpacked('keras-h5'))['model.h5']!;
  const tensors = await readKerasH5(h5);
  const named = (name: string) => [...tensors].find(([key]) => key.includes(`${name}/kernel`))![1].data;
  expectChanged(named);

  // Within `.keras`, weights lie under numbered layers: they are found by what they are.
  const inner = unzipSync((await unpacked('keras'))['model.keras']!);
  const values = new Float32Array(
    inner['model.weights.h5']!.slice(0, -(inner['model.weights.h5']!.length % 4) || undefined).buffer,
  );
  expectChanged((name) => {
    const { data } = tuned.changed.get(name)!.kernel;
    const start = values.findIndex((value, i) => value === data[0] && values[i + 1] === data[1]);
    return values.subarray(start, start + data.length);
  });
});

test('the offline page has the weights of the TensorFlow.js model', async () => {
  const demo = await unpacked('demo', { weights: 'float16' });
  const { 'weights.bin': plain } = await unpacked('tfjs', { weights: 'float16' });
  const scripts = Object.keys(demo).filter((name) => name.startsWith('demo/weights-'));
  expect(scripts.length).toBeGreaterThan(5);
  let at = 0;
  for (let i = 1; i <= scripts.length; i++) {
    const [, base64] = /\("(.*)"\)/s.exec(strFromU8(demo[`demo/weights-${i}.js`]!, true))!;
    const piece = new Uint8Array(await (await fetch(`data:;base64,${base64!}`)).arrayBuffer());
    expect(indexedDB.cmp(piece, plain!.subarray(at, at + piece.length)), `script ${i}`).toBe(0);
    at += piece.length;
  }
  expect(at).toBe(plain!.length);
  expect(strFromU8(demo['demo/model.js']!)).toContain(`"trainedAbove":"${tunedAbove}"`);
});

test('its head alone is refused: it would be wrong on any other base', async () => {
  for (const format of ['tfjs-head', 'keras-head', 'keras-h5-head', 'onnx-head'] as const) {
    await expect(unpacked(format)).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('own ResNet50') as string,
    });
    await expect(service.testPictures('run-1', format, 'generated')).rejects.toMatchObject({
      code: 'invalid-request',
    });
  }
});
