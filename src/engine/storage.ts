import { createStore, type UseStore } from 'idb-keyval';
import { HeadwayError } from './errors';

/**
 * The one database of Headway: a single key-value store, keys are paths (`image/<id>`, `features/<spec>/<chunk>`).
 * Everything that reads or writes goes through `guarded`, so that a full or blocked disk is our error, not a
 * `DOMException`.
 */
export type Storage = UseStore;

export function openStorage(name = 'headway'): Storage {
  return createStore(name, 'records');
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

function prefixRange(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, prefix + '\uffff');
}

function promise<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}

/** Translates the failures of IndexedDB into ours. */
export async function guarded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof HeadwayError) throw error;
    const name = error instanceof DOMException ? error.name : '';
    const details = String(error);
    if (name === 'QuotaExceededError')
      throw new HeadwayError({
        code: 'storage-full',
        message: 'The browser has no room left for this page.',
        advice: 'Free disk space or remove stored data, then start again: nothing that was stored is lost.',
        details,
      });
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
