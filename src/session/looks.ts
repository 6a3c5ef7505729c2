import type { Look } from '../engine/analysis/explanation';
import { cutOf } from '../engine/cuts';
import type { ImageId } from '../engine/data/records';
import type { BaseRequest, RunResult } from '../engine/run';
import type { Workers } from './run-lane';

export interface TimedLook extends Look {
  /** Decoding and the pass through the base, in milliseconds. */
  readonly ms: number;
}

/** What a run's base has to be to give the features that its head was trained on. */
export function baseRequestOf({ base, request, weightsDigest }: RunResult): BaseRequest {
  const { backend, resize } = request;
  return { base, backend, resize, weightsDigest, cut: cutOf(request, base) };
}

/**
 * Passes of single pictures through bases. A picture is looked at once for all runs on the same base, weights and cut,
 * and its looks are kept for as long as the picture itself is.
 */
export class Looks {
  readonly #taken = new WeakMap<Blob, Map<string, Promise<TimedLook>>>();

  constructor(readonly workers: Pick<Workers, 'base' | 'residency'>) {}

  of(run: RunResult, image: Blob | ImageId): Promise<TimedLook> {
    if (!(image instanceof Blob)) return this.#take(run, image);
    const taken = this.#taken.get(image) ?? new Map<string, Promise<TimedLook>>();
    this.#taken.set(image, taken);
    const key = JSON.stringify(baseRequestOf(run));
    const known = taken.get(key);
    if (known !== undefined) return known;
    const look = this.#take(run, image);
    taken.set(key, look);
    look.catch(() => taken.delete(key));
    return look;
  }

  async #take(run: RunResult, image: Blob | ImageId): Promise<TimedLook> {
    const { base, residency } = this.workers;
    const request = baseRequestOf(run);
    const start = performance.now();
    const look = await residency.use(run.base, () => base(run.base).call((api) => api.look(request, image)), {
      wait: false,
    });
    return { ...look, ms: performance.now() - start };
  }
}
