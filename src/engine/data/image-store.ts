import { promisifyRequest } from 'idb-keyval';
import { guarded, prefixRange, transact, type Storage } from '../storage';
import { checkEdit, editorOf, type DatasetEdit, type EditMade } from './edits';
import { sniffImage } from './sniff';
import type { Bytes, ImageId, ImageRecord, InputSpec, LeftOut } from './records';
import { sealSquares, squaresOf, squaresPrefix, storedSquares, type Square } from './squares';

/** An image on its way into the store. */
export interface NewImage {
  readonly record: ImageRecord;
  readonly bytes: Bytes;
  /** Null: small enough to be its own. */
  readonly thumbnail: Blob | null;
  /** Of an image that is slow to decode. */
  readonly squares?: readonly Square[];
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
  square: squaresPrefix,
  leftOut: 'import/left-out/',
  undo: 'undo/',
} as const;

const undoKey = `${prefixes.undo}edit`;

/** How to take back the last edit: chunks of records as they were, and whose bytes are still there. */
interface Undo {
  readonly made: EditMade;
  readonly chunks: readonly (readonly [key: IDBValidKey, records: readonly ImageRecord[]])[];
  readonly dropped: readonly ImageId[];
}

/**
 * The data set on disk. Records lie in chunks, one for each batch of an import (`records/<n>`), beside the files'
 * bytes (`image/<id>`), thumbnails (`thumb/<id>`) and squares (`square/<id>/<size>.<resize>`). Whatever belongs
 * together is written in one transaction: there is no record without bytes, and no image twice, even when two tabs
 * import at once.
 * The last edit can be undone (`undo/edit`), also after a reload: what it dropped keeps its bytes until the next edit
 * or import, so that undoing is never a copy of anything and the disk holds at most one edit's waste.
 * Every method throws `storage-full` or `storage-unavailable`.
 */
