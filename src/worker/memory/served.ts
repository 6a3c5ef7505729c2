import { expose } from 'comlink';
import type { HeadwayError } from '../../engine/errors';
import type { KeySpan } from '../../engine/memory/layer';
import type { MemoryStore, MemoryTransaction } from '../../engine/memory/memory-store';

/** What one worker, or the page, asks of the memory; each transaction has a number of the asker's own. */
export interface MemoryApi {
  /** Name of the lock that the worker holds while it lives. Rejects where it is gone already. */
  life(): Promise<string>;
  begin(transaction: number): void;
  get(transaction: number, key: string): Promise<unknown>;
  keys(transaction: number, span: KeySpan): Promise<string[]>;
  lastKey(transaction: number, span: KeySpan): Promise<string | undefined>;
  values(transaction: number, span: KeySpan): Promise<unknown[]>;
  put(transaction: number, key: string, value: unknown): Promise<void>;
  remove(transaction: number, span: KeySpan): Promise<void>;
  /** `keep` false: nothing has happened. */
  end(transaction: number, keep: boolean): Promise<void>;
}

/**
 * Answers at a port. Returns what to call when the asker is gone: what it had not ended has not happened.
 * @param life resolves to the name of the lock once it is held
 */
export function serveMemory(store: MemoryStore, port: MessagePort, life: Promise<string>): () => void {
  const open = new Map<number, Promise<MemoryTransaction>>();
  const at = (transaction: number) => open.get(transaction)!;
  const api: MemoryApi = {
    life: () => life,
    begin: (transaction) => void open.set(transaction, store.begin()),
    get: async (transaction, key) => (await at(transaction)).get(key),
    keys: async (transaction, span) => (await at(transaction)).keys(span),
    lastKey: async (transaction, span) => (await at(transaction)).lastKey(span),
    values: async (transaction, span) => (await at(transaction)).values(span),
    put: async (transaction, key, value) => (await at(transaction)).put(key, value),
    remove: async (transaction, span) => (await at(transaction)).remove(span),
    async end(transaction, keep) {
      const ending = await at(transaction);
      open.delete(transaction);
      await (keep ? ending.commit() : ending.abort());
    },
  };
  expose(api, port);
  return () => {
    port.close();
    for (const transaction of open.values()) void transaction.then((left) => left.abort());
  };
}

/** Answers at a port in the place of a worker that is gone. */
export function serveLoss(error: HeadwayError, port: MessagePort): void {
  expose({ life: () => Promise.reject(error) } satisfies Pick<MemoryApi, 'life'>, port);
}
