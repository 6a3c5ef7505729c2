import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { outOfMemory } from '../backend/device-lost';
import type { FrozenBase } from '../bases/frozen-base';
import type { CutOutput } from '../bases/runner';
import { HeadwayError } from '../errors';
import { Job, type Progress } from '../job';
import { resnet50 } from '../nets/resnet50';
import { sourcesOf } from '../bases/sources';
import { openStorage } from '../storage';
import { bottleneckSpec } from './estimate';
import { extractFeatures, probeSpeed, type ExtractOptions } from './extract';
import { specKey } from './key';
import { FeatureStore } from './store';

const digest = 'ab'.repeat(32);
const spec = bottleneckSpec('resnet50', digest, 'stretch');
const idsFrom = (start: number, n: number) => Array.from({ length: n }, (_, i) => `id${start + i}`);

/** A base that adds up the twelve bytes of an image, [n, 2, 2, 3] → [n, 2], and runs out of memory above `room`. */
class FakeBase implements FrozenBase {
  readonly net = resnet50;
  readonly weightsDigest = digest;
  readonly source = sourcesOf(resnet50, null)[0]!;
  readonly kernels = 'tfjs';
  readonly batches: number[] = [];
  constructor(readonly room = Infinity) {}
  features(squares: Uint8Array, n: number): Promise<Float32Array> {
    if (n > this.room) return Promise.reject(outOfMemory('test'));
    this.batches.push(n);
    expect(squares).toHaveLength(n * 12);
    const features = new Float32Array(2 * n);
    for (const [i, byte] of squares.entries()) features[2 * Math.floor(i / 12)]! += byte;
    return Promise.resolve(features);
  }
  async outputs(squares: Uint8Array, n: number, wanted: readonly CutOutput[]): Promise<Float32Array[]> {
    const features = await this.features(squares, n);
    return wanted.map(({ cut }) => (cut === 'avg_pool' ? features : features.map((x) => -x)));
  }
  dispose(): void {
    this.batches.length = 0;
  }
}

/** Every byte of an image is its number; numbers in `bad` cannot be read. */
const pixelsWithout =
  (...bad: number[]) =>
  (ids: readonly string[]): Promise<Uint8Array> => {
    const numbers = ids.map((id) => Number(id.slice(2)));
    const broken = numbers.find((number) => bad.includes(number));
    if (broken !== undefined)
      return Promise.reject(new HeadwayError({ code: 'image-unreadable', message: '', advice: '' }));
    return Promise.resolve(Uint8Array.from(numbers.flatMap((number) => new Array<number>(12).fill(number))));
  };

let databases = 0;
let store: FeatureStore;
let job: Job;
let reports: Progress[];
beforeEach(() => {
  store = new FeatureStore(openStorage(`extract-${databases++}`));
  job = new Job();
  reports = [];
});

const extract = (base: FrozenBase, ids: string[], extra: Partial<ExtractOptions> = {}) =>
  extractFeatures({
    base,
    spec,
    ids,
    pixels: pixelsWithout(),
    store,
    control: job,
    onProgress: (progress) => reports.push(progress),
    ...extra,
  });

const stored = async (ids: string[]) =>
  [...(await store.readMatrix(spec, ids, 2))].filter((_, i) => i % 2 === 0);

test('every image goes through once, and never again', async () => {
  const base = new FakeBase();
  const ids = idsFrom(0, 20);
  const report = await extract(base, [...ids, 'id3']);
  expect(report).toMatchObject({ extracted: 20, skipped: 0, failed: [] });
  expect(base.batches).toEqual([8, 8, 4]);
  expect(await stored(['id7', 'id19'])).toEqual([84, 228]);
  expect(reports.at(-1)).toMatchObject({ done: 20, total: 20, unit: 'images' });

  const again = await extract(base, [...ids, 'id20']);
  expect(again).toMatchObject({ extracted: 1, skipped: 20 });
  expect(base.batches).toEqual([8, 8, 4, 1]);
});

