import { delMany, get, getMany, set, setMany } from 'idb-keyval';
import { TunedStore, type TunedWeights } from '../bases/tuned';
import { HeadwayError } from '../errors';
import type { FeatureSpec } from '../features/key';
import { FeatureStore } from '../features/store';
import type { TrainedHead } from '../heads/head';
import type { Reason } from '../reason';
import type { RunNote, RunResult } from '../run';
import type { RunEvaluation } from './evaluation';
import { deletePrefix, guarded, keysWithPrefix, type Storage } from '../storage';

/** A finished run as training hands it over. */
export interface FinishedRun extends StoredRun {
  readonly evaluation: RunEvaluation;
}

interface Removed {
  readonly result: RunResult;
  readonly entries: [string, unknown][];
  /** The base that went with the run. */
  readonly tuned: TunedWeights | null;
}

/** A finished run with all that prediction and export need. */
export interface StoredRun {
  readonly result: RunResult;
  readonly head: TrainedHead;
  /** What the head was trained on. */
  readonly spec: FeatureSpec;
}

/**
 * Finished runs in IndexedDB: `run/<id>` is the result, `head/<id>` the trained weights, `evaluation/<id>` what the
 * head says of validation and test images, all or none; `note/<id>` is what the user says about it.
 */
export class RunStore {
  /** What the last removal took, so that it can be put back; in memory, so it is gone with the page. */
  #removed: Removed | null = null;

  constructor(readonly storage: Storage) {}

  put(run: FinishedRun): Promise<void> {
    const { result, evaluation, ...rest } = run;
    const entries: [string, unknown][] = [
      [`run/${result.runId}`, result],
      [`head/${result.runId}`, rest],
      [`evaluation/${result.runId}`, evaluation],
    ];
    return guarded(setMany(entries, this.storage));
  }

  /**
   * When a run that ends now is said to have ended: after every stored one, also where the clock was set back since, or
   * it would not be the newest any more.
   */
  async momentNow(now = Date.now()): Promise<string> {
    const [newest] = await this.results();
    const last = newest === undefined ? -Infinity : Date.parse(newest.finishedAt);
    return new Date(now > last ? now : last + 1).toISOString();
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
    if (result === undefined || rest === undefined) throw unknownRun(runId);
    return { result, ...rest };
  }

  /** A run and its evaluation. Rejects with `unknown-run`, or `evaluation-missing` for runs made before there were any. */
  async judged(runId: string): Promise<{ result: RunResult; evaluation: RunEvaluation }> {
    const [result, evaluation] = await Promise.all([
      guarded(get<RunResult>(`run/${runId}`, this.storage)),
      guarded(get<RunEvaluation>(`evaluation/${runId}`, this.storage)),
    ]);
    if (result === undefined) throw unknownRun(runId);
    if (evaluation === undefined)
      throw evaluationMissing(`The run ${runId} was made before results were kept.`);
    return { result, evaluation };
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

  /** A base that only this run has trained goes with it, and so do its features. */
  async remove(runId: string): Promise<void> {
    const stored = await this.get(runId).catch(() => null);
    const keys = runKinds.map((kind) => kind + runId);
    const values = await guarded(getMany<unknown>(keys, this.storage));
    let tuned: Removed['tuned'] = null;
    if (stored?.result.request.tail === 'train') {
      const { result, spec } = stored;
      const others = (await this.results()).filter((other) => other.runId !== runId);
      if (!others.some(({ weightsDigest }) => weightsDigest === result.weightsDigest)) {
        const bases = new TunedStore(this.storage);
        tuned = await bases.get(result.weightsDigest);
        await bases.remove(result.weightsDigest);
        await new FeatureStore(this.storage).remove(spec);
      }
    }
    await guarded(delMany(keys, this.storage));
    const entries = keys.map((key, i): [string, unknown] => [key, values[i]]);
    const kept = entries.filter(([, value]) => value !== undefined);
    this.#removed = stored && { result: stored.result, entries: kept, tuned };
  }

  /** Puts back the run that was removed last, with all that went with it but features; whether it is that one. */
  async restore(runId: string): Promise<boolean> {
    const removed = this.#removed;
    if (removed?.result.runId !== runId) return false;
    const { result, entries, tuned } = removed;
    if (tuned) await new TunedStore(this.storage).put(result.weightsDigest, tuned);
    await guarded(setMany(entries, this.storage));
    this.#removed = null;
    return true;
  }

  async clear(): Promise<void> {
    this.#removed = null;
    for (const kind of runKinds) await deletePrefix(this.storage, kind);
    await new TunedStore(this.storage).clear();
  }
}

/** Of what is computed from a finished run later on (`analysis/analysis-store.ts`); removed with it. */
export const analysisKinds = ['label-errors/', 'learning-curve/', 'kept-labels/'] as const;
/** Everything that is kept under the id of a run. */
export const runKinds = ['run/', 'head/', 'evaluation/', 'note/', ...analysisKinds] as const;

/** For a run that is not there, or not any more. */
export function unknownRun(runId: string): HeadwayError {
  return new HeadwayError({
    code: 'unknown-run',
    message: `There is no finished run ${runId}.`,
    advice: 'Choose one of the runs that are listed; removed runs have to be trained again.',
  });
}

/** For a run, or a share of its images, that nothing is known about. */
export function evaluationMissing(message: string, why?: Reason): HeadwayError {
  return new HeadwayError({
    code: 'evaluation-missing',
    message,
    advice: 'Train the same head again: the features are kept, so that it takes a moment.',
    ...(why && { why }),
  });
}
