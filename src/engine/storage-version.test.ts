import 'fake-indexeddb/auto';
import { get, set, setMany } from 'idb-keyval';
import { beforeEach, expect, test } from 'vitest';
import { faulty } from './faulty-storage.test-helper';
import { bottleneckSpec, mapSpec } from './features/estimate';
import { specKey } from './features/key';
import { FeatureStore } from './features/store';
import { keysWithPrefix, openStorage, type Storage } from './storage';
import { bringUpToDate, startOver, storageVersion } from './storage-version';

const spec = bottleneckSpec('resnet50', 'ab'.repeat(32), 'stretch');
const maps = `maps/${specKey(mapSpec('resnet50', 'ab', 'stretch', 'conv4_block6_out'))}/a`;
const chunk = `features/${specKey(spec)}/one`;

let databases = 0;
let storage: Storage;
beforeEach(() => {
  storage = openStorage(`version-${databases++}`);
});

/** As the page stored before it counted versions. */
const asVersion0 = () =>
  setMany(
    [
      [chunk, Float32Array.of(1, 2, 3, 4)],
      [`${chunk}/ids`, ['a', 'b']],
      [maps, new Uint16Array(8)],
      ['run/x', { runId: 'x' }],
    ],
    storage,
  );

test('an empty database gets the present version', async () => {
  await bringUpToDate(storage);
  expect(await get('version', storage)).toBe(storageVersion);
  expect(await keysWithPrefix(storage, '')).toHaveLength(1);
});

test('version 0: features are read on, maps are made anew, all else stays', async () => {
  await asVersion0();
  await bringUpToDate(storage);
  expect([...(await new FeatureStore(storage).readMatrix(spec, ['b', 'a'], 2))]).toEqual([3, 4, 1, 2]);
  expect(await keysWithPrefix(storage, 'maps/')).toEqual([]);
  expect(await get('run/x', storage)).toEqual({ runId: 'x' });
  await bringUpToDate(storage);
  expect((await new FeatureStore(storage).presentIds(spec)).size).toBe(2);
});

test('a step that is interrupted has not happened', async () => {
  await asVersion0();
  const full = faulty(storage, 'put', (key) => key === 'version');
  await expect(bringUpToDate(full)).rejects.toMatchObject({ code: 'storage-full' });
  expect(await get(`${chunk}/ids`, storage)).toEqual(['a', 'b']);
  expect(await keysWithPrefix(storage, 'maps/')).toEqual([maps]);
  await bringUpToDate(storage);
  expect(await keysWithPrefix(storage, 'maps/')).toEqual([]);
});

test.each([storageVersion + 1, 'two', { version: 1 }])(
  'what says it is of version %o is left alone',
  async (version) => {
    await set('version', version, storage);
    await expect(bringUpToDate(storage)).rejects.toMatchObject({ code: 'storage-newer' });
    expect(await get('version', storage)).toEqual(version);
    await startOver(storage);
    await bringUpToDate(storage);
    expect(await keysWithPrefix(storage, '')).toEqual(['version']);
  },
);
