import { describe, expect, it } from 'vitest';
import type { ImageFile, ImageRecord } from '../engine/data/records';
import type { EngineApi } from '../worker/api';
import type { EngineClient, Listening } from '../worker/client';
import { Dataset } from './dataset';
import { initialState, reduce, type Action } from './reducer';

const record = (path: string, label: string): ImageRecord => ({
  ...{ id: path, label, path, share: null, width: 1, height: 1, bytes: 1 },
  ...{ mime: 'image/png', phash: '0000000000000000' },
});

/** A data set whose worker stores whatever it is given, 64 images a batch. */
function opened(onMessage: (files: readonly ImageFile[]) => void = () => undefined) {
  const files: ImageFile[] = [];
  let stored: ImageRecord[] = [];
  const api = {
    moreFiles(_: number, some: readonly ImageFile[]) {
      onMessage(some);
      files.push(...some);
      return Promise.resolve();
    },
    async importImages(_: number, some: readonly ImageFile[], onBatch: (...of: unknown[]) => void) {
      onMessage(some);
      files.push(...some);
      const records = files.map(({ path }, i) => record(path, `class ${i % 10}`));
      for (let from = 0; from < records.length; from += 64) {
        stored = [...stored, ...records.slice(from, from + 64)];
        const progress = { done: stored.length, total: records.length, unit: 'images' };
        onBatch({ ...progress, perSecond: null, secondsLeft: null }, records.slice(from, from + 64));
        await Promise.resolve();
      }
      return { added: records.length, leftOut: [], ignored: 0 };
    },
    dataset: () =>
      Promise.resolve({ records: { items: stored, more: null }, leftOut: [], ignored: 0, lastEdit: null }),
  } as unknown as EngineApi;
  const client = {
    call: (use: (api: EngineApi) => unknown) => use(api),
    job: (use: (api: EngineApi, job: number, listening: Listening) => unknown) => ({
      result: use(api, 1, ((listener: unknown) => listener) as Listening),
    }),
  } as unknown as EngineClient;
  const seen = { state: initialState, walked: 0, dispatches: 0 };
  const dispatch = (action: Action) => {
    const before = seen.state.dataset.records;
    seen.state = reduce(seen.state, action);
    seen.dispatches++;
    // Whoever looks at images looks at all of them when there are others.
    if (seen.state.dataset.records !== before) seen.walked += seen.state.dataset.records.length;
  };
  const dataset = new Dataset(
    client,
    () => seen.state,
    dispatch,
    () => Promise.resolve(),
  );
  return { dataset, seen, files };
}

const many = (n: number): ImageFile[] => {
  const blob = new Blob(['x']);
  return Array.from({ length: n }, (_, i) => ({ path: `class/${i}.png`, blob }));
};

describe('a large import', () => {
  it('costs the page as much an image, however many there are', async () => {
    const n = 20_000;
    const { dataset, seen } = opened();
    await dataset.add(many(n));
    expect(seen.state.dataset.records).toHaveLength(n);
    // Progress is told of every batch; shown anew at each, images would be walked through three million times.
    expect(seen.dispatches).toBeGreaterThan(n / 64);
    expect(seen.walked).toBeLessThan(20 * n);
  });

  it('shows the first images at once', async () => {
    const { dataset, seen } = opened();
    const adding = dataset.add(many(100));
    while (seen.state.dataset.records.length === 0) await Promise.resolve();
    expect(seen.state.dataset.records).toHaveLength(64);
    await adding;
  });

  it('goes to the worker a few hundred files a message, in order', async () => {
    const messages: number[] = [];
    const { dataset, files } = opened((some) => messages.push(some.length));
    const given = many(1801);
    await dataset.add(given);
    expect(messages).toEqual([500, 500, 500, 301]);
    expect(files).toEqual(given);
  });

  it('can be cancelled before the worker has begun', async () => {
    const messages: number[] = [];
    const { dataset, seen } = opened((some) => {
      messages.push(some.length);
      dataset.cancelImport();
    });
    await expect(dataset.add(many(5000))).rejects.toMatchObject({ code: 'cancelled' });
    expect(messages).toEqual([500]);
    expect(seen.state.dataset.importing).toBeNull();
  });
});
