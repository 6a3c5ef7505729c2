import { promisifyRequest } from 'idb-keyval';
import { guarded, type Storage } from '../storage';
import { sniffImage } from './sniff';
import type { Bytes, ImageId, ImageRecord, LeftOut, Share } from './records';

/** An image on its way into the store. */
export interface NewImage {
  readonly record: ImageRecord;
  readonly bytes: Bytes;
  /** Null: small enough to be its own. */
  readonly thumbnail: Blob | null;
}

/** What imports left out, as it is shown again after a reload. */
export interface StoredLeftOut {
  readonly leftOut: readonly LeftOut[];
  readonly ignored: number;
}

const prefixes = {
  records: 'records/',
  image: 'image/',
  thumb: 'thumb/',
  leftOut: 'import/left-out/',
} as const;

/**
 * The data set on disk. Records lie in chunks, one for each batch of an import (`records/<n>`), beside the files'
 * bytes (`image/<id>`) and thumbnails (`thumb/<id>`). Whatever belongs together is written in one transaction: there
 * is no record without bytes, and no image twice, even when two tabs import at once.
 * Every method throws `storage-full` or `storage-unavailable`.
 */
export class ImageStore {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** Adds images, and what was left out between them. Returns the records of those that were not there yet. */
  append(batch: readonly NewImage[], leftOut: readonly LeftOut[] = [], ignored = 0): Promise<ImageRecord[]> {
    return this.#write(async (store) => {
      const taken = await Promise.all(
        batch.map(({ record }) => promisifyRequest(store.getKey(prefixes.image + record.id))),
      );
      const fresh = new Map<ImageId, NewImage>();
      batch.forEach((image, i) => {
        const { id } = image.record;
        if (taken[i] === undefined && !fresh.has(id)) fresh.set(id, image);
      });
      const records = Array.from(fresh.values(), ({ record }) => record);
      if (records.length > 0) store.put(records, await nextKey(store, prefixes.records));
      for (const [id, { bytes, thumbnail }] of fresh) {
        store.put(bytes, prefixes.image + id);
        if (thumbnail !== null) store.put(thumbnail, prefixes.thumb + id);
      }
      if (leftOut.length > 0 || ignored > 0)
        store.put({ leftOut, ignored } satisfies StoredLeftOut, await nextKey(store, prefixes.leftOut));
      return records;
    });
  }

  /** All records, in the order of their import. */
  async records(): Promise<ImageRecord[]> {
    return (await this.#all<readonly ImageRecord[]>(prefixes.records)).flat();
  }

  /** The files' bytes; ids that are not in the store are missing from the answer. */
  async bytes(ids: readonly ImageId[]): Promise<Map<ImageId, Bytes>> {
    const values = await this.#read((store) =>
      Promise.all(
        ids.map((id) => promisifyRequest(store.get(prefixes.image + id) as IDBRequest<Bytes | undefined>)),
      ),
    );
    const found = new Map<ImageId, Bytes>();
    ids.forEach((id, i) => {
      const bytes = values[i];
      if (bytes !== undefined) found.set(id, bytes);
    });
    return found;
  }

  /** A small picture to show; an empty Blob for an image that is not in the store. */
  async thumbnail(id: ImageId): Promise<Blob> {
    const thumb = await this.#read((store) =>
      promisifyRequest(store.get(prefixes.thumb + id) as IDBRequest<Blob | undefined>),
    );
    if (thumb !== undefined) return thumb;
    const bytes = (await this.bytes([id])).get(id);
    return bytes === undefined ? new Blob() : new Blob([bytes], { type: sniffImage(bytes) ?? '' });
  }

  /** What imports left out since the last `clear`; of a file that was left out twice, the latest reason. */
  async leftOut(): Promise<StoredLeftOut> {
    const chunks = await this.#all<StoredLeftOut>(prefixes.leftOut);
    const byPath = new Map<string, LeftOut>();
    let ignored = 0;
    for (const chunk of chunks) {
      ignored += chunk.ignored;
      for (const row of chunk.leftOut) byPath.set(row.path, row);
    }
    return { leftOut: [...byPath.values()], ignored };
  }

  remove(ids: readonly ImageId[]): Promise<void> {
    const gone = new Set(ids);
    return this.#write(async (store) => {
      await editRecords(store, (record) => (gone.has(record.id) ? null : record));
      for (const id of gone) {
        store.delete(prefixes.image + id);
        store.delete(prefixes.thumb + id);
      }
    });
  }

  /** Gives the images of one class to another, which may exist already. */
  relabel(from: string, to: string): Promise<void> {
    const label = to.normalize('NFC');
    return this.#write((store) =>
      editRecords(store, (record) => (record.label === from ? { ...record, label } : record)),
    );
  }

  /** Puts images into a share, as if they had come in its folder. */
  move(ids: readonly ImageId[], share: Share): Promise<void> {
    const moved = new Set(ids);
    return this.#write((store) =>
      editRecords(store, (record) => (moved.has(record.id) ? { ...record, share } : record)),
    );
  }

  /** Forgets all images and what was left out. */
  clear(): Promise<void> {
    return this.#write((store) => {
      for (const prefix of Object.values(prefixes)) store.delete(range(prefix));
      return Promise.resolve();
    });
  }

  #all<T>(prefix: string): Promise<T[]> {
    return this.#read((store) => promisifyRequest(store.getAll(range(prefix)) as IDBRequest<T[]>));
  }

  #read<T>(work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
    return guarded(this.#storage('readonly', work));
  }

  /** One transaction: all of `work` is on disk when this resolves, or nothing of it when this rejects. */
  #write<T>(work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
    return guarded(
      this.#storage('readwrite', async (store) => {
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

function range(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, prefix + '\uffff');
}

/** The key after the last one, padded so that the order of keys is the order of writing. */
async function nextKey(store: IDBObjectStore, prefix: string): Promise<string> {
  const cursor = await promisifyRequest(store.openKeyCursor(range(prefix), 'prev'));
  const last = cursor === null ? -1 : Number((cursor.key as string).slice(prefix.length));
  return prefix + String(last + 1).padStart(9, '0');
}

/** Rewrites the chunks in which `edit` changes or drops (null) a record, and deletes those that end up empty. */
async function editRecords(
  store: IDBObjectStore,
  edit: (record: ImageRecord) => ImageRecord | null,
): Promise<void> {
  const [keys, chunks] = await Promise.all([
    promisifyRequest(store.getAllKeys(range(prefixes.records))),
    promisifyRequest<ImageRecord[][]>(store.getAll(range(prefixes.records))),
  ]);
  chunks.forEach((chunk, i) => {
    const edited = chunk.map(edit);
    const kept = edited.filter((record) => record !== null);
    if (kept.length === 0) store.delete(keys[i]!);
    else if (edited.some((record, j) => record !== chunk[j])) store.put(kept, keys[i]);
  });
}
