import { del, get, set } from 'idb-keyval';
import { deletePrefix, guarded, type Storage } from '../storage';
import type { ConvWeights, FrozenWeights } from './tensors';

/** What a run has changed of a base. */
export interface TunedWeights {
  /** Digest of the weights that it began with. */
  readonly parent: string;
  /** Convolutions that were trained, by node name. */
  readonly weights: FrozenWeights;
}

export const tunedRoot = 'tuned/';

/**
 * Bases that runs have trained further: `tuned/<digest>` holds the changed convolutions under the digest of the whole
 * base with them, so that whatever asks for a run's base by its digest gets the one that the run made.
 */
export class TunedStore {
  constructor(readonly storage: Storage) {}

  async get(digest: string): Promise<TunedWeights | null> {
    return (await guarded(get<TunedWeights>(tunedRoot + digest, this.storage))) ?? null;
  }

  put(digest: string, tuned: TunedWeights): Promise<void> {
    return guarded(set(tunedRoot + digest, tuned, this.storage));
  }

  remove(digest: string): Promise<void> {
    return guarded(del(tunedRoot + digest, this.storage));
  }

  clear(): Promise<void> {
    return deletePrefix(this.storage, tunedRoot);
  }
}

/** A base with some of its convolutions replaced. Throws where there is none of a name, or of another shape. */
export function overlaid(base: FrozenWeights, changed: FrozenWeights): FrozenWeights {
  const weights = new Map<string, ConvWeights>(base);
  for (const [name, conv] of changed) {
    const before = base.get(name);
    if (String(before?.kernel.shape) !== String(conv.kernel.shape))
      throw new Error(`The trained ${name} does not fit the base`);
    weights.set(name, conv);
  }
  return weights;
}
