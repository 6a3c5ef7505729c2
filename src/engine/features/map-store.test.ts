import 'fake-indexeddb/auto';
import { get, set } from 'idb-keyval';
import { beforeEach, expect, test } from 'vitest';
import { keysWithPrefix, openStorage, type Storage } from '../storage';
import { bottleneckSpec } from './estimate';
import { specKey, type FeatureSpec } from './key';
import { MapStore } from './map-store';

const spec: FeatureSpec = {
  ...bottleneckSpec('resnet50', 'ab'.repeat(32), 'stretch', 'conv4_block6_out'),
  numberFormat: 'float16',
  form: 'map',
};
let databases = 0;
let storage: Storage;
let store: MapStore;
const wanted = (ids: readonly string[]) => ids.map((id) => ({ spec, id }));
beforeEach(() => {
  storage = openStorage(`maps-${databases++}`);
  store = new MapStore(storage);
});

test('maps come back in the order asked for, rounded to float16 and no further', async () => {
  const ids = ['a', 'b', 'c'];
  const maps = Float32Array.from({ length: 3 * 500 }, (_, i) => Math.exp(((i * 37) % 300) / 30 - 2));
  await store.put(spec, ids, maps);
  const back = await store.read(wanted(['c', 'a', 'c']), 500);
  for (const [i, value] of back.entries()) {
    const was = maps[[2, 0, 2][Math.floor(i / 500)]! * 500 + (i % 500)]!;
    expect(Math.abs(value - was) / was).toBeLessThanOrEqual(2 ** -11);
  }
  expect(await store.presentIds(spec)).toEqual(new Set(ids));
  expect(specKey(spec)).toBe('resnet50.abababababababab.224.stretch.conv4_block6_out.float16.map');
});

test('large maps are written a few at a time, and again without doubling', async () => {
  const ids = Array.from({ length: 5 }, (_, i) => `id${i}`);
  const length = 2 ** 22;
  const maps = new Float32Array(5 * length).fill(0.5);
  await store.put(spec, ids, maps);
  await store.put(spec, ids.slice(0, 2), maps.subarray(0, 2 * length));
  expect(await keysWithPrefix(storage, 'maps/')).toHaveLength(5);
  expect((await store.read(wanted(['id4']), length))[length - 1]).toBe(0.5);
});

test('missing maps, other lengths, vectors and numbers too large are errors', async () => {
  await store.put(spec, ['a'], Float32Array.of(1, 2));
  await expect(store.read(wanted(['a', 'b']), 2)).rejects.toMatchObject({ code: 'features-missing' });
  await expect(store.read(wanted(['a']), 3)).rejects.toMatchObject({ code: 'features-missing' });
  await expect(store.put(spec, ['b'], Float32Array.of(65_600))).rejects.toMatchObject({ code: 'internal' });
  await expect(store.put(spec, ['b', 'c'], new Float32Array(3))).rejects.toThrow('do not divide');
  const vector = bottleneckSpec('resnet50', 'ab', 'stretch');
  await expect(store.put(vector, ['a'], Float32Array.of(1))).rejects.toThrow('not of maps');
});

test('maps that nobody needs go, those of every weight file that are needed stay', async () => {
  const others = [
    { ...spec, weightsDigest: 'cd'.repeat(32) },
    { ...spec, resize: 'crop' },
    { ...spec, cut: 'conv3_block4_out' },
    { ...spec, base: 'inception-v3', cut: 'mixed7' },
  ] as const;
  for (const one of [spec, ...others]) await store.put(one, ['a', 'b'], Float32Array.of(1, 2));
  await store.keepOnly([spec, { base: 'inception-v3', resize: 'stretch', cut: 'mixed7' }]);
  const left = await Promise.all([spec, ...others].map(async (one) => (await store.presentIds(one)).size));
  expect(left).toEqual([2, 2, 0, 0, 2]);
  await store.keepOnly([]);
  expect(await keysWithPrefix(storage, 'maps/')).toEqual([]);
});

test('specs are apart, and removed one by one', async () => {
  const other = { ...spec, resize: 'crop' } as const;
  await store.put(spec, ['a'], Float32Array.of(1));
  await store.put(other, ['b'], Float32Array.of(2));
  await store.remove(spec);
  expect([...(await store.presentIds(spec)), ...(await store.presentIds(other))]).toEqual(['b']);
  await store.clear();
  expect(await keysWithPrefix(storage, 'maps/')).toEqual([]);
});

test('a map that the disk has changed or cut is removed, the others stay', async () => {
  await store.put(
    spec,
    ['a', 'b', 'c', 'd'],
    Float32Array.from({ length: 8 }, (_, i) => i),
  );
  const key = (id: string) => `maps/${specKey(spec)}/${id}`;
  const changed = (await get<Uint16Array>(key('b'), storage))!;
  changed[1]! ^= 1;
  await set(key('b'), changed, storage);
  await set(key('c'), changed.slice(0, 5), storage);
  await expect(store.read(wanted(['a', 'b', 'c', 'd']), 2)).rejects.toMatchObject({
    code: 'features-missing',
    message: 'The feature maps of 2 images are not stored.',
  });
  expect(await store.presentIds(spec)).toEqual(new Set(['a', 'd']));
  expect([...(await store.read(wanted(['d']), 2))]).toEqual([6, 7]);
});