export class ImageStore {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /**
   * Adds images, and what was left out between them. Returns the records of those that were not there yet; of the others
   * the bytes are written again, in case the disk has damaged them.
   */
  async append(
    batch: readonly NewImage[],
    leftOut: readonly LeftOut[] = [],
    ignored = 0,
  ): Promise<ImageRecord[]> {
    // A transaction waits for nothing else.
    const sealed = await Promise.all(
      batch.map(({ record, squares }) => sealSquares(record.id, squares ?? [])),
    );
    const squares = new Map(batch.map(({ record }, i) => [record.id, sealed[i]!]));
    return this.#write(async (store) => {
      // Before it is asked what is there: a dropped image can be added again.
      if (batch.length > 0) await forgetUndo(store);
      const taken = await Promise.all(
        batch.map(({ record }) => promisifyRequest(store.getKey(prefixes.image + record.id))),
      );
      const fresh = new Map<ImageId, NewImage>();
      batch.forEach((image, i) => {
        const { id } = image.record;
        if (taken[i] !== undefined) store.put(image.bytes, prefixes.image + id);
        else if (!fresh.has(id)) fresh.set(id, image);
      });
      const records = Array.from(fresh.values(), ({ record }) => record);
      if (records.length > 0) store.put(records, await nextKey(store, prefixes.records));
      for (const [id, { bytes, thumbnail }] of fresh) {
        store.put(bytes, prefixes.image + id);
        if (thumbnail !== null) store.put(thumbnail, prefixes.thumb + id);
        for (const [key, square] of squares.get(id)!) store.put(square, key);
      }
      if (leftOut.length > 0 || ignored > 0)
        store.put({ leftOut, ignored } satisfies StoredLeftOut, await nextKey(store, prefixes.leftOut));
      return records;
    });
  }

  /** Notes that what is stored of these images is not them any more. Returns how they are listed. */
  async setDamaged(ids: readonly ImageId[]): Promise<LeftOut[]> {
    const damaged = new Set(ids);
    const rows = (await this.records())
      .filter(({ id }) => damaged.has(id))
      .map(({ path }): LeftOut => ({ path, reason: 'damaged', detail: '' }));
    await this.append([], rows);
    return rows;
  }

  async damagedPaths(): Promise<ReadonlySet<string>> {
    const { leftOut } = await this.leftOut();
    return new Set(leftOut.filter(({ reason }) => reason === 'damaged').map(({ path }) => path));
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

  /** Squares that were kept at import; most images have none. */
  squares(ids: readonly ImageId[], spec: InputSpec): Promise<Map<ImageId, Bytes>> {
    return storedSquares(this.#storage, ids, spec);
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

  /**
   * Changes or drops images; one that concerns none of them leaves the last edit to be undone.
   * @throws HeadwayError `invalid-request`
   */
  edit(edit: DatasetEdit): Promise<void> {
    checkEdit(edit);
    const edited = editorOf(edit);
    return this.#write(async (store) => {
      const changes = (await chunksOf(store)).flatMap(([key, chunk]) => {
        const after = chunk.map(edited);
        return after.some((record, i) => record !== chunk[i]) ? [{ key, chunk, after }] : [];
      });
      if (changes.length === 0) return;
      await forgetUndo(store);
      const dropped: ImageId[] = [];
      let images = 0;
      for (const { key, chunk, after } of changes) {
        chunk.forEach((record, i) => {
          if (after[i] === null) dropped.push(record.id);
          if (after[i] !== record) images++;
        });
        const kept = after.filter((record) => record !== null);
        if (kept.length === 0) store.delete(key);
        else store.put(kept, key);
      }
      const { kind } = edit;
      const made: EditMade = {
        kind,
        images,
        ...(kind === 'merge' && { from: edit.from }),
        ...(kind !== 'drop' && { to: edit.to.normalize('NFC') }),
      };
      const chunks = changes.map(({ key, chunk }) => [key, chunk] as const);
      store.put({ made, chunks, dropped } satisfies Undo, undoKey);
    });
  }

  /** What `undo` would take back; null: nothing. */
  async lastEdit(): Promise<EditMade | null> {
    return (await this.#read(undoOf))?.made ?? null;
  }

  /** Takes back the last edit, unless there has been an import since. Returns whether there was one. */
  undo(): Promise<boolean> {
    return this.#write(async (store) => {
      const undo = await undoOf(store);
      if (undo === undefined) return false;
      for (const [key, chunk] of undo.chunks) store.put(chunk, key);
      store.delete(undoKey);
      return true;
    });
  }

  /** Gives back the room of what the last edit dropped; it cannot be undone any more. */
  settle(): Promise<void> {
    return this.#write(forgetUndo);
  }

  /** The images that only `undo` could bring back. */
  async dropped(): Promise<readonly ImageId[]> {
    return (await this.#read(undoOf))?.dropped ?? [];
  }

  /** Forgets all images and what was left out. */
  clear(): Promise<void> {
    return this.#write((store) => {
      for (const prefix of Object.values(prefixes)) store.delete(prefixRange(prefix));
      return Promise.resolve();
    });
  }

  #all<T>(prefix: string): Promise<T[]> {
    return this.#read((store) => promisifyRequest(store.getAll(prefixRange(prefix)) as IDBRequest<T[]>));
  }

  #read<T>(work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
    return guarded(this.#storage('readonly', work));
  }

  #write<T>(work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
    return transact(this.#storage, work);
  }
}

/** The key after the last one, padded so that the order of keys is the order of writing. */
async function nextKey(store: IDBObjectStore, prefix: string): Promise<string> {
  const cursor = await promisifyRequest(store.openKeyCursor(prefixRange(prefix), 'prev'));
  const last = cursor === null ? -1 : Number((cursor.key as string).slice(prefix.length));
  return prefix + String(last + 1).padStart(9, '0');
}

/** All records, by the key of their chunk. */
async function chunksOf(store: IDBObjectStore): Promise<[key: IDBValidKey, records: ImageRecord[]][]> {
  const [keys, chunks] = await Promise.all([
    promisifyRequest(store.getAllKeys(prefixRange(prefixes.records))),
    promisifyRequest<ImageRecord[][]>(store.getAll(prefixRange(prefixes.records))),
  ]);
  return chunks.map((chunk, i) => [keys[i]!, chunk]);
}

function undoOf(store: IDBObjectStore): Promise<Undo | undefined> {
  return promisifyRequest(store.get(undoKey) as IDBRequest<Undo | undefined>);
}

/** Makes the last edit final. */
async function forgetUndo(store: IDBObjectStore): Promise<void> {
  for (const id of (await undoOf(store))?.dropped ?? []) {
    store.delete(prefixes.image + id);
    store.delete(prefixes.thumb + id);
    store.delete(prefixRange(squaresOf(id)));
  }
  store.delete(undoKey);
}
