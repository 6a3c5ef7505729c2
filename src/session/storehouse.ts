import { HeadwayError, toErrorData } from '../engine/errors';
import type { StoredEntry } from '../engine/usage-sections';
import type { EngineClient } from '../worker/client';
import { Memory } from '../worker/memory/memory';
import type { Action } from './reducer';
import type { SessionState } from './state';
import { takeTurn } from './tab-lock';

/** What is stored, and how much more may be. */
export interface StorageReport {
  /** What takes room, the largest first. */
  readonly entries: readonly StoredEntry[];
  /** Bytes that the browser counts for this page, and that it allows; null: it does not say. */
  readonly used: number | null;
  readonly quota: number | null;
  /** Whether the browser has promised not to clear it when it runs short of room. */
  readonly kept: boolean | null;
  /** All of it, or what has come since, is in memory, and gone once the page is closed; `used` and `quota` are of that. */
  readonly inMemory: boolean;
}

/** What the session does around what is stored. */
export interface StorageHost {
  /** Whether a run or an import goes on. */
  isBusy(): boolean;
  /** Shows what is stored now. */
  reload(): Promise<void>;
  fail(error: unknown): void;
  /** Everybody who stores anything does it there from now on. */
  keepIn(memory: Memory): void;
}

/** The database as a whole: who may write to it, what lies in it, and how room is made. */
export class Storehouse {
  #memory: Memory | null = null;

  constructor(
    readonly data: EngineClient,
    readonly dispatch: (action: Action) => void,
    readonly host: StorageHost,
    readonly turn = takeTurn,
    readonly browser: Partial<StorageManager> = storageManager(),
    readonly createMemory = (overDisk: boolean, onLost: (error: HeadwayError) => void) =>
      new Memory(overDisk, onLost),
  ) {}

  /**
   * Before anything is read. Takes this tab's turn to write, and brings what earlier versions have stored up to date.
   * False where a newer version has been here: then there is nothing that this page can read. A database that cannot be
   * had at all is done without.
   */
  async open(): Promise<boolean> {
    try {
      return await this.#open();
    } catch (error) {
      if (toErrorData(error).code !== 'storage-unavailable') throw error;
      this.goOnInMemory('blocked');
      return this.#prepare();
    }
  }

  async #open(): Promise<boolean> {
    await this.data.call((api) => api.reachStorage());
    if (await this.turn(() => void this.#takeOver())) return this.#prepare();
    this.dispatch({ type: 'access', access: 'read' });
    return true;
  }

  async #prepare(): Promise<boolean> {
    try {
      await this.data.call((api) => api.bringUpToDate());
      this.dispatch({ type: 'access', access: 'write' });
      return true;
    } catch (error) {
      if (toErrorData(error).code !== 'storage-newer') throw error;
      this.dispatch({ type: 'access', access: 'newer' });
      return false;
    }
  }

  async #takeOver(): Promise<void> {
    try {
      if (await this.#prepare()) await this.host.reload();
    } catch (error) {
      this.host.fail(error);
    }
  }

  /**
   * From now on everything is kept in memory, until the page is closed: instead of a database that is `blocked`, or over
   * one that is `full`, which stays as it is.
   */
  goOnInMemory(reason: NonNullable<SessionState['memory']>): void {
    if (this.#memory !== null) return;
    this.#memory = this.createMemory(reason === 'full', (error) => this.host.fail(error));
    this.host.keepIn(this.#memory);
    this.dispatch({ type: 'memory', memory: reason });
  }

  async report(): Promise<StorageReport> {
    const entries = await this.data.call((api) => api.storedEntries());
    if (this.#memory !== null) {
      const { used, limit } = await this.#memory.room();
      return { entries, used, quota: limit, kept: null, inMemory: true };
    }
    const { usage = null, quota = null } = (await this.browser.estimate?.().catch(() => null)) ?? {};
    const kept = (await this.browser.persisted?.().catch(() => null)) ?? null;
    return { entries, used: usage, quota, kept, inMemory: false };
  }

  /** Removes entries of the report by their ids. */
  async free(ids: readonly string[]): Promise<void> {
    if (this.host.isBusy())
      throw new HeadwayError({
        code: 'invalid-request',
        message: 'What is stored is in use: a run or an import is going on.',
        advice: 'Wait for it to end, or cancel it first.',
        why: { code: 'busy', with: 'storage' },
      });
    try {
      await this.data.call((api) => api.freeEntries(ids));
    } finally {
      await this.host.reload();
    }
  }

  /**
   * Asks the browser not to clear what is stored when it runs short of room; some ask the user. Whether it agreed.
   */
  async keep(): Promise<boolean> {
    const kept = await this.browser.persisted?.().catch(() => false);
    return kept === true || ((await this.browser.persist?.().catch(() => false)) ?? false);
  }

  /** Forgets everything, for a page that cannot read what a newer one has stored. */
  async startOver(): Promise<void> {
    await this.data.call((api) => api.startOver());
    if (await this.#prepare()) await this.host.reload();
  }
}

/** Missing on plain http. */
function storageManager(): Partial<StorageManager> {
  const { navigator } = globalThis as { navigator?: { storage?: StorageManager } };
  const { storage } = navigator ?? {};
  return storage === undefined
    ? {}
    : {
        estimate: () => storage.estimate(),
        persisted: () => storage.persisted(),
        persist: () => storage.persist(),
      };
}
