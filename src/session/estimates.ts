import { cutOf, measuredCutOf } from '../engine/cuts';
import { baseIds, type BaseId } from '../engine/nets';
import type { EngineClient } from '../worker/client';
import type { Persistence } from './persistence';
import type { Action } from './reducer';
import type { CostEstimate, SessionState } from './state';

/** Keeps `state.estimates` in step with the data set and the settings. */
export class Estimates {
  #refreshing: Promise<void> | null = null;
  /** How often it was asked. */
  #asked = 0;

  constructor(
    readonly data: EngineClient,
    readonly persistence: Persistence,
    readonly state: () => SessionState,
    readonly dispatch: (action: Action) => void,
  ) {}

  /** Asked again while it is at it, it goes round once more rather than in parallel. */
  refresh(): Promise<void> {
    this.#asked++;
    this.#refreshing ??= this.#work().finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async #work(): Promise<void> {
    let round: number;
    do {
      round = this.#asked;
      const { request } = this.state();
      for (const base of baseIds) {
        const cut = measuredCutOf(request, base);
        const [estimate, speed = null, measured = null] = await Promise.all([
          this.data.call((api) => api.estimate(base, request)),
          this.persistence.speed(base, cut),
          this.#nearest(base, cut),
        ]);
        const left = Math.max(0, estimate.images - estimate.cached);
        this.dispatch({
          type: 'estimate',
          estimate: {
            base,
            ...estimate,
            imagesPerSecond: speed,
            seconds: speed === null ? null : left / speed,
            measured,
          },
        });
      }
    } while (round !== this.#asked);
  }
  async #nearest(base: BaseId, cut: string): Promise<NonNullable<CostEstimate['measured']> | undefined> {
    for (const at of [cut, cutOf({}, base)]) {
      const imagesPerSecond = await this.persistence.speed(base, at);
      if (imagesPerSecond !== undefined) return { cut: at, imagesPerSecond };
    }
    return undefined;
  }
}
