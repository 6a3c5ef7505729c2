/** Exported ONNX models in ONNX Runtime for Node, against our own engine. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fromBinary } from '@bufbuild/protobuf';
import * as ort from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { headModelLayers, modelLayers } from '../../src/engine/export/layers.ts';
import type { ExportOptions } from '../../src/engine/export/model.ts';
import { onnxChunks } from '../../src/engine/export/onnx.ts';
import { ModelProtoSchema } from '../../src/engine/export/onnx/onnx-pb.ts';
import type { HeadSpec } from '../../src/engine/run.ts';
import { preprocess } from '../../src/engine/nets/preprocess.ts';
import type { BaseId } from '../../src/engine/nets/index.ts';
import { hidden, linear, twoHidden } from './cases.ts';
import { expectClose, joined } from './compare.ts';
import { writeVerifiable } from './packages.ts';
import { headReference, hostileLabels, reference, type Reference } from './reference.ts';

const variants: ExportOptions[] = [
  { weights: 'float32', preprocessing: 'inside' },
  { weights: 'float32', preprocessing: 'outside' },
  { weights: 'float16', preprocessing: 'inside' },
];

async function open(bytes: Uint8Array): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(bytes, { intraOpNumThreads: 2 });
}

/** All pictures in one batch. */
async function run(
  { model, n, squares }: Reference,
  options: ExportOptions,
): Promise<ort.InferenceSession.ReturnType> {
  const session = await open(await joined(onnxChunks(modelLayers(model, options), model, options)));
  const { size } = model.input;
  if (options.preprocessing === 'inside')
    return session.run({ image: new ort.Tensor('uint8', squares, [n, size, size, 3]) });
  const pixels = preprocess(model.net.preprocessing, squares);
  const area = size * size;
  const planes = Float32Array.from(pixels, (_, i) => {
    const [image, rest] = [Math.floor(i / (3 * area)), i % (3 * area)];
    return pixels[image * 3 * area + (rest % area) * 3 + Math.floor(rest / area)]!;
  });
  return session.run({ image: new ort.Tensor('float32', planes, [n, 3, size, size]) });
}

function numbers(result: ort.InferenceSession.ReturnType, name: string): Float32Array {
  return result[name]!.data as Float32Array;
}

describe.each<[BaseId, HeadSpec, string | undefined]>([
  ['resnet50', hidden, undefined],
  ['inception-v3', linear, undefined],
  ['vgg16', twoHidden, undefined],
  ['vgg16', linear, 'block3_pool'],
])('%s with head %j, cut at %s', (base, head, cut) => {
  test('predicts what we predict', { timeout: 180_000 }, async () => {
    const ours = await reference(base, head, cut);
    expect(Math.max(...ours.probabilities)).toBeLessThan(0.99);
    for (const options of variants) {
      const result = await run(ours, options);
      const tolerance = options.weights === 'float32' ? 1e-3 : 1e-2;
      const what = `${base} ${cut ?? ''} ${Object.values(options).join(', ')}`;
      expectClose(`${what}: features`, numbers(result, 'features'), ours.features, tolerance, true);
      expectClose(`${what}: probabilities`, numbers(result, 'probabilities'), ours.probabilities, tolerance);
      expectClose(`${what}: logits`, numbers(result, 'logits'), ours.logits, tolerance, true);
    }
  });
});

describe.each([linear, hidden, twoHidden])('a head alone: %j', (spec) => {
  const ours = headReference(spec, 40);
  const options: ExportOptions = { weights: 'float32', preprocessing: 'outside' };
  const file = () => joined(onnxChunks(headModelLayers(ours.model.head), ours.model, options));

  test('predicts what we predict, one by one and together', async () => {
    const session = await open(await file());
    expect(session.inputNames).toEqual(['features']);
    expect(session.outputNames).toEqual(['probabilities', 'logits']);
    const all = await session.run({ features: new ort.Tensor('float32', ours.features, [3, 40]) });
    const first = await session.run({
      features: new ort.Tensor('float32', ours.features.slice(0, 40), [1, 40]),
    });
    expectClose('head: probabilities', numbers(all, 'probabilities'), ours.probabilities, 1e-6);
    expectClose('head: logits', numbers(all, 'logits'), ours.logits, 1e-5);
    expectClose('head: one', numbers(first, 'probabilities'), ours.probabilities.subarray(0, 5), 1e-6);
  });

  test('carries its labels, whatever they are', async () => {
    const { metadataProps, opsetImport, graph } = fromBinary(ModelProtoSchema, await file());
    const entries = new Map(metadataProps.map(({ key, value }) => [key, value]));
    expect(JSON.parse(entries.get('labels')!)).toEqual(hostileLabels);
    expect(entries.get('base_weights_sha256')).toBe('a'.repeat(64));
    expect(opsetImport.map(({ version }) => version)).toEqual([18n]);
    expect(graph!.initializer).toHaveLength(2 * (spec.hidden.length + 1));
  });
});

test.each(['onnx', 'onnx-head'] as const)(
  'the package %s verifies itself in Node',
  { timeout: 120_000 },
  async (format) => {
    // Within the checkout, so that its script finds ONNX Runtime.
    const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));
    await mkdir(cache, { recursive: true });
    const folder = await mkdtemp(join(cache, 'verify-'));
    try {
      await writeVerifiable(folder, format);
      const { stdout } = await promisify(execFile)(process.execPath, ['verify.mjs'], { cwd: folder });
      expect(stdout).toContain('This copy predicts what Headway predicted.');
      if (format === 'onnx') expect(stdout).toMatch(/ok +features/);
      expect(stdout).toMatch(/ok +probabilities/);
      expect(stdout).not.toContain('DIFFERS');
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
