/** A whole run that trains ResNet50's last block, and what becomes of the base that it made. */
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useBackend } from '../backend/use';
import { keptWeightsHere, loadBase, loadKeptBase } from '../bases/base';
import { cifar10, mirroredCdn } from '../bases/real-images.test-helper';
import { weightsInfo } from '../bases/weights-info';
import { extractFeatures } from '../features/extract';
import { mapSpec } from '../features/estimate';
import { FeatureStore } from '../features/store';
import { MapStore } from '../features/map-store';
import { Job } from '../job';
import { RunStore } from '../results/run-store';
import { defaultRunRequest, type EpochMetrics, type TrainRequest } from '../run';
import { keysWithPrefix, openStorage } from '../storage';
import { headLogits } from './head';
import { trainRun } from './train-run';

const [side, n, cut] = [64, 90, 'conv5_block2_out'];
const storage = openStorage('tail-run');
const ids = Array.from({ length: n }, (_, i) => `image${i}`);
let squares: Uint8Array;
let request: TrainRequest;

beforeAll(async () => {
  await useBackend('wasm');
  const base = await loadBase('resnet50', storage, { control: new Job(), fetch: mirroredCdn });
  const images = await cifar10(0, n);
  squares = await images.at(side);
  const length = side * side * 3;
  const spec = { ...mapSpec('resnet50', base.weightsDigest, 'stretch', cut), inputSize: side };
  const pixels = (wanted: readonly string[]) => {
    const out = new Uint8Array(wanted.length * length);
    for (const [i, id] of wanted.entries()) {
      const from = Number(id.slice(5)) * length;
      out.set(squares.subarray(from, from + length), i * length);
    }
    return Promise.resolve(out);
  };
  const { ms } = await extractFeatures({
    base,
    spec,
    ids,
    pixels,
    store: new MapStore(storage),
    control: new Job(),
  });
  const share = (from: number, to: number) => ({
    ids: ids.slice(from, to),
    labels: Uint16Array.from(images.classes.slice(from, to)),
  });
  request = {
    base: 'resnet50',
    request: {
      ...defaultRunRequest,
      head: { kind: 'dense', hidden: [], dropout: 0, l2: 0 },
      cuts: { resnet50: cut },
      tail: 'train',
      tailLearningRate: 5e-5,
      epochs: 3,
      batchSize: 16,
    },
    split: {
      classes: Array.from({ length: 10 }, (_, i) => `class ${i}`),
      train: share(0, 60),
      validation: share(60, 80),
      test: share(80, 90),
    },
    extraction: {
      spec,
      backend: 'wasm',
      weights: await weightsInfo(storage, base.source),
      failed: [],
      timing: { downloadMs: 0, extractMs: ms, extractedImages: n, imagesPerSecond: null },
    },
  };
  base.dispose();
});
afterAll(async () => {
  await new RunStore(storage).clear();
});

test('the run’s base is kept under its own digest, and gives what the run was judged by', async () => {
  const before = tf.memory().numTensors;
  const epochs: EpochMetrics[] = [];
  const start = (job: Job, tell: (metrics: EpochMetrics) => void) =>
    trainRun(storage, request, job, tell, () => undefined);
  // Cancelled in the middle, and started again: it goes on from there, and tells the whole history.
  const job = new Job();
  const early: EpochMetrics[] = [];
  const cancelling = start(job, (metrics) => {
    early.push(metrics);
    if (metrics.epoch === 2) job.cancel();
  });
  await expect(cancelling).rejects.toMatchObject({ code: 'cancelled' });
  expect(tf.memory().numTensors).toBe(before);
  // One header, and large arrays of one generation.
  const kept = (await keysWithPrefix(storage, 'checkpoint/')).map((key) => key.split('/'));
  expect(kept.filter(({ length }) => length === 2)).toHaveLength(1);
  expect(new Set(kept.flatMap(([, , generation]) => generation ?? [])).size).toBe(1);
  const run = await start(new Job(), (metrics) => epochs.push(metrics));
  expect(epochs.slice(0, 2)).toEqual(early);
  expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect(await keysWithPrefix(storage, 'checkpoint/')).toEqual([]);
  expect(tf.memory().numTensors).toBe(before);
  const { result, head, spec, evaluation } = run;
  expect(epochs).toEqual(result.history);
  expect(result.weightsDigest).not.toBe(request.extraction.spec.weightsDigest);
  expect(spec).toMatchObject({ cut: 'avg_pool', weightsDigest: result.weightsDigest });
  expect(result.evaluation!.validation.images).toBe(20);
  expect(result.evaluation!.test!.images).toBe(10);
  const runs = new RunStore(storage);
  await runs.put(run);

  // Loaded as any base of a run, it makes of the pictures themselves what was stored of them.
  expect(await keptWeightsHere('resnet50', storage, result.weightsDigest)).toBe(true);
  const tuned = await loadKeptBase('resnet50', storage, result.weightsDigest);
  const length = side * side * 3;
  const anew = await tuned.features(squares.subarray(60 * length, 80 * length), 20);
  tuned.dispose();
  const stored = await new FeatureStore(storage).readMatrix(spec, ids.slice(60, 80), 2048);
  const largest = stored.reduce((most, value) => Math.max(most, value), 0);
  const off = anew.reduce((most, value, i) => Math.max(most, Math.abs(value - stored[i]!)), 0) / largest;
  const logits = headLogits(head, anew, 20);
  const apart = logits.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - evaluation.validation.logits[i]!)),
    0,
  );
  console.info(`features off by ${off.toExponential(1)} of the largest, logits by ${apart.toExponential(1)}`);
  // The stored ones were made from maps in 16 bits.
  expect(off).toBeLessThan(1e-3);
  expect(apart).toBeLessThan(0.02);
  expect((await new FeatureStore(storage).presentIds(spec)).size).toBe(n);

  await runs.remove(result.runId);
  expect(await keptWeightsHere('resnet50', storage, result.weightsDigest)).toBe(false);
});
