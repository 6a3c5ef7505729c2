import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { bottleneckSpec } from '../features/estimate';
import { FeatureStore } from '../features/store';
import { Random } from '../random';
import { openStorage } from '../storage';
import type { Batch } from './examples';
import { StoredExamples } from './stored-examples';

const spec = bottleneckSpec('resnet50', 'ab'.repeat(32), 'stretch');
const inputs = 3;
const n = 1000;
const ids = Array.from({ length: n }, (_, i) => `id${i}`);
/** An image's features say which it is, and so does its label. */
const labels = Uint16Array.from(ids, (_, i) => i);
let databases = 0;
let store: FeatureStore;

beforeEach(async () => {
  store = new FeatureStore(openStorage(`stored-examples-${databases++}`));
  // As extraction leaves them: chunks of all sizes, an image twice, others of another data set between them.
  const features = (list: readonly string[]) =>
    Float32Array.from(list.flatMap((id) => [1, 2, 3].map((k) => k * Number(id.slice(2)))));
  for (let from = 0; from < n;) {
    const some = ids.slice(from, from + 1 + ((from * 7) % 64));
    await store.put(spec, [...some, `id${n + from}`], features([...some, `id${n + from}`]));
    from += some.length;
  }
  await store.put(spec, ids.slice(0, 5), features(ids.slice(0, 5)));
});

async function collected(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const all: Batch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

describe('StoredExamples', () => {
  it('gives every example once an epoch, in full batches, mixed over all chunks in memory', async () => {
    // Room for some 200 of the 1,000.
    const source = await StoredExamples.of(store, [spec], { ids, labels }, { inputs, classes: n }, 200 * 12);
    const random = new Random(1, 'shuffle');
    const batches = await collected(source.epoch(random, 64));
    expect(batches.map(({ size }) => size)).toEqual([...new Array<number>(15).fill(64), 40]);
    for (const { size, features, labels: own } of batches) {
      expect([features.length, own.length]).toEqual([size * inputs, size]);
      expect(features).toEqual(
        Float32Array.from([...own].flatMap((label) => [1, 2, 3].map((k) => k * label))),
      );
    }
    const order = batches.flatMap(({ labels: own }) => [...own]);
    expect(order.toSorted((a, b) => a - b)).toEqual([...labels]);
    // Neighbours in the store are one apart, two at random a third of all.
    const apart = batches.map(({ labels: own }) => Math.max(...own) - Math.min(...own));
    expect(apart.reduce((sum, one) => sum + one, 0) / apart.length).toBeGreaterThan(0.3 * n);
    const second = await collected(source.epoch(random, 64));
    expect(second[0]!.labels).not.toEqual(batches[0]!.labels);
    const again = await collected(source.epoch(new Random(1, 'shuffle'), 64));
    expect(again).toEqual(batches);
  });

  it('gives every example once in parts, and never more of them than fit', async () => {
    const source = await StoredExamples.of(store, [spec], { ids, labels }, { inputs, classes: n }, 200 * 12);
    const reads: number[] = [];
    const read = store.readChunks.bind(store);
    store.readChunks = (chunks, width) => {
      reads.push(chunks.reduce((sum, { images }) => sum + images, 0));
      return read(chunks, width);
    };
    const seen: number[] = [];
    for await (const { rows, features } of source.parts()) {
      expect([...features].filter((_, i) => i % inputs === 0)).toEqual([...rows]);
      seen.push(...rows);
    }
    expect(seen.toSorted((a, b) => a - b)).toEqual([...labels]);
    expect(reads.length).toBeGreaterThan(4);
    expect(Math.max(...reads)).toBeLessThanOrEqual(200);
  });

  it('takes altered copies as further examples of the same images', async () => {
    const copy = { ...spec, resize: 'crop' } as const;
    await store.put(copy, ['id1', 'id0'], Float32Array.of(10, 20, 30, 0.5, 1, 1.5));
    const share = { ids: ['id0', 'id1'], labels: Uint16Array.of(0, 1) };
    const source = await StoredExamples.of(store, [spec, copy], share, { inputs, classes: 2 });
    expect([...source.labels]).toEqual([0, 1, 0, 1]);
    const [batch] = await collected(source.epoch(new Random(1, 'shuffle'), 8));
    const first = [...batch!.labels].map((label, i) => `${label}: ${batch!.features[i * inputs]!}`);
    expect(first.toSorted()).toEqual(['0: 0', '0: 0.5', '1: 1', '1: 10']);
  });

  it('says at once what is missing', async () => {
    const one = { ids: [...ids, 'id9999'], labels: new Uint16Array(n + 1) };
    await expect(StoredExamples.of(store, [spec], one, { inputs, classes: 2 })).rejects.toMatchObject({
      details: expect.stringContaining('id9999') as unknown,
    });
  });
});
