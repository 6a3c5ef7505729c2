import { encode } from 'fast-png';
import { unzipSync, zipSync } from 'fflate';
import { TunedStore } from '../bases/tuned';
import { imageId } from '../data/digest';
import { ImageStore, type NewImage } from '../data/image-store';
import type { Bytes } from '../data/records';
import { bottleneckSpec } from '../features/estimate';
import { FeatureStore } from '../features/store';
import { initialHead } from '../heads/head';
import { Job } from '../job';
import { shareScore } from '../results/evaluation';
import { RunStore, type FinishedRun } from '../results/run-store';
import { defaultRunRequest } from '../run';
import { openStorage } from '../storage';
import { openProject, readProject, type ProjectStores } from './read-project';
import { writeProject, type SaveOptions } from './write-project';

let opened = 0;

/** An empty database. */
export function stores(): ProjectStores {
  const storage = openStorage(`project-${opened++}`);
  return {
    images: new ImageStore(storage),
    runs: new RunStore(storage),
    features: new FeatureStore(storage),
    tuned: new TunedStore(storage),
  };
}

async function image(n: number, label: string): Promise<NewImage> {
  const data = Uint8Array.from({ length: 4 * 4 * 3 }, (_, i) => (37 * n + 11 * i) % 256);
  const bytes = new Uint8Array(encode({ width: 4, height: 4, channels: 3, data }));
  const record = {
    id: await imageId(bytes),
    label,
    path: `${label}/${n}.png`,
    share: n === 0 ? ('train' as const) : null,
    width: 4,
    height: 4,
    bytes: bytes.length,
    mime: 'image/png',
    phash: n.toString(16).padStart(32, '0'),
  };
  return { record, bytes, thumbnail: n === 1 ? new Blob([bytes], { type: 'image/png' }) : null };
}

export const classes = ['../../x', '<img onerror=alert(1)>', '__proto__'];

/** A small data set with a run on it, its features, a pin, and settings other than the usual. */
export async function filled(images = 9): Promise<{ at: ProjectStores; run: FinishedRun }> {
  const at = stores();
  const batch = await Promise.all(
    Array.from({ length: images }, (_, n) => image(n, classes[n % classes.length]!)),
  );
  await at.images.append(batch);
  const ids = batch.map(({ record }) => record.id);
  const spec = bottleneckSpec('vgg16', 'ab'.repeat(32), 'crop');
  await at.features.put(
    spec,
    ids,
    Float32Array.from({ length: 512 * images }, (_, i) => (i % 97) / 97),
  );
  const head = initialHead({ kind: 'dense', hidden: [4], dropout: 0, l2: 0 }, 512, classes.length, 3);
  const [train, validation] = [ids.slice(3), ids.slice(0, 3)];
  const judged = {
    ids: validation,
    labels: Uint16Array.of(0, 1, 2),
    logits: Float32Array.from({ length: 9 }, (_, i) => Math.sin(i)),
  };
  const run: FinishedRun = {
    result: {
      runId: 'vgg16-abc-1',
      finishedAt: '2026-01-02T03:04:05.678Z',
      base: 'vgg16',
      backend: 'wasm',
      weightsDigest: spec.weightsDigest,
      weights: { source: 'example', precision: 'float32', licence: 'MIT', bytes: 5 },
      request: { ...defaultRunRequest, bases: ['vgg16'], head: head.spec, resize: 'crop' },
      classes,
      split: { train, validation, test: [] },
      history: [{ epoch: 1, loss: 1.1, accuracy: 0.4, valLoss: 1.2, valAccuracy: 1 / 3 }],
      bestEpoch: 1,
      timing: { downloadMs: 1, extractMs: 2, extractedImages: 9, imagesPerSecond: 3, trainMs: 4 },
      evaluation: { validation: shareScore(judged, 3), test: null },
    },
    head,
    spec,
    evaluation: { validation: judged, test: null },
  };
  await at.runs.put(run);
  await at.runs.annotate(run.result.runId, { name: 'mine', pinned: true });
  return { at, run };
}

export const settings = {
  appVersion: '0.1.0',
  saved: '2026-03-04T05:06:07.000Z',
  request: { ...defaultRunRequest, seed: 7, epochs: 3 },
};

/** A project's file. */
export async function savedFile(at: ProjectStores, options: SaveOptions): Promise<Blob> {
  const parts: Bytes[] = [];
  await writeProject(
    at,
    options,
    settings,
    (bytes) => void parts.push(bytes.slice()),
    new Job(),
    () => undefined,
  );
  return new Blob(parts);
}

/** The files in it, by name. */
export async function saved(at: ProjectStores, options: SaveOptions): Promise<Record<string, Uint8Array>> {
  return unzipSync(new Uint8Array(await (await savedFile(at, options)).arrayBuffer()));
}

export function zipped(files: Record<string, Uint8Array>): Blob {
  return new Blob([new Uint8Array(zipSync(files, { level: 0 }))]);
}

export async function reopened(file: Blob, at = stores()) {
  const report = await openProject(await readProject(file), at, new Job(), () => undefined);
  return { at, report };
}
