import 'fake-indexeddb/auto';
import { keys } from 'idb-keyval';
import { beforeEach, describe, expect, it } from 'vitest';
import { AnalysisStore } from '../../engine/analysis/analysis-store';
import { labelledImages } from '../../engine/analysis/labelled-images';
import { ImageStore } from '../../engine/data/image-store';
import type { ImageId, Share } from '../../engine/data/records';
import { RunStore } from '../../engine/results/run-store';
import { defaultRunRequest } from '../../engine/run';
import { openStorage, type Storage } from '../../engine/storage';
import { Jobs } from '../jobs';
import { analysisService } from './analysis-service';

const image = (id: ImageId, label: string, share: Share | null = null) => ({
  record: { id, label, path: `${label}/${id}.png`, share, width: 8, height: 8, bytes: 3, mime: 'image/png' },
  bytes: Uint8Array.of(1, 2, 3),
  thumbnail: null,
});

const run = (runId: string) => ({
  result: {
    runId,
    finishedAt: '2026-01-01T00:00:00.000Z',
    base: 'vgg16' as const,
    backend: 'wasm' as const,
    weightsDigest: 'd',
    weights: { source: '', precision: 'float32', licence: '', bytes: 0 },
    request: defaultRunRequest,
    classes: ['__proto__', 'dog'],
    split: { train: ['a', 'b', 'c', 'gone'], validation: ['d', 'e'], test: ['f'] },
    history: [],
    bestEpoch: 1,
    timing: { downloadMs: 0, extractMs: 0, extractedImages: 0, imagesPerSecond: null, trainMs: 0 },
  },
  head: { spec: defaultRunRequest.head, inputs: 512, classes: 2, layers: [] },
  spec: {
    base: 'vgg16' as const,
    weightsDigest: 'd',
    inputSize: 224,
    resize: 'stretch' as const,
    cut: 'block5_pool',
    numberFormat: 'float32' as const,
  },
  evaluation: { validation: { ids: [], labels: new Uint16Array(), logits: new Float32Array() }, test: null },
});

let count = 0;
let storage: Storage;
beforeEach(async () => {
  storage = openStorage(`analysis-${count++}`);
  const images = new ImageStore(storage);
  await images.append([image('a', '__proto__'), image('b', 'dog'), image('c', 'dog')]);
  await images.append([image('d', '__proto__'), image('e', 'dog'), image('f', 'dog')]);
  await new RunStore(storage).put(run('r'));
});

const service = () => analysisService(storage, new Jobs());
const edit = (change: Parameters<ImageStore['edit']>[0]) => new ImageStore(storage).edit(change);

describe('the images of a run', () => {
  it('are those that the data set still has, as they are labelled now, without test images', async () => {
    await edit({ kind: 'relabel', images: ['c'], to: 'cat' });
    const { classes, train, validation } = await labelledImages(storage, run('r'));
    expect(classes).toEqual(['__proto__', 'cat', 'dog']);
    expect(train).toEqual({ ids: ['a', 'b', 'c'], labels: Uint16Array.of(0, 2, 1) });
    expect(validation).toEqual({ ids: ['d', 'e'], labels: Uint16Array.of(0, 2) });
  });

  it('are refused where one class is left', async () => {
    await edit({ kind: 'drop', images: ['a', 'd'] });
    await expect(service().storedLabelErrors('r')).rejects.toMatchObject({ code: 'too-few-classes' });
  });
});

describe('stored analyses', () => {
  const put = async (kind: 'label-errors' | 'learning-curve') => {
    const { digest } = await labelledImages(storage, run('r'));
    await new AnalysisStore(storage).put(kind, 'r', digest, { kind });
  };

  it('are returned instead of being made again, while labels are what they were', async () => {
    await put('label-errors');
    await put('learning-curve');
    const stored = { kind: 'label-errors' };
    expect(await service().storedLabelErrors('r')).toEqual(stored);
    expect(await service().labelErrors(1, 'r', () => undefined)).toEqual(stored);
    expect(await service().learningCurve(2, 'r', () => undefined)).toEqual({ kind: 'learning-curve' });
    // A test image is no part of them.
    await edit({ kind: 'relabel', images: ['f'], to: '__proto__' });
    expect(await service().storedLabelErrors('r')).toEqual(stored);
    await edit({ kind: 'relabel', images: ['b'], to: '__proto__' });
    expect(await service().storedLabelErrors('r')).toBeNull();
    expect(await service().storedLearningCurve('r')).toBeNull();
    await new ImageStore(storage).undo();
    expect(await service().storedLabelErrors('r')).toEqual(stored);
    await edit({ kind: 'drop', images: ['e'] });
    expect(await service().storedLabelErrors('r')).toBeNull();
  });

  it('go with their run, as do confirmed labels, which outlive a change of labels', async () => {
    await put('label-errors');
    await service().setKeptLabels('r', ['a', 'b']);
    await edit({ kind: 'relabel', images: ['b'], to: '__proto__' });
    expect(await service().keptLabels('r')).toEqual(['a', 'b']);
    await new RunStore(storage).remove('r');
    expect((await keys<string>(storage)).filter((key) => key.endsWith('/r'))).toEqual([]);
    expect(await service().keptLabels('r')).toEqual([]);
    await expect(service().storedLabelErrors('r')).rejects.toMatchObject({ code: 'unknown-run' });
  });

  it('are refused for runs that trained stages of their base', async () => {
    const stored = run('m');
    const tuned = { ...stored.result, request: { ...defaultRunRequest, tail: 'train' as const } };
    const { examplesOf } = await import('../../engine/analysis/labelled-images');
    const some = { ids: ['a'], labels: Uint16Array.of(0) };
    await expect(examplesOf(storage, { ...stored, result: tuned }, some, 2)).rejects.toMatchObject({
      code: 'invalid-request',
    });
  });
});
