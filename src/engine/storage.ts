import { createStore, get, getMany, type UseStore } from 'idb-keyval';
import { afterAwake } from './awake';
import { HeadwayError, storageFull } from './errors';

/**
 * The one database of Headway: a single key-value store, keys are paths (`image/<id>`, `features/<spec>/<chunk>`).
 * Everything that reads or writes goes through `guarded`, so that a full or blocked disk is our error, not a
 * `DOMException`.
 */
export type Storage = UseStore;

export function openStorage(name = 'headway'): Storage {
  const store = createStore(name, 'records');
  // Where it is blocked, asking for it throws at once.
  return async (mode, use) => store(mode, use);
}

/** A storage that another one can take the place of while it is in use; transactions that go on end where they began. */
export function replaceable(storage: Storage): { storage: Storage; replace: (by: Storage) => void } {
  let current = storage;
  return {
    storage: (mode, use) => current(mode, use),
    replace: (by) => void (current = by),
  };
}

/** Milliseconds that a database may take to open, whatever else the disk is doing. */
const usualPatience = 15_000;

/** Rejects with `storage-unavailable` where the storage cannot be read, or does not answer at all. */
export async function reach(storage: Storage, patience = usualPatience): Promise<void> {
  let callOff!: () => void;
  const silence = new Promise<never>((_, reject) => {
    callOff = afterAwake(patience, () => reject(new Error(`No answer within ${patience} ms`)));
  });
  try {
    await guarded(Promise.race([storage('readonly', (store) => promise(store.get('version'))), silence]));
  } finally {
    callOff();
  }
}

/** All keys that start with `prefix`, in order, without reading any value. */
export function keysWithPrefix(storage: Storage, prefix: string): Promise<string[]> {
  return guarded(storage('readonly', (store) => promise(store.getAllKeys(prefixRange(prefix))))) as Promise<
    string[]
  >;
}

/** Deletes every key that starts with `prefix`, in one transaction. */
export function deletePrefix(storage: Storage, prefix: string): Promise<void> {
  return guarded(
    storage('readwrite', async (store) => {
      await promise(store.delete(prefixRange(prefix)));
    }),
  );
}

/**
 * The values of `keys`, in their order; undefined for one that is not there, or that the browser cannot read any more:
 * large values are files of their own, which may be damaged one by one.
 */
export async function readEach<T>(
  storage: Storage,
  keys: readonly string[],
): Promise<readonly (T | undefined)[]> {
  try {
    return await getMany<T | undefined>([...keys], storage);
  } catch {
    // Proves that the database itself can be read.
    await guarded(storage('readonly', (store) => promise(store.count())));
    return Promise.all(keys.map((key) => get<T>(key, storage).catch(() => undefined)));
  }
}

export function prefixRange(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, prefix + '\uffff');
}

function promise<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}

/** One transaction: all of `work` is on disk when this resolves, or nothing of it when this rejects. */
export function transact<T>(storage: Storage, work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
  return guarded(
    storage('readwrite', async (store) => {
      const written = ended(store.transaction);
      try {
        const [result] = await Promise.all([work(store), written]);
        return result;
      } catch (error) {
        abort(store.transaction);
        throw store.transaction.error ?? error;
      }
    }),
  );
}

/** idb-keyval's own promise would reject on the first error event, before the transaction knows its reason. */
function ended(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The transaction was aborted'));
  });
}

/** Left alone, a transaction writes what it was asked for before the error. */
function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}

/** Translates the failures of IndexedDB into ours. */
export async function guarded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof HeadwayError) throw error;
    const name = error instanceof DOMException ? error.name : '';
    const details = String(error);
    if (name === 'QuotaExceededError') throw storageFull(details);
    throw new HeadwayError(
      {
        code: 'storage-unavailable',
        message: 'The browser did not let this page store data.',
        advice: 'Allow site data for this page, or leave private browsing, and reload.',
        details,
      },
      { cause: error },
    );
  }
}
