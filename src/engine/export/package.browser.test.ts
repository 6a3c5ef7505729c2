import * as tf from '@tensorflow/tfjs';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { headLogits, softmax } from '../heads/head';
import { Job } from '../job';
import { clouds, collect, useBackend } from '../heads/training.test-helper';
import { solveHead } from '../heads/exact';
import { trainHead } from '../heads/train';
import { resnet50 } from '../nets/resnet50';
import { wilsonInterval } from '../results/statistics';
import { defaultRunRequest, type HeadSpec, type RunResult } from '../run';
import { defaultPackageOptions } from './formats';
import { escapeLabel } from './labels';
import type { HeadExport } from './metadata';
import { headSnippet } from './snippets';
import { writeRun } from './write-run';

const inputs = 20;
const classes = ['__proto__', '🦊 fox', '../../x', 'two\nlines\\', 'constructor'];
const train = clouds(80, inputs, classes.length, 1);
const validation = clouds(40, inputs, classes.length, 2);

async function trained(head: HeadSpec): Promise<HeadExport> {
  const request = { ...defaultRunRequest, head, epochs: 2 };
  const makeHead = head.kind === 'exact' ? solveHead : trainHead;
  const [, result] = await collect(makeHead(head, request, train, validation, new Job()));
  const ids = (n: number) => Array.from({ length: n }, (_, i) => i.toString(16).padStart(64, '0'));
  const run: RunResult = {
    runId: 'run-1',
    finishedAt: '2026-01-02T03:04:05.678Z',
    base: 'resnet50',
    backend: 'wasm',
    weightsDigest: 'a'.repeat(64),
    weights: { source: 'example@1.0.0', precision: 'float32', licence: 'MIT', bytes: 94 },
    request,
    classes,
    split: { train: ids(80), validation: ids(40) },
    history: result.history,
    bestEpoch: result.bestEpoch,
    ...(result.exact && { exact: result.exact }),
    timing: { downloadMs: 1, extractMs: 2, extractedImages: 3, imagesPerSecond: 4, trainMs: 5 },
  };
  return {
    run,
    head: result.head,
    net: resnet50,
    cut: 'avg_pool',
    input: { size: 224, resize: 'stretch' },
    appVersion: '0.1.0',
  };
}

