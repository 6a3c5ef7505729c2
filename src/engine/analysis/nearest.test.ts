import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ImageStore } from '../data/image-store';
import { bottleneckSpec } from '../features/estimate';
import { FeatureStore } from '../features/store';
import { initialHead } from '../heads/head';
import { Job, type Progress } from '../job';
import { Random } from '../random';
import type { RunEvaluation } from '../results/evaluation';
import type { StoredRun } from '../results/run-store';
import { defaultRunRequest, type RunResult } from '../run';
import { openStorage, type Storage } from '../storage';
import { Best, cosine, nearestImages } from './nearest';
import { projectRun } from './projection';

const width = 512;
const spec = bottleneckSpec('vgg16', 'ab'.repeat(32), 'stretch');
const n = 200;
const ids = Array.from({ length: n }, (_, i) => `image${i}`);
const split = { train: ids.slice(0, 120), validation: ids.slice(120, 170), test: ids.slice(170) };
const classes = ['__proto__', 'cat', 'dog'];
const label = (i: number) => classes[i % 3]!;
const random = new Random(1, 'features');
/** A cloud a class. */
const features = Float32Array.from({ length: n * width }, (_, at) => {
  const [i, j] = [Math.floor(at / width), at % width];
  return Math.max(0, random.normal() + (j % 3 === i % 3 ? 1.5 : 0));
});
const row = (i: number) => features.subarray(i * width, (i + 1) * width);

const head = initialHead({ kind: 'dense', hidden: [], dropout: 0, l2: 0 }, width, 3, 1);
const result = {
  runId: 'run',
  base: 'vgg16',
  classes,
  split,
  request: { ...defaultRunRequest, seed: 5 },
} as unknown as RunResult;
const run: StoredRun = { result, head, spec };
/** Right about all but the first of each share. */
const evaluated = (of: readonly string[]) => ({
  ids: of,
  labels: Uint16Array.from(of, (id) => Number(id.slice(5)) % 3),
  logits: Float32Array.from({ length: of.length * 3 }, (_, at) => {
    const [i, c] = [Math.floor(at / 3), at % 3];
    const truth = Number(of[i]!.slice(5)) % 3;
    return c === (i === 0 ? (truth + 1) % 3 : truth) ? 2 : 0;
  }),
});
const evaluation: RunEvaluation = { validation: evaluated(split.validation), test: evaluated(split.test) };

let databases = 0;
let storage: Storage;
beforeEach(async () => {
  storage = openStorage(`nearest-${databases++}`);
  await new ImageStore(storage).append(
    ids.map((id, i) => ({
      record: {
        id,
        label: label(i),
        path: `${id}.png`,
        share: null,
        width: 8,
        height: 8,
        bytes: 3,
        mime: 'image/png',
      },
      bytes: Uint8Array.of(1, 2, 3),
      thumbnail: null,
    })),
  );
  const store = new FeatureStore(storage);
  await store.put(spec, ids.slice(0, 90), features.slice(0, 90 * width));
  await store.put(spec, ids.slice(90), features.slice(90 * width));
});

describe('nearestImages', () => {
  it('are those that brute force finds, among the training images only', async () => {
    const query = row(150);
    const expected = split.train
      .map((id, i) => ({ id, similarity: cosine(query, row(i)), label: label(i) }))
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, 7);
    expect(await nearestImages(storage, run, query, 7)).toEqual(expected);
  });

  it('leave the image itself out, and what is no longer in the data set', async () => {
    expect((await nearestImages(storage, run, row(4), 1))[0]).toMatchObject({ id: 'image4' });
    const [first, second] = await nearestImages(storage, run, row(4), 2, 'image4');
    expect(first!.id).not.toBe('image4');
    await new ImageStore(storage).edit({ kind: 'drop', images: [first!.id] });
    expect((await nearestImages(storage, run, row(4), 1, 'image4'))[0]!.id).toBe(second!.id);
  });

  it('are none where nothing of the run is here, as with a head from elsewhere', async () => {
    const foreign = { ...run, result: { ...result, split: { train: ['x'], validation: [] } } };
    expect(await nearestImages(storage, foreign, row(0), 5)).toEqual([]);
    await expect(projectRun(storage, foreign, null, 'pca', new Job())).rejects.toMatchObject({
      code: 'too-few-images',
    });
  });

  it('fit in a short list', () => {
    const best = new Best(2);
    for (const [i, similarity] of [0.1, 0.9, 0.5, 0.9, -1].entries()) best.add(`${i}`, similarity);
    expect(best.all.map(({ id }) => id)).toEqual(['1', '3']);
    expect(new Best(0).all).toEqual([]);
    expect(cosine(new Float32Array(3), Float32Array.of(1, 2, 3))).toBe(0);
    expect(cosine(Float32Array.of(1, 2), Float32Array.of(-2, -4))).toBeCloseTo(-1, 12);
  });
});

