import type { Storage } from '../../engine/storage';
import { bringUpToDate, startOver } from '../../engine/storage-version';
import type { StorageApi } from '../api';

/** What lies in the database as a whole. */
export function storageService(storage: Storage): StorageApi {
  const usage = () => import('../../engine/usage');
  return {
    bringUpToDate: () => bringUpToDate(storage),
    startOver: () => startOver(storage),
    storedEntries: async () => (await usage()).storedEntries(storage),
    freeEntries: async (ids) => (await usage()).freeEntries(storage, ids),
  };
}