async function exportTfjsHead(model: HeadExport): Promise<Uint8Array<ArrayBuffer>> {
  const parts: BlobPart[] = [];
  await writeRun(
    { format: 'tfjs-head', model },
    defaultPackageOptions,
    { source: 'generated', tests: [] },
    (bytes) => void parts.push(bytes),
    new Job(),
    () => undefined,
  );
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function parse(file: Uint8Array): unknown {
  return JSON.parse(strFromU8(file));
}

/** As a user of stock tfjs would: the two files, picked from a folder. */
function load(files: Record<string, Uint8Array>): Promise<tf.LayersModel> {
  const file = (name: string) => new File([new Uint8Array(files[name]!)], name);
  return tf.loadLayersModel(tf.io.browserFiles([file('model.json'), file('weights.bin')]));
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThan(1e-5);
}

beforeAll(() => useBackend('wasm'));

describe.each<HeadSpec>([
  { kind: 'dense', hidden: [], dropout: 0, l2: 0 },
  { kind: 'dense', hidden: [8], dropout: 0.5, l2: 0.001 },
  { kind: 'dense', hidden: [16, 8], dropout: 0.2, l2: 0 },
  { kind: 'dense', hidden: [], dropout: 0.5, l2: 0.01 },
  { kind: 'exact', hidden: [], dropout: 0, l2: 0 },
])('the zip of a $kind head with $hidden hidden, dropout $dropout, l2 $l2', (spec) => {
  it('opens in stock tfjs with the same logits and probabilities', async () => {
    const input = await trained(spec);
    const files = unzipSync(await exportTfjsHead(input));
    expect(Object.keys(files).sort()).toEqual([
      'README.md',
      'certificate/certificate.json',
      'labels.txt',
      'metadata.json',
      'model.json',
      'model.mjs',
      'model.py',
      'picture.mjs',
      'picture.py',
      'resize.mjs',
      'verify.mjs',
      'verify.py',
      'weights.bin',
    ]);
    const model = await load(files);
    const logitsModel = tf.model({
      inputs: model.inputs,
      outputs: model.getLayer('logits').output,
    });
    const x = tf.tensor2d(validation.features, [40, inputs]);
    const expected = headLogits(input.head, validation.features, 40);
    const outputs = tf.tidy(() => [logitsModel.predict(x), model.predict(x)]) as tf.Tensor[];
    expectClose(outputs[0]!.dataSync(), expected);
    expectClose(outputs[1]!.dataSync(), softmax(expected, classes.length));
    const names = model.layers.map((layer) => layer.name);
    expect(names.filter((name) => name.startsWith('hidden'))).toEqual(
      spec.hidden.map((_, i) => `hidden_${i + 1}`),
    );
    expect(names.slice(-2)).toEqual(['logits', 'probabilities']);
    expect(names.filter((name) => name.startsWith('dropout')).length).toBe(
      spec.dropout > 0 ? spec.hidden.length : 0,
    );
    tf.dispose([x, ...outputs]);
    model.dispose();
  });

  it('opens from memory too, with one weights file', async () => {
    const files = unzipSync(await exportTfjsHead(await trained(spec)));
    const { modelTopology, weightsManifest } = parse(files['model.json']!) as tf.io.ModelJSON;
    expect(weightsManifest.map(({ paths }) => paths)).toEqual([['weights.bin']]);
    const weightData = new Uint8Array(files['weights.bin']!).buffer;
    const artifacts = { modelTopology, weightSpecs: weightsManifest[0]!.weights, weightData };
    const model = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    const regularized = JSON.stringify(modelTopology).includes('L1L2');
    expect(regularized).toBe(spec.l2 > 0);
    model.dispose();
  });
});

describe('the zip', () => {
  const spec: HeadSpec = { kind: 'dense', hidden: [8], dropout: 0, l2: 0 };

  it('is the same for the same input', async () => {
    const input = await trained(spec);
    expect(await exportTfjsHead(input)).toEqual(await exportTfjsHead(structuredClone(input)));
  });

  it('keeps labels whatever they are, one a line', async () => {
    const files = unzipSync(await exportTfjsHead(await trained(spec)));
    const lines = strFromU8(files['labels.txt']!).split('\n');
    expect(lines).toEqual(['__proto__', '🦊 fox', '../../x', 'two\\u000alines\\\\', 'constructor', '']);
    expect(lines.slice(0, -1).map((line) => JSON.parse(`"${line}"`) as string)).toEqual(classes);
    expect(parse(files['metadata.json']!)).toMatchObject({ classes });
    expect(escapeLabel('a\u2028b\r\ud800c"')).toBe('a\\u2028b\\u000d\\ud800c"');
  });

  it('describes how the features are made and how well the head does', async () => {
    const input = await trained(spec);
    const metadata = parse(unzipSync(await exportTfjsHead(input))['metadata.json']!);
    const best = input.run.history.at(-1)!;
    const correct = Math.round(best.valAccuracy * 40);
    expect(metadata).toMatchObject({
      format: 'headway-head',
      created: '2026-01-02T03:04:05.678Z',
      versions: { headway: '0.1.0', tfjs: tf.version.tfjs },
      base: {
        id: 'resnet50',
        title: 'ResNet50',
        weightsSha256: 'a'.repeat(64),
        weightsSource: 'example@1.0.0',
        weightsLicence: 'MIT',
        weightsPrecision: 'float32',
        cut: 'avg_pool',
        featureLength: inputs,
      },
      input: {
        size: 224,
        resize: 'stretch',
        resizeDefinition: expect.stringContaining(
          'Pillow BILINEAR: triangle filter, half-pixel centres, antialiased when shrinking, transparency on white',
        ) as string,
        preprocessing: { mode: 'caffe', order: 'bgr', scale: 1, offset: [-103.939, -116.779, -123.68] },
      },
      head: { hidden: [8], parameters: inputs * 8 + 8 + 8 * 5 + 5 },
      training: { optimizer: 'adam', seed: 42, bestEpoch: 2, backend: 'wasm' },
      metrics: {
        validation: {
          examples: 40,
          correct,
          accuracyInterval95: { method: 'Wilson', ...wilsonInterval(correct, 40) },
        },
      },
      history: input.run.history,
      split: input.run.split,
    });
  });

  it('says how the exact head was solved, not how heads are trained in steps', async () => {
    const input = await trained({ kind: 'exact', hidden: [], dropout: 0, l2: 0 });
    const run: RunResult = {
      ...input.run,
      split: { ...input.run.split, test: ['f'.repeat(64)] },
      evaluation: { validation: { correct: 30, images: 40 }, test: { correct: 3, images: 4 } },
    };
    const files = unzipSync(await exportTfjsHead({ ...input, run }));
    const metadata = parse(files['metadata.json']!) as Record<'head' | 'training' | 'metrics', object>;
    const { l2, iterations, gradientNorm, cvScores } = run.exact!;
    expect(l2).toBeGreaterThan(0);
    expect(metadata).toMatchObject({
      head: { kind: 'exact', l2 },
      training: { iterations, gradientNorm, converged: true, cvScores, seed: 42 },
      metrics: {
        training: { accuracy: run.history[0]!.accuracy },
        validation: { examples: 40, loss: run.history[0]!.valLoss },
        test: { examples: 4, correct: 3, accuracyInterval95: wilsonInterval(3, 4) },
      },
      split: run.split,
    });
    for (const key of ['optimizer', 'learningRate', 'epochs', 'batchSize', 'earlyStopping', 'bestEpoch'])
      expect(metadata.training).not.toHaveProperty(key);
    expect(metadata).not.toHaveProperty('history');
    expect(metadata.head).not.toHaveProperty('dropout');
    expect(strFromU8(files['README.md']!)).toContain(`${iterations} iterations`);
  });

  it('comes with a snippet that runs', async () => {
    const files = unzipSync(await exportTfjsHead(await trained(spec)));
    const snippet = headSnippet(inputs);
    expect(strFromU8(files['README.md']!)).toContain(snippet);
    expect(snippet.split('\n').length).toBe(10);
    const url = (name: string, type: string) => {
      return URL.createObjectURL(new Blob([new Uint8Array(files[name]!)], { type }));
    };
    const model = await load(files);
    const globals = globalThis as unknown as { headwayTest?: unknown };
    globals.headwayTest = { ...tf, loadLayersModel: () => Promise.resolve(model) };
    const code = snippet
      .replace(/^import .*$/m, 'const tf = globalThis.headwayTest;')
      .replace("'metadata.json'", `'${url('metadata.json', 'application/json')}'`);
    const script = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    const module = (await import(/* @vite-ignore */ script)) as {
      classify(features: Float32Array): Promise<{ label: string; probability: number }[]>;
    };
    const result = await module.classify(validation.features.slice(0, inputs));
    expect(result.map(({ label }) => label)).toEqual(classes);
    expect(result.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
    delete globals.headwayTest;
    model.dispose();
  });

  it('refuses a head that does not fit its classes', async () => {
    const input = await trained(spec);
    const run = { ...input.run, classes: ['a', 'b'] };
    await expect(exportTfjsHead({ ...input, run })).rejects.toThrow(RangeError);
  });
});
