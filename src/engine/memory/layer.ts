import { get } from 'idb-keyval';
import { byteSize } from '../byte-size';
import { guarded, type Storage } from '../storage';

/** Keys from `lower` to `upper`, both included. */
export interface KeySpan {
  readonly lower: string;
  readonly upper: string;
}

/** Something that values can be read from. */
export interface Readable {
  get(key: string): Promise<unknown>;
  /** In order. */
  keys(span: KeySpan): Promise<string[]>;
}

export const nothing: Readable = {
  get: () => Promise.resolve(undefined),
  keys: () => Promise.resolve([]),
};

/** What lies on disk, which is left as it is. */
export function onDisk(storage: Storage): Readable {
  return {
    get: (key) => guarded(get(key, storage)),
    keys: ({ lower, upper }) =>
      guarded(
        storage('readonly', (store) => {
          const request = store.getAllKeys(IDBKeyRange.bound(lower, upper));
          return new Promise<string[]>((resolve, reject) => {
            request.onsuccess = () => resolve(request.result as string[]);
            request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
          });
        }),
      ),
  };
}

/** Changes over what lies below, which stays as it is: what is not changed here is read from there. */
export class Layer implements Readable {
  /** Undefined: not there, whatever lies below. */
  readonly #changes = new Map<string, unknown>();
  /** Of the values that this layer holds. */
  bytes = 0;

  constructor(readonly below: Readable) {}

  get(key: string): Promise<unknown> {
    return this.#changes.has(key) ? Promise.resolve(this.#changes.get(key)) : this.below.get(key);
  }

  async keys(span: KeySpan): Promise<string[]> {
    if (span.lower === span.upper) return (await this.get(span.lower)) === undefined ? [] : [span.lower];
    const found = new Set(await this.below.keys(span));
    for (const [key, value] of this.#changes) {
      if (key < span.lower || key > span.upper) continue;
      if (value === undefined) found.delete(key);
      else found.add(key);
    }
    return [...found].sort();
  }

  /** `value` undefined: removes it. */
  set(key: string, value: unknown): void {
    const before = this.#changes.get(key);
    if (before !== undefined) this.bytes -= byteSize(before);
    if (value !== undefined) this.bytes += byteSize(value);
    // Where nothing lies below there is nothing to hide.
    if (value === undefined && this.below === nothing) this.#changes.delete(key);
    else this.#changes.set(key, value);
  }

  pourInto(other: Layer): void {
    for (const [key, value] of this.#changes) other.set(key, value);
  }
}