test('an unreadable image is reported and holds nobody up', async () => {
  const report = await extract(new FakeBase(), idsFrom(0, 20), { pixels: pixelsWithout(3, 17) });
  expect(report).toMatchObject({ extracted: 18, failed: ['id3', 'id17'] });
  expect((await store.presentIds(spec)).size).toBe(18);
  expect(await stored(['id4', 'id16'])).toEqual([48, 192]);
  expect(reports.at(-1)).toMatchObject({ done: 20 });
});

test('without memory the batch is halved until it fits, and nothing is lost', async () => {
  const base = new FakeBase(3);
  const notes: string[] = [];
  const report = await extract(base, idsFrom(0, 20), { onNote: ({ text }) => notes.push(text) });
  expect(report.extracted).toBe(20);
  expect(Math.max(...base.batches)).toBeLessThanOrEqual(3);
  expect(notes).toHaveLength(2);
  expect(await stored(idsFrom(0, 20))).toEqual(Array.from({ length: 20 }, (_, i) => 12 * i));
});

test('one image too large for memory ends it', async () => {
  await expect(extract(new FakeBase(0), idsFrom(0, 3))).rejects.toMatchObject({ code: 'out-of-memory' });
});

test('cancelled, it has stored what it had, and goes on from there', async () => {
  const onProgress = ({ done }: Progress) => {
    if (done === 16) job.cancel();
  };
  await expect(extract(new FakeBase(), idsFrom(0, 100), { onProgress })).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect((await store.presentIds(spec)).size).toBe(16);
  job = new Job();
  expect(await extract(new FakeBase(), idsFrom(0, 100))).toMatchObject({ extracted: 84, skipped: 16 });
});

test('while it is paused, what it had is stored', async () => {
  const onProgress = ({ done }: Progress) => {
    if (done === 8) job.pause();
  };
  const work = extract(new FakeBase(), idsFrom(0, 24), { onProgress });
  await expect.poll(async () => (await store.presentIds(spec)).size).toBe(8);
  job.resume();
  expect((await work).extracted).toBe(24);
});

test('the pixels of the next batch are fetched while a batch computes', async () => {
  const order: string[] = [];
  const base = new FakeBase();
  const compute = base.features.bind(base);
  base.features = async (squares, n) => {
    order.push('compute');
    return compute(squares, n);
  };
  const pixels = (ids: readonly string[]) => {
    order.push('pixels');
    return pixelsWithout()(ids);
  };
  await extract(base, idsFrom(0, 24), { pixels });
  expect(order).toEqual(['pixels', 'pixels', 'compute', 'pixels', 'compute', 'compute']);
});

test('one pass fills several cuts, and images that lack one of them go through again', async () => {
  const base = new FakeBase();
  const low = { ...spec, cut: 'conv1_relu' };
  await extract(base, idsFrom(0, 4));
  const report = await extract(base, idsFrom(0, 6), { others: [low] });
  expect(report).toMatchObject({ extracted: 6, skipped: 0 });
  expect(base.batches).toEqual([4, 6]);
  expect((await store.readMatrix(low, ['id5'], 2))[0]).toBe(-60);
  expect(await stored(['id5'])).toEqual([60]);
  // What was there is not stored a second time.
  expect(await store.list()).toEqual([
    { key: specKey(spec), images: 6 },
    { key: specKey(low), images: 6 },
  ]);
  expect(await extract(base, idsFrom(0, 6), { others: [low] })).toMatchObject({ extracted: 0, skipped: 6 });
});

test('features of other weights never come under this spec', async () => {
  await expect(extract(new FakeBase(), ['id1'], { spec: { ...spec, weightsDigest: 'cd' } })).rejects.toThrow(
    'other weights',
  );
});

test('the probe tells images a second', async () => {
  const base = new FakeBase();
  expect(await probeSpeed(base, await pixelsWithout()(idsFrom(0, 4)), 4)).toBeGreaterThan(0);
  expect(base.batches).toEqual([1, 3]);
});
