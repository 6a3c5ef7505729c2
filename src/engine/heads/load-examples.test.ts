import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { bottleneckSpec } from '../features/estimate';
import { FeatureStore } from '../features/store';
import { openStorage } from '../storage';
import { loadExamples, subsetOf } from './load-examples';
import { StoredExamples } from './stored-examples';

const spec = bottleneckSpec('resnet50', 'ab'.repeat(32), 'stretch');
const shape = { inputs: 2, classes: 3 };
const n = 200;
const ids = Array.from({ length: n }, (_, i) => `id${i}`);
const labels = Uint16Array.from(ids, (_, i) => i % 3);
const features = Float32Array.from({ length: 2 * n }, (_, i) => i);

describe('loadExamples', () => {
  it('leaves in the store what is too much for memory; subsets of both are the same', async () => {
    const store = new FeatureStore(openStorage('load-examples'));
    await store.put(spec, ids.toReversed(), features.slice().reverse());
    const bytes = 4 * 2 * n;
    const share = { ids: ids.toReversed(), labels: labels.slice().reverse() };
    const held = await loadExamples(store, [spec], share, shape, bytes);
    const stored = await loadExamples(store, [spec], share, shape, bytes - 1);
    expect(held).not.toBeInstanceOf(StoredExamples);
    expect(stored).toBeInstanceOf(StoredExamples);
    const rows = Uint32Array.of(0, 3, 70, 71, 199);
    const some = await subsetOf(held, rows);
    expect(some).toMatchObject({
      features: Float32Array.from([...rows].flatMap((row) => [399 - 2 * row, 398 - 2 * row])),
      labels: Uint16Array.from(rows, (row) => (199 - row) % 3),
    });
    expect(await subsetOf(stored, rows)).toEqual(some);
    const streamed = await subsetOf(stored, rows, 0);
    expect(streamed).toBeInstanceOf(StoredExamples);
    expect(streamed.labels).toEqual(some.labels);
    expect(await (streamed as StoredExamples).features()).toEqual(
      (some as { features: Float32Array }).features,
    );
  });
});
