import { delMany } from 'idb-keyval';
import { ImageStore } from './data/image-store';
import { HeadwayError } from './errors';
import { RunStore } from './results/run-store';
import { guarded, type Storage } from './storage';
import { sections, type StoredEntry } from './usage-sections';

/** What takes room, the largest first. */
export async function storedEntries(storage: Storage): Promise<StoredEntry[]> {
  const found = await sections(storage);
  return found
    .map(({ id, kind, base, detail, count, bytes }) => ({ id, kind, base, detail, count, bytes }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** Removes entries by their ids. What is computed or downloaded comes back when it is needed. `invalid-request`. */
export async function freeEntries(storage: Storage, ids: readonly string[]): Promise<void> {
  const found = new Map((await sections(storage)).map((section) => [section.id, section]));
  const unknown = ids.find((id) => !found.has(id));
  if (unknown !== undefined)
    throw new HeadwayError({
      code: 'invalid-request',
      message: 'There is nothing of that name to remove.',
      advice: 'Take the ids from the list of what is stored.',
      details: unknown,
    });
  for (const id of ids) {
    const { kind, keys } = found.get(id)!;
    if (kind === 'images') await new ImageStore(storage).clear();
    else if (kind === 'removed') await new ImageStore(storage).settle();
    else if (kind === 'runs') await new RunStore(storage).clear();
    else await guarded(delMany([...keys], storage));
  }
}
