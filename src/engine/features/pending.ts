import type { ImageId } from '../data/records';
import type { FeatureSpec } from './key';
import { chunkSize, type FeatureStore } from './store';

/** Where features go. */
export type FeatureSink = Pick<FeatureStore, 'presentIds' | 'put'>;

/** Milliseconds after which features are stored even though their chunk is not full: a closed tab loses no more. */
const patience = 2_000;

/** Features that were computed and are not stored yet. */
export class Pending {
  readonly #store: FeatureSink;
  readonly #spec: FeatureSpec;
  #ids: ImageId[] = [];
  #parts: Float32Array[] = [];
  #since = 0;
  /** Writes follow each other: a flush from a timer must not meet one from the loop. */
  #writing: Promise<void> = Promise.resolve();

  constructor(store: FeatureSink, spec: FeatureSpec) {
    this.#store = store;
    this.#spec = spec;
  }

  /** Takes [ids, width] and stores everything once a chunk is full or the oldest has waited long. */
  async add(ids: readonly ImageId[], features: Float32Array): Promise<void> {
    if (ids.length === 0) return;
    if (this.#ids.length === 0) this.#since = performance.now();
    this.#ids.push(...ids);
    this.#parts.push(features);
    if (this.#ids.length >= chunkSize || performance.now() - this.#since > patience) await this.flush();
  }

  /** Stores what there is. On failure it is kept for the next attempt. */
  flush(): Promise<void> {
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const ids = this.#ids;
    const parts = this.#parts;
    if (ids.length === 0) return;
    [this.#ids, this.#parts] = [[], []];
    const features = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
    let offset = 0;
    for (const part of parts) {
      features.set(part, offset);
      offset += part.length;
    }
    try {
      await this.#store.put(this.#spec, ids, features);
    } catch (error) {
      this.#ids = [...ids, ...this.#ids];
      this.#parts = [features, ...this.#parts];
      throw error;
    }
  }
}
