import 'fake-indexeddb/auto';
import { get, keys, set } from 'idb-keyval';
import { beforeEach, describe, expect, it } from 'vitest';
import { openStorage, type Storage } from '../storage';
import type { DatasetEdit } from './edits';
import { ImageStore, type NewImage } from './image-store';
import type { LeftOut } from './records';

const image = (id: string, label: string, thumbnail: Blob | null = null): NewImage => ({
  record: {
    id,
    label,
    path: `${label}/${id}.png`,
    share: null,
    width: 8,
    height: 8,
    bytes: 3,
    mime: 'image/png',
  },
  bytes: Uint8Array.from([1, 2, id.charCodeAt(0)]),
  thumbnail,
});
const row = (path: string, detail: string): LeftOut => ({ path, reason: 'unreadable', detail });

let count = 0;
let storage: Storage;
let store: ImageStore;
beforeEach(() => {
  storage = openStorage(`image-store-${count++}`);
  store = new ImageStore(storage);
});
const labels = async () => (await store.records()).map(({ label }) => label);
const paths = async () => (await store.records()).map(({ path }) => path);

describe('ImageStore', () => {
  it('returns what was appended, in order, also to another instance', async () => {
    await store.append([image('b', 'cat'), image('a', 'dog')]);
    for (let i = 0; i < 11; i++) await store.append([image(`c${i}`, 'cat')]);
    store = new ImageStore(storage);
    const expected = ['cat/b.png', 'dog/a.png', ...Array.from({ length: 11 }, (_, i) => `cat/c${i}.png`)];
    expect(await paths()).toEqual(expected);
    const bytes = await store.bytes(['a', 'missing', 'b']);
    expect([...bytes.keys()]).toEqual(['a', 'b']);
    expect([...bytes.get('a')!]).toEqual([1, 2, 97]);
  });

  it('keeps each image once, within a batch and across concurrent ones', async () => {
    const [first, second] = await Promise.all([
      store.append([image('a', 'cat'), image('b', 'cat'), image('a', 'cat')]),
      store.append([image('b', 'dog'), image('c', 'dog')]),
    ]);
    expect(first.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(second.map(({ id }) => id)).toEqual(['c']);
    expect(await paths()).toEqual(['cat/a.png', 'cat/b.png', 'dog/c.png']);
  });

  it('writes a batch whole or not at all', async () => {
    const unstorable = { ...image('b', 'cat'), bytes: (() => undefined) as unknown as NewImage['bytes'] };
    await expect(store.append([image('a', 'cat'), unstorable])).rejects.toMatchObject({
      code: 'storage-unavailable',
    });
    expect(await keys(storage)).toEqual([]);
  });

  it('removes images; the next edit takes their bytes', async () => {
    await store.append([image('a', 'cat', new Blob(['x'])), image('b', 'cat')]);
    await store.append([image('c', 'cat'), image('d', 'cat')]);
    await store.edit({ kind: 'drop', images: ['a', 'c'] });
    expect(await paths()).toEqual(['cat/b.png', 'cat/d.png']);
    await store.edit({ kind: 'drop', images: ['d', 'missing'] });
    expect(await paths()).toEqual(['cat/b.png']);
    expect(await keys(storage)).toEqual(['image/b', 'image/d', 'records/000000000', 'undo/edit']);
    await store.append([image('a', 'dog')]);
    expect(await paths()).toEqual(['cat/b.png', 'dog/a.png']);
    expect(await keys(storage)).toEqual(['image/a', 'image/b', 'records/000000000', 'records/000000001']);
  });

  it('keeps squares of an image as long as the image, and none that the disk has damaged', async () => {
    const specs = [224, 299].map((size) => ({ size, resize: 'stretch' }) as const);
    const squares = specs.map((spec) => ({ spec, pixels: new Uint8Array(12).fill(spec.size & 255) }));
    await store.append([{ ...image('a', 'cat'), squares }, image('b', 'cat')]);
    expect(await store.squares(['b', 'a', 'missing'], specs[1]!)).toEqual(
      new Map([['a', squares[1]!.pixels]]),
    );
    expect((await store.squares(['a'], { ...specs[1]!, resize: 'crop' })).size).toBe(0);

    const key = 'square/a/224.stretch';
    const stored = await get<{ readonly pixels: Uint8Array }>(key, storage);
    await set(key, { ...stored, pixels: stored!.pixels.with(5, 9) }, storage);
    expect((await store.squares(['a'], specs[0]!)).size).toBe(0);
    expect((await store.squares(['a'], specs[1]!)).size).toBe(1);

    await store.edit({ kind: 'drop', images: ['a'] });
    await store.undo();
    expect((await store.squares(['a'], specs[1]!)).size).toBe(1);
    await store.edit({ kind: 'drop', images: ['a'] });
    await store.settle();
    expect(await keys(storage)).toEqual(['image/b', 'records/000000000']);
  });

  it('takes back the last edit: place, label, share, bytes and thumbnail, also in another instance', async () => {
    const small = { ...image('b', 'dog', new Blob(['x'])) };
    const held = { ...small, record: { ...small.record, share: 'test' as const } };
    await store.append([image('a', 'cat'), held, image('c', 'cat')]);
    await store.append([image('d', 'dog')]);
    const before = await store.records();
    await store.edit({ kind: 'drop', images: ['b', 'd'] });
    expect(await paths()).toEqual(['cat/a.png', 'cat/c.png']);
    store = new ImageStore(storage);
    expect(await store.lastEdit()).toEqual({ kind: 'drop', images: 2 });
    expect(await store.undo()).toBe(true);
    expect(await store.records()).toEqual(before);
    expect([...(await store.bytes(['b'])).get('b')!]).toEqual([1, 2, 98]);
    expect((await store.thumbnail('b')).size).toBe(1);
    expect(await store.lastEdit()).toBeNull();
    expect(await store.undo()).toBe(false);
    expect(await store.records()).toEqual(before);
  });

  it('cannot undo past an import, which may bring a dropped image back', async () => {
    await store.append([image('a', 'cat'), image('b', 'cat')]);
    await store.edit({ kind: 'drop', images: ['b'] });
    await store.append([], [row('x', 'only a note')]);
    expect(await store.lastEdit()).toEqual({ kind: 'drop', images: 1 });
    expect((await store.append([image('b', 'dog')])).map(({ label }) => label)).toEqual(['dog']);
    expect(await store.undo()).toBe(false);
    expect(await paths()).toEqual(['cat/a.png', 'dog/b.png']);
    expect((await store.bytes(['b'])).size).toBe(1);
  });

  it('relabels one class only, whatever it is called', async () => {
    await store.append([image('a', '__proto__'), image('b', 'dog')]);
    await store.edit({ kind: 'merge', from: '__proto__', to: 'cafe\u0301' });
    expect(await labels()).toEqual(['caf\u00e9', 'dog']);
    await store.edit({ kind: 'merge', from: 'caf\u00e9', to: 'dog' });
    expect(await labels()).toEqual(['dog', 'dog']);
    expect(await store.lastEdit()).toEqual({ kind: 'merge', images: 1, from: 'caf\u00e9', to: 'dog' });
    await store.undo();
    expect(await labels()).toEqual(['caf\u00e9', 'dog']);
  });

  it('gives single images to another class, and says how many were not in it yet', async () => {
    await store.append([image('a', 'cat'), image('b', 'cat'), image('c', '__proto__')]);
    await store.edit({ kind: 'relabel', images: ['b', 'c'], to: '__proto__' });
    expect(await labels()).toEqual(['cat', '__proto__', '__proto__']);
    expect(await store.lastEdit()).toEqual({ kind: 'relabel', images: 1, to: '__proto__' });
    await store.edit({ kind: 'relabel', images: ['b'], to: '__proto__' });
    await store.undo();
    expect(await labels()).toEqual(['cat', 'cat', '__proto__']);
  });

  it('moves images to a share', async () => {
    await store.append([image('a', 'cat'), image('b', 'cat')]);
    await store.edit({ kind: 'move', images: ['b'], to: 'test' });
    expect((await store.records()).map(({ share }) => share)).toEqual([null, 'test']);
  });

  it('refuses what is no edit', () => {
    const wrong = [
      null,
      { kind: 'burn', images: [] },
      { kind: 'drop', images: 'a' },
      { kind: 'move', images: ['a'], to: 'somewhere' },
      { kind: 'relabel', images: ['a'], to: ' ' },
      { kind: 'merge', from: 'a' },
    ] as unknown as DatasetEdit[];
    for (const edit of wrong)
      expect(() => store.edit(edit)).toThrow(expect.objectContaining({ code: 'invalid-request' }) as Error);
  });

  it('keeps the list of what was left out, the latest reason for each path', async () => {
    await store.append([], [row('x', 'first'), row('y', 'only')], 2);
    await store.append([image('a', 'cat')], [row('x', 'second')], 1);
    expect(await new ImageStore(storage).leftOut()).toEqual({
      leftOut: [row('x', 'second'), row('y', 'only')],
      ignored: 3,
    });
  });

  it('clears its own keys only', async () => {
    await store.append([image('a', 'cat', new Blob(['x']))], [row('x', '')], 1);
    await store.edit({ kind: 'drop', images: ['a'] });
    await storage('readwrite', (other) => void other.put(1, 'weights/resnet50'));
    await store.clear();
    expect(await keys(storage)).toEqual(['weights/resnet50']);
    expect(await get('weights/resnet50', storage)).toBe(1);
    expect(await store.leftOut()).toEqual({ leftOut: [], ignored: 0 });
  });

  it('shows a small image as its own thumbnail', async () => {
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    await store.append([{ ...image('a', 'cat'), bytes: png }]);
    const thumb = await store.thumbnail('a');
    expect(thumb.type).toBe('image/png');
    expect(thumb.size).toBe(8);
    expect((await store.thumbnail('missing')).size).toBe(0);
  });
});
