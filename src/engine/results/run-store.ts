import { delMany, get, getMany, set, setMany } from 'idb-keyval';
import { HeadwayError } from '../errors';
import type { FeatureSpec } from '../features/key';
import type { TrainedHead } from '../heads/head';
import type { RunNote, RunResult } from '../run';
import { deletePrefix, guarded, keysWithPrefix, type Storage } from '../storage';

/** A finished run with all that prediction and export need. */
export interface StoredRun {
  readonly result: RunResult;
  readonly head: TrainedHead;
  /** What the head was trained on. */
  readonly spec: FeatureSpec;
}

/**
 * Finished runs in IndexedDB: `run/<id>` is the result, `head/<id>` the trained weights, both or neither; `note/<id>`
 * is what the user says about it.
 */
export class RunStore {
  constructor(readonly storage: Storage) {}

  put(run: StoredRun): Promise<void> {
    const { result, ...rest } = run;
    const entries: [string, unknown][] = [
      [`run/${result.runId}`, result],
      [`head/${result.runId}`, rest],
    ];
    return guarded(setMany(entries, this.storage));
  }

  /** Newest first. */
  async results(): Promise<RunResult[]> {
    const keys = await keysWithPrefix(this.storage, 'run/');
    const results = await guarded(getMany<RunResult>(keys, this.storage));
    return results
      .filter((result) => result !== undefined)
      .sort((a, b) => (a.finishedAt < b.finishedAt ? 1 : a.finishedAt > b.finishedAt ? -1 : 0));
  }

  async get(runId: string): Promise<StoredRun> {
    const [result, rest] = await Promise.all([
      guarded(get<RunResult>(`run/${runId}`, this.storage)),
      guarded(get<Omit<StoredRun, 'result'>>(`head/${runId}`, this.storage)),
    ]);
    if (result === undefined || rest === undefined)
      throw new HeadwayError({
        code: 'unknown-run',
        message: `There is no finished run ${runId}.`,
        advice: 'Choose one of the runs that are listed; removed runs have to be trained again.',
      });
    return { result, ...rest };
  }

  /** By run; runs that nothing is said about are not in it. */
  async notes(): Promise<Map<string, RunNote>> {
    const keys = await keysWithPrefix(this.storage, 'note/');
    const notes = await guarded(getMany<RunNote>(keys, this.storage));
    return new Map(keys.map((key, i) => [key.slice('note/'.length), notes[i]!]));
  }

  annotate(runId: string, note: RunNote): Promise<void> {
    return guarded(set(`note/${runId}`, note, this.storage));
  }

  remove(runId: string): Promise<void> {
    return guarded(delMany([`run/${runId}`, `head/${runId}`, `note/${runId}`], this.storage));
  }

  async clear(): Promise<void> {
    await deletePrefix(this.storage, 'run/');
    await deletePrefix(this.storage, 'head/');
    await deletePrefix(this.storage, 'note/');
  }
}
