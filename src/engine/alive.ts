/** What of the browser's locks matters here. */
export type Locks = Pick<LockManager, 'request'>;

/** Missing in browsers without locks, and on pages that may not use them. */
export function ownLocks(): Locks | undefined {
  return (globalThis.navigator as { locks?: Locks } | undefined)?.locks;
}

/**
 * A worker that is ended from outside sends no event, and whoever waits for it would wait for ever. But the browser then
 * takes away the locks that it held. A name for such a lock, which no other tab has.
 */
export function nameOfLife(): string {
  return `alive ${crypto.randomUUID()}`;
}

/** In a worker: holds the lock as long as the worker lives. Resolves once it does, or where there are no locks. */
export function live(name: string, locks = ownLocks()): Promise<void> {
  if (locks === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const held = locks.request(name, () => {
      resolve();
      return new Promise<never>(() => undefined);
    });
    held.catch(() => resolve());
  });
}

/** Outside, once `live` has resolved there: calls `ended` when that worker is no more, unless `signal` comes first. */
export function watchLife(name: string, signal: AbortSignal, ended: () => void, locks = ownLocks()): void {
  void locks?.request(name, { signal }, ended).catch(() => undefined);
}
