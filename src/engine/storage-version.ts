import { get, promisifyRequest } from 'idb-keyval';
import { HeadwayError } from './errors';
import type { ChunkIndex } from './features/store';
import { guarded, prefixRange, transact, type Storage } from './storage';

/** Of what lies in the database. Whoever changes the form of a record adds a step below, and a test of it. */
export const storageVersion = 1;
const key = 'version';

type Step = (store: IDBObjectStore) => Promise<void>;

/** `steps[n]` makes version n + 1 of version n, in one transaction. */
const steps: readonly Step[] = [withChecksums];

/**
 * Brings what earlier versions of the page have stored up to date, step by step; a step that is interrupted has not
 * happened. Rejects with `storage-newer` where a newer version of the page has been here, and changes nothing then.
 */
export async function bringUpToDate(storage: Storage): Promise<void> {
  const stored = (await guarded(get<unknown>(key, storage))) ?? 0;
  const from = typeof stored === 'number' ? stored : NaN;
  if (!(from <= storageVersion))
    throw new HeadwayError({
      code: 'storage-newer',
      message: 'What is stored here was written by a newer version of Headway.',
      advice:
        'Close every tab of this page and open it again, which brings the newer version; or clear everything.',
      details: `version ${JSON.stringify(stored)}; this page knows ${storageVersion}`,
    });
  for (let version = from; version < storageVersion; version++)
    await transact(storage, async (store) => {
      await steps[version]!(store);
      store.put(version + 1, key);
    });
}

/** Forgets everything, downloaded weights included: for a database that cannot be brought up to date. */
export function startOver(storage: Storage): Promise<void> {
  return transact(storage, (store) => {
    store.clear();
    store.put(storageVersion, key);
    return Promise.resolve();
  });
}

/** 0 → 1: chunks of features carry checksums, those that are here none; maps, which end with one, are made anew. */
async function withChecksums(store: IDBObjectStore): Promise<void> {
  store.delete(prefixRange('maps/'));
  const keys = await promisifyRequest(store.getAllKeys(prefixRange('features/')));
  for (const index of keys as string[]) {
    if (!index.endsWith('/ids')) continue;
    const ids: unknown = await promisifyRequest(store.get(index));
    if (Array.isArray(ids)) store.put({ ids, checksum: null } satisfies ChunkIndex, index);
  }
}
