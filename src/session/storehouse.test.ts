import 'fake-indexeddb/auto';
import { set } from 'idb-keyval';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { faulty } from '../engine/faulty-storage.test-helper';
import { openStorage, type Storage } from '../engine/storage';
import { ChannelWorker } from '../worker/channel-worker.test-helper';
import { EngineClient } from '../worker/client';
import { storageService } from '../worker/services/storage-service';
import { initialState, reduce } from './reducer';
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
  };
  const client = new EngineClient('data', () => {
    workers.push(new ChannelWorker(storageService(from)));
    return workers.at(-1) as unknown as Worker;
  });
  const house = new Storehouse(client, (action) => (state = reduce(state, action)), host, turn, browser);
  return { house, host, access: () => state.access, takeOver: () => onTurn() };
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

test('a database that cannot be had is an error, which says what to do', async () => {
  const blocked: Storage = () =>
    Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));
  const { house } = storehouse({ from: blocked });
  await expect(house.open()).rejects.toMatchObject({ code: 'storage-unavailable' });
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