describe('projectRun', () => {
  it('maps every image of the run, with label, share and what the head says', async () => {
    const steps: Progress[] = [];
    const map = await projectRun(storage, run, evaluation, 'pca', new Job(), (step) => steps.push(step));
    expect(map.ids).toEqual(ids);
    expect(map.classes).toEqual(classes);
    expect([...map.labels]).toEqual(ids.map((_, i) => i % 3));
    expect([...map.share]).toEqual(ids.map((_, i) => (i < 120 ? 0 : i < 170 ? 1 : 2)));
    expect([...map.predicted.subarray(0, 120)].every((value) => value === -1)).toBe(true);
    const wrong = [...map.predicted.keys()].filter(
      (i) => map.predicted[i]! >= 0 && map.predicted[i] !== map.labels[i],
    );
    expect(wrong).toEqual([120, 170]);
    expect(steps.length).toBeGreaterThan(0);
    expect(map.explained![0]).toBeGreaterThan(map.explained![1]);
    // Three clouds: each image is nearer to its own than to the others.
    const centre = (c: number, axis: number) => {
      const own = [...map.labels.keys()].filter((i) => map.labels[i] === c);
      return own.reduce((sum, i) => sum + map.xy[2 * i + axis]!, 0) / own.length;
    };
    for (let i = 0; i < n; i++) {
      const distance = (c: number) =>
        Math.hypot(map.xy[2 * i]! - centre(c, 0), map.xy[2 * i + 1]! - centre(c, 1));
      expect([0, 1, 2].sort((a, b) => distance(a) - distance(b))[0]).toBe(map.labels[i]);
    }
  });

  it('draws some of too many images, by seed, as many of each class and share as there should be', async () => {
    const some = await projectRun(storage, run, evaluation, 'pca', new Job(), () => undefined, 60);
    expect([some.of, some.ids.length, some.xy.length]).toEqual([n, 60, 120]);
    expect(some.ids).toEqual(ids.filter((id) => some.ids.includes(id)));
    for (const [share, images] of [120, 50, n - 170].entries())
      for (let c = 0; c < 3; c++) {
        const drawn = [...some.ids.keys()].filter((i) => some.share[i] === share && some.labels[i] === c);
        expect(Math.abs(drawn.length - ((images / 3) * 60) / n)).toBeLessThan(2);
      }
    const again = await projectRun(storage, run, evaluation, 'pca', new Job(), () => undefined, 60);
    expect(again.ids).toEqual(some.ids);
    expect((await projectRun(storage, run, evaluation, 'pca', new Job())).of).toBe(n);
  });

  it('repeats itself, by either method', async () => {
    for (const method of ['pca', 'umap'] as const) {
      const once = await projectRun(storage, run, null, method, new Job());
      expect((await projectRun(storage, run, null, method, new Job())).xy).toEqual(once.xy);
    }
  }, 20_000);

  it('can be cancelled', async () => {
    const job = new Job();
    const cancelSoon = ({ done }: Progress) => {
      if (done > n / 2) job.cancel();
    };
    await expect(projectRun(storage, run, null, 'umap', job, cancelSoon)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
