import { get, set } from 'idb-keyval';
import { sha256 } from 'hash-wasm';
import type { EpochMetrics } from '../run';
import { deletePrefix, guarded, type Storage } from '../storage';
import type { TrainedHead } from './head';
import type { OptimizerState } from './optimizers';
import type { TailWeights } from './tail-weights';

/** All that an interrupted training goes on from: what it was after an epoch. Random streams are replayed. */
export interface TailState {
  readonly head: TrainedHead;
  readonly tail: TailWeights;
  readonly optimizers: { readonly head: OptimizerState; readonly tail: OptimizerState };
  readonly history: readonly EpochMetrics[];
  readonly best: BestEpoch | null;
}

export interface BestEpoch {
  readonly head: TrainedHead;
  readonly tail: TailWeights;
  readonly epoch: number;
  readonly loss: number;
}

export interface Checkpoints {
  /** Null: from the beginning. The state is taken over. */
  readonly from: TailState | null;
  /** Called after each epoch but the last, before it is told; the state changes after the promise has settled. */
  save(state: TailState): Promise<void>;
}

const root = 'checkpoint/';

/**
 * The one training that was under way when the page was last closed, as it was after its last whole epoch. It takes
 * three to four times the room of the trained weights (ResNet50's last group of blocks: some 240 MB), so that only the
 * latest is kept.
 */
export class TailCheckpoints {
  constructor(readonly storage: Storage) {}

  /** `what`: everything that decides how the training goes, as plain data. */
  async of(what: unknown): Promise<Checkpoints> {
    const key = root + (await sha256(JSON.stringify(what)));
    const from = (await guarded(get<TailState>(key, this.storage))) ?? null;
    if (from === null) await this.clear();
    return { from, save: (state) => guarded(set(key, state, this.storage)) };
  }

  clear(): Promise<void> {
    return deletePrefix(this.storage, root);
  }
}
