import 'fake-indexeddb/auto';
import { del, get, set } from 'idb-keyval';
import { beforeEach, expect, test } from 'vitest';
import { faulty } from '../faulty-storage.test-helper';
import { keysWithPrefix, openStorage, type Storage } from '../storage';
import { specKey, type FeatureSpec } from './key';
import { FeatureStore } from './store';

const spec: FeatureSpec = {
  base: 'resnet50',
  weightsDigest: '00112233445566778899',
  inputSize: 224,
  resize: 'stretch',
  cut: 'avg_pool',
  numberFormat: 'float32',
};
const other: FeatureSpec = { ...spec, resize: 'crop' };
const width = 3;

const idsFrom = (start: number, n: number) => Array.from({ length: n }, (_, i) => `id${start + i}`);
/** Row of an id: its number, doubled, tripled. */
const rowsOf = (ids: readonly string[]) =>
  Float32Array.from(ids.flatMap((id) => [1, 2, 3].map((k) => k * Number(id.slice(2)))));

let databases = 0;
let storage: Storage;
let store: FeatureStore;
beforeEach(() => {
  storage = openStorage(`features-${databases++}`);
  store = new FeatureStore(storage);
});

test('the key holds everything that changes a value', () => {
  expect(specKey(spec)).toBe('resnet50.0011223344556677.224.stretch.avg_pool.float32');
  const changes = [{ weightsDigest: 'ff' }, { inputSize: 64 }, { resize: 'crop' }, { cut: 'conv4' }] as const;
  expect(new Set([spec, ...changes.map((change) => ({ ...spec, ...change }))].map(specKey)).size).toBe(5);
});

test('a matrix comes back in the order asked for, across chunks and with repeats', async () => {
  const ids = idsFrom(0, 150);
  await store.put(spec, ids.slice(0, 100), rowsOf(ids.slice(0, 100)));
  await store.put(spec, ids.slice(100), rowsOf(ids.slice(100)));
  expect(await store.presentIds(spec)).toEqual(new Set(ids));
  const wanted = ['id149', 'id0', 'id64', 'id63', 'id0'];
  expect(await store.readMatrix(spec, wanted, width)).toEqual(rowsOf(wanted));
  expect((await keysWithPrefix(storage, 'features/')).filter((key) => key.endsWith('/ids'))).toHaveLength(3);
});

test('more chunks than are read at once', async () => {
  const ids = idsFrom(0, 40 * 64);
  await store.put(spec, ids, rowsOf(ids));
  const wanted = ids.toReversed();
  expect(await store.readMatrix(spec, wanted, width)).toEqual(rowsOf(wanted));
});

test('a chunk that is removed while it is looked for is not there', async () => {
  const ids = idsFrom(0, 100);
  await store.put(spec, ids, rowsOf(ids));
  const [first] = (await keysWithPrefix(storage, 'features/')).filter((key) => key.endsWith('/ids'));
  let asked = 0;
  const meanwhile: Storage = async (mode, use) => {
    // After the keys were listed, before they are read.
    if (asked++ === 1) await del(first!, storage);
    return storage(mode, use);
  };
  const present = await new FeatureStore(meanwhile).presentIds(spec);
  expect([36, 64]).toContain(present.size);
});

test('two writers of the same images do not disturb each other', async () => {
  const ids = idsFrom(0, 10);
  await Promise.all([
    store.put(spec, ids, rowsOf(ids)),
    new FeatureStore(storage).put(spec, ids, rowsOf(ids)),
  ]);
  expect(await store.readMatrix(spec, ids, width)).toEqual(rowsOf(ids));
  expect(await store.presentIds(spec)).toEqual(new Set(ids));
});

test('specs are apart, listed and removed one by one', async () => {
  await store.put(spec, idsFrom(0, 3), rowsOf(idsFrom(0, 3)));
  await store.put(other, idsFrom(5, 2), rowsOf(idsFrom(5, 2)));
  await set('weights/x', 1, storage);
  expect(await store.list()).toEqual([
    { key: specKey(other), images: 2 },
    { key: specKey(spec), images: 3 },
  ]);
  await store.remove(spec);
  expect(await store.presentIds(spec)).toEqual(new Set());
  expect((await store.presentIds(other)).size).toBe(2);
  await store.clear();
  expect(await keysWithPrefix(storage, '')).toEqual(['weights/x']);
});

test('a missing image, or a chunk of another width, is an error and not zeros', async () => {
  const ids = idsFrom(0, 3);
  await store.put(spec, ids, rowsOf(ids));
  await expect(store.readMatrix(spec, ['id1', 'id7'], width)).rejects.toThrow('1 images are not stored');
  await expect(store.readMatrix(spec, ids, 4)).rejects.toThrow('3 images are not stored');
  await expect(store.put(spec, ids, new Float32Array(10))).rejects.toThrow('do not divide');
});

test.each<[string, (key: string) => Promise<void>]>([
  [
    'changed',
    async (key) => {
      const values = (await get<Float32Array>(key, storage))!;
      values[7]! += 1;
      await set(key, values, storage);
    },
  ],
  ['cut short', (key) => set(key, new Float32Array(5), storage)],
  ['lost, its index kept', (key) => del(key, storage)],
  ['kept, its index lost', (key) => del(`${key}/ids`, storage)],
])('a chunk that was %s is found out, removed, and computed again', async (_, damage) => {
  const ids = idsFrom(0, 128);
  await store.put(spec, ids.slice(0, 64), rowsOf(ids.slice(0, 64)));
  const [key] = await keysWithPrefix(storage, 'features/');
  await store.put(spec, ids.slice(64), rowsOf(ids.slice(64)));
  await damage(key!);
  await expect(store.readMatrix(spec, ids, width)).rejects.toMatchObject({ code: 'features-missing' });
  expect(await store.presentIds(spec)).toEqual(new Set(ids.slice(64)));
  await store.put(spec, ids.slice(0, 64), rowsOf(ids.slice(0, 64)));
  expect(await store.readMatrix(spec, ids, width)).toEqual(rowsOf(ids));
});

test('a chunk that the browser cannot read counts as damaged, not as the end of the database', async () => {
  const ids = idsFrom(0, 128);
  await store.put(spec, ids, rowsOf(ids));
  const [bad] = await keysWithPrefix(storage, 'features/');
  const broken = new FeatureStore(faulty(storage, 'get', (key) => key === bad));
  await expect(broken.readMatrix(spec, ids, width)).rejects.toThrow('64 images are not stored');
  expect((await store.presentIds(spec)).size).toBe(64);
});
