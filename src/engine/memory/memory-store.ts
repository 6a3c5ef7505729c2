import { byteSize } from '../byte-size';
import { HeadwayError } from '../errors';
import { Layer, nothing, type KeySpan, type Readable } from './layer';

/**
 * What takes the place of the database where that cannot be written to: the same keys and values, in memory, over what
 * can still be read of it. One transaction at a time, from whoever has begun first; it is all there or not at all.
 */
export class MemoryStore {
  readonly #kept: Layer;
  #free: Promise<void> = Promise.resolve();

  /** @param limit bytes that the values may take together */
  constructor(
    readonly limit: number,
    below: Readable = nothing,
  ) {
    this.#kept = new Layer(below);
  }

  get bytes(): number {
    return this.#kept.bytes;
  }

  /** Resolves once every transaction that was begun before has ended. */
  async begin(): Promise<MemoryTransaction> {
    let end!: () => void;
    const before = this.#free;
    this.#free = new Promise((resolve) => (end = resolve));
    await before;
    return new MemoryTransaction(this.#kept, this.limit, end);
  }
}

/** Sees its own changes, which nobody else does before `commit`. What it is asked is done in that order. */
export class MemoryTransaction {
  readonly #draft: Layer;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly kept: Layer,
    readonly limit: number,
    readonly end: () => void,
  ) {
    this.#draft = new Layer(kept);
  }

  get(key: string): Promise<unknown> {
    return this.#next(() => this.#draft.get(key));
  }

  keys(span: KeySpan): Promise<string[]> {
    return this.#next(() => this.#draft.keys(span));
  }

  lastKey(span: KeySpan): Promise<string | undefined> {
    return this.#next(async () => (await this.#draft.keys(span)).at(-1));
  }

  values(span: KeySpan): Promise<unknown[]> {
    return this.#next(async () =>
      Promise.all((await this.#draft.keys(span)).map((key) => this.#draft.get(key))),
    );
  }

  /** Rejects with `memory-full`. */
  put(key: string, value: unknown): Promise<void> {
    return this.#next(() => {
      const bytes = this.kept.bytes + this.#draft.bytes + byteSize(value);
      if (bytes > this.limit) throw memoryFull(`${bytes} of ${this.limit} bytes`);
      this.#draft.set(key, value);
    });
  }

  remove(span: KeySpan): Promise<void> {
    return this.#next(async () => {
      for (const key of await this.#draft.keys(span)) this.#draft.set(key, undefined);
    });
  }

  commit(): Promise<void> {
    return this.#next(() => {
      this.#draft.pourInto(this.kept);
      this.end();
    });
  }

  /** Nothing has happened. */
  abort(): Promise<void> {
    return this.#next(this.end);
  }

  #next<T>(work: () => T | Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}

function memoryFull(details: string): HeadwayError {
  return new HeadwayError({
    code: 'memory-full',
    message: 'The memory that this page may keep its data in is full.',
    advice: 'Free space here, or save the project and go on where the browser lets the page store data.',
    details,
  });
}
