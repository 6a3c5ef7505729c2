import { reach, type Storage } from '../../engine/storage';
import { bringUpToDate, startOver } from '../../engine/storage-version';
import type { StorageApi } from '../api';
import { memoryStorage } from '../memory/memory-storage';

/** What lies in the database as a whole. */
export function storageService(storage: Storage, replace: (by: Storage) => void): StorageApi {
  const usage = () => import('../../engine/usage');
  return {
    keepInMemory: (port) => replace(memoryStorage(port)),
    reachStorage: () => reach(storage),
    bringUpToDate: () => bringUpToDate(storage),
    startOver: () => startOver(storage),
    storedEntries: async () => (await usage()).storedEntries(storage),
    freeEntries: async (ids) => (await usage()).freeEntries(storage, ids),
  };
}
