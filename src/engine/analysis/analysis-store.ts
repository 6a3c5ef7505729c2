import { get, set } from 'idb-keyval';
import type { ImageId } from '../data/records';
import { analysisKinds } from '../results/run-store';
import { guarded, type Storage } from '../storage';

/** An analysis of a run that is kept, by name. */
export type AnalysisKind = 'label-errors' | 'learning-curve';

interface Kept {
  readonly digest: string;
  readonly value: unknown;
}

/**
 * Analyses beside the runs in IndexedDB, `<kind>/<run id>`, each with the digest of what it was made of: made of
 * something else, it counts as missing. `kept-labels/<run id>` are images whose label the user confirmed. They go
 * with their run (`RunStore.remove`).
 */
export class AnalysisStore {
  constructor(readonly storage: Storage) {}

  /** Null: there is none, or it was made of other images or labels. */
  async get<T>(kind: AnalysisKind, runId: string, digest: string): Promise<T | null> {
    const kept = await guarded(get<Kept>(keyOf(kind, runId), this.storage));
    return kept?.digest === digest ? (kept.value as T) : null;
  }

  put(kind: AnalysisKind, runId: string, digest: string, value: unknown): Promise<void> {
    return guarded(set(keyOf(kind, runId), { digest, value } satisfies Kept, this.storage));
  }

  async keptLabels(runId: string): Promise<readonly ImageId[]> {
    return (await guarded(get<readonly ImageId[]>(keyOf('kept-labels', runId), this.storage))) ?? [];
  }

  setKeptLabels(runId: string, ids: readonly ImageId[]): Promise<void> {
    return guarded(set(keyOf('kept-labels', runId), [...ids], this.storage));
  }
}

function keyOf(kind: AnalysisKind | 'kept-labels', runId: string): string {
  const prefix: (typeof analysisKinds)[number] = `${kind}/`;
  return prefix + runId;
}
