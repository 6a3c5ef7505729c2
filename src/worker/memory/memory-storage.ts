import { wrap, type Remote } from 'comlink';
import { ownLocks } from '../../engine/alive';
import { nextTask } from '../../engine/job';
import type { KeySpan } from '../../engine/memory/layer';
import type { Storage } from '../../engine/storage';
import { Lifeline } from './lifeline';
import type { MemoryApi } from './served';

/**
 * What is kept in memory elsewhere, reached at a port, as the database would be: with of IndexedDB what this page uses of
 * it. A transaction is over when nothing more is asked of it, as there. Once the worker that keeps it is gone, all that
 * is asked of it fails with `memory-lost`.
 */
export function memoryStorage(port: MessagePort, locks = ownLocks()): Storage {
  const remote = wrap<MemoryApi>(port);
  const lifeline = new Lifeline(remote.life(), undefined, locks);
  let transactions = 0;
  return async (_mode, use) => {
    const transaction = new RemoteTransaction(remote, lifeline, transactions++);
    return use(new RemoteStore(transaction) as unknown as IDBObjectStore);
  };
}

type Query = string | IDBKeyRange | undefined;

const all: KeySpan = { lower: '', upper: '\uffff' };

function spanOf(query: Query): KeySpan {
  if (typeof query === 'string') return { lower: query, upper: query };
  return query === undefined ? all : { lower: query.lower as string, upper: query.upper as string };
}

/** Of `IDBRequest`. */
class RemoteRequest {
  onsuccess: (() => void) | null = null;
  onerror: (() => void) | null = null;
  result: unknown;
  error: unknown = null;
}

/** Of `IDBTransaction`. A request that fails ends it. */
class RemoteTransaction {
  oncomplete: (() => void) | null = null;
  onabort: (() => void) | null = null;
  error: unknown = null;
  #waiting = 0;
  #isOver = false;

  constructor(
    readonly remote: Remote<MemoryApi>,
    readonly lifeline: Lifeline,
    readonly id: number,
  ) {
    void lifeline.ask(() => remote.begin(id)).catch(() => undefined);
    void this.#restOver();
  }

  ask(question: (remote: Remote<MemoryApi>, id: number) => Promise<unknown>): RemoteRequest {
    if (this.#isOver) throw new DOMException('The transaction is over.', 'TransactionInactiveError');
    const request = new RemoteRequest();
    this.#waiting++;
    const answered = this.lifeline
      .ask(() => question(this.remote, this.id))
      .then(
        (result) => {
          request.result = result;
          request.onsuccess?.();
        },
        (error: unknown) => {
          request.error = error;
          request.onerror?.();
          void this.#end(false, error);
        },
      );
    void answered.finally(() => {
      this.#waiting--;
      void this.#restOver();
    });
    return request;
  }

  abort(): void {
    void this.#end(false, null);
  }

  /** An answer may lead to the next question, for as long as its promises take. */
  async #restOver(): Promise<void> {
    await nextTask();
    if (this.#waiting === 0) await this.#end(true, null);
  }

  async #end(keep: boolean, error: unknown): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.error = error;
    const ended = await this.lifeline
      .ask(() => this.remote.end(this.id, keep))
      .then(
        () => keep,
        (reason: unknown) => {
          this.error ??= reason;
          return false;
        },
      );
    if (ended) this.oncomplete?.();
    else this.onabort?.();
  }
}

/** Of `IDBObjectStore`. */
class RemoteStore {
  constructor(readonly transaction: RemoteTransaction) {}

  get(key: string) {
    return this.transaction.ask((remote, id) => remote.get(id, key));
  }

  getKey(key: string) {
    return this.transaction.ask((remote, id) => remote.lastKey(id, spanOf(key)));
  }

  getAll(query?: Query) {
    return this.transaction.ask((remote, id) => remote.values(id, spanOf(query)));
  }

  getAllKeys(query?: Query) {
    return this.transaction.ask((remote, id) => remote.keys(id, spanOf(query)));
  }

  count(query?: Query) {
    return this.transaction.ask(async (remote, id) => (await remote.keys(id, spanOf(query))).length);
  }

  /** Of a cursor its first key, and of directions the one that this page goes: back from the last. */
  openKeyCursor(query: Query) {
    return this.transaction.ask(async (remote, id) => {
      const key = await remote.lastKey(id, spanOf(query));
      return key === undefined ? null : { key };
    });
  }

  put(value: unknown, key: string) {
    return this.transaction.ask((remote, id) => remote.put(id, key, value));
  }

  delete(query: Query) {
    return this.transaction.ask((remote, id) => remote.remove(id, spanOf(query)));
  }

  clear() {
    return this.delete(undefined);
  }
}
