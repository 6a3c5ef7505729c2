import 'fake-indexeddb/auto';
import { get, set } from 'idb-keyval';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { faulty } from '../engine/faulty-storage.test-helper';
import { MemoryStore } from '../engine/memory/memory-store';
import { openStorage, reach, replaceable, type Storage } from '../engine/storage';
import { ChannelWorker } from '../worker/channel-worker.test-helper';
import { EngineClient } from '../worker/client';
import { memoryLost } from '../worker/memory/lifeline';
import type { Memory } from '../worker/memory/memory';
import { serveMemory } from '../worker/memory/served';
import { storageService } from '../worker/services/storage-service';
import { initialState, reduce, type Action } from './reducer';
import { Storehouse, type StorageHost } from './storehouse';

let databases = 0;
let storage: Storage;
let workers: ChannelWorker[];
beforeEach(() => {
  storage = openStorage(`storehouse-${databases++}`);
  workers = [];
});
afterEach(() => workers.forEach((worker) => worker.terminate()));

interface Given {
  readonly mayWrite?: boolean;
  readonly isBusy?: boolean;
  readonly from?: Storage;
  readonly browser?: Partial<StorageManager>;
}

function storehouse({ mayWrite = true, isBusy = false, from = storage, browser = {} }: Given = {}) {
  let state = initialState;
  let onTurn!: () => void;
  const turn = (next: () => void) => {
    onTurn = next;
    return Promise.resolve(mayWrite);
  };
  const host = {
    isBusy: () => isBusy,
    reload: vi.fn<StorageHost['reload']>(() => Promise.resolve()),
    fail: vi.fn<StorageHost['fail']>(),
    keepIn: vi.fn<StorageHost['keepIn']>((memory) => client.keepIn(memory)),
  };
  const client = new EngineClient('data', () => {
    const { storage: kept, replace } = replaceable(from);
    workers.push(new ChannelWorker(storageService(kept, replace)));
    return workers.at(-1) as unknown as Worker;
  });
  const memory = new MemoryStore(1000);
  const createMemory = vi.fn<Storehouse['createMemory']>(() => fakeMemory(memory));
  const dispatch = (action: Action) => (state = reduce(state, action));
  const house = new Storehouse(client, dispatch, host, turn, browser, createMemory);
  const lose = () => createMemory.mock.lastCall![1](memoryLost('out of memory'));
  return { house, host, state: () => state, access: () => state.access, takeOver: () => onTurn(), lose };
}

/** Without a worker. */
function fakeMemory(store: MemoryStore): Memory {
  const connect = () => {
    const { port1, port2 } = new MessageChannel();
    return { port: port1, close: serveMemory(store, port2, Promise.resolve('alive')) };
  };
  const room = () => Promise.resolve({ used: store.bytes, limit: store.limit });
  return { connect, room } as unknown as Memory;
}

test('a tab that comes second reads, and takes over when the first has gone', async () => {
  const { house, host, access, takeOver } = storehouse({ mayWrite: false });
  expect(await house.open()).toBe(true);
  expect(access()).toBe('read');
  expect(host.reload).not.toHaveBeenCalled();
  takeOver();
  await vi.waitFor(() => expect(host.reload).toHaveBeenCalledOnce());
  expect(access()).toBe('write');
});

test('what a newer page has stored is left alone until it is cleared', async () => {
  await set('version', 99, storage);
  await set('weights/x', 'y', storage);
  const { house, host, access } = storehouse();
  expect(await house.open()).toBe(false);
  expect(access()).toBe('newer');
  expect((await house.report()).entries).toMatchObject([{ kind: 'other', count: 1 }]);
  await house.startOver();
  expect(access()).toBe('write');
  expect(host.reload).toHaveBeenCalledOnce();
  expect((await house.report()).entries).toEqual([]);
});

describe('a database that cannot be had', () => {
  const refuses: Storage = () =>
    Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));
  const cannotWrite = () => faulty(storage, 'put', () => true, 'UnknownError');

  test.each([
    ['refuses', () => refuses],
    ['lets nobody write', cannotWrite],
  ])('is done without: it %s', async (_, from) => {
    // Whether another tab is open does not matter, for it has a memory of its own.
    const { house, state, lose, host } = storehouse({ from: from() });
    expect(await house.open()).toBe(true);
    expect(state()).toMatchObject({ access: 'write', memory: 'blocked' });
    expect(await house.report()).toMatchObject({ used: 8, quota: 1000, kept: null, inMemory: true });
    lose();
    expect(host.fail).toHaveBeenCalledWith(expect.objectContaining({ code: 'memory-lost' }));
  });

  test('refuses in every tab, and no tab waits for another', async () => {
    const { house, access } = storehouse({ from: refuses, mayWrite: false });
    expect(await house.open()).toBe(true);
    expect(access()).toBe('write');
  });

  test('does not answer', async () => {
    await expect(reach(() => new Promise(() => undefined), 1)).rejects.toMatchObject({
      code: 'storage-unavailable',
      details: expect.stringContaining('No answer') as string,
    });
    await reach(storage, 10_000);
  });
});

test('a disk that is full is gone on over in memory, where that is wanted, also by a worker that starts again', async () => {
  await set('cifar10/a', new Uint8Array(50), storage);
  const { house, state } = storehouse();
  await house.open();
  house.goOnInMemory('full');
  house.goOnInMemory('full');
  expect(state().memory).toBe('full');
  await house.data.call((api) => api.startOver());
  const before = await get<Uint8Array>('cifar10/a', storage);
  expect(before).toHaveLength(50);
  expect(workers).toHaveLength(1);
  house.data.terminate();
  expect((await house.report()).used).toBe(8);
  expect(workers).toHaveLength(2);
});

test('room is made by hand, unless somebody is at work', async () => {
  await set('cifar10/a', new Uint8Array(50), storage);
  const { house, host } = storehouse();
  await house.open();
  expect((await house.report()).entries).toMatchObject([{ id: 'cifar10', bytes: 50 }]);
  await house.free(['cifar10']);
  expect((await house.report()).entries).toEqual([]);
  expect(host.reload).toHaveBeenCalledOnce();
  await expect(storehouse({ isBusy: true }).house.free(['cifar10'])).rejects.toMatchObject({
    code: 'invalid-request',
  });
});

test('a disk that is full already when the page opens is said to be full', async () => {
  const { house } = storehouse({ from: faulty(storage, 'put', () => true) });
  await expect(house.open()).rejects.toMatchObject({ code: 'storage-full' });
});

test('the browser is asked once to keep what is stored, and tells how much it allows', async () => {
  let kept = false;
  const persist = vi.fn(() => Promise.resolve((kept = true)));
  const browser = {
    persist,
    persisted: () => Promise.resolve(kept),
    estimate: () => Promise.resolve({ usage: 5, quota: 10 }),
  };
  const { house } = storehouse({ browser });
  expect(await house.report()).toMatchObject({ used: 5, quota: 10, kept: false });
  expect(await house.keep()).toBe(true);
  expect(await house.keep()).toBe(true);
  expect(persist).toHaveBeenCalledOnce();
  expect(await storehouse().house.report()).toMatchObject({ used: null, quota: null, kept: null });
  expect(await storehouse().house.keep()).toBe(false);
});
