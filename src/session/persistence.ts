import { del, get, set } from 'idb-keyval';
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
  constructor(readonly storage: Storage) {}

  async request(): Promise<RunRequest> {
    const stored = await guarded(get<Partial<RunRequest>>('session/request', this.storage));
    return { ...defaultRunRequest, ...stored };
  }

  saveRequest(request: RunRequest): Promise<void> {
    return guarded(set('session/request', request, this.storage));
  }

  /** Images a second, as last measured on this machine. */
  speed(base: BaseId): Promise<number | undefined> {
    return guarded(get<number>(`session/speed/${base}`, this.storage));
  }

  saveSpeed(base: BaseId, imagesPerSecond: number): Promise<void> {
    return guarded(set(`session/speed/${base}`, imagesPerSecond, this.storage));
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
