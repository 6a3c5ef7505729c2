import { del, get, set } from 'idb-keyval';
import { cutOf } from '../engine/cuts';
import type { BaseId } from '../engine/nets';
import { defaultRunRequest, type RunRequest } from '../engine/run';
import { guarded, type Storage } from '../engine/storage';

/** A run that had begun and not ended when the page was last closed. */
export interface UnfinishedRun {
  readonly request: RunRequest;
  readonly bases: readonly BaseId[];
}

/** What the session itself remembers between visits: the form, measured speeds, and a run in progress. */
export class Persistence {
  /** @param initial what differs from the defaults until the user has set something */
  constructor(
    readonly storage: Storage,
    readonly initial: Partial<RunRequest> = {},
  ) {}

  async request(): Promise<RunRequest> {
    const stored = await guarded(get<Partial<RunRequest>>('session/request', this.storage));
    return { ...defaultRunRequest, ...(stored ?? this.initial) };
  }

  saveRequest(request: RunRequest): Promise<void> {
    return guarded(set('session/request', request, this.storage));
  }

  /** Images a second up to a cut, as last measured on this machine. */
  speed(base: BaseId, cut: string): Promise<number | undefined> {
    return guarded(get<number>(speedKey(base, cut), this.storage));
  }

  saveSpeed(base: BaseId, cut: string, imagesPerSecond: number): Promise<void> {
    return guarded(set(speedKey(base, cut), imagesPerSecond, this.storage));
  }

  unfinished(): Promise<UnfinishedRun | undefined> {
    return guarded(get<UnfinishedRun>('session/unfinished', this.storage));
  }

  saveUnfinished(run: UnfinishedRun | null): Promise<void> {
    return guarded(
      run === null || run.bases.length === 0
        ? del('session/unfinished', this.storage)
        : set('session/unfinished', run, this.storage),
    );
  }
}

/** A lower cut is faster; the whole base has the key that it had when there was no choice. */
function speedKey(base: BaseId, cut: string): string {
  return cut === cutOf({}, base) ? `session/speed/${base}` : `session/speed/${base}/${cut}`;
}
