import { toErrorData } from '../engine/errors';
import type { EngineClient } from '../worker/client';
import type { Action } from './reducer';
import type { SessionState } from './state';

/** Milliseconds without another change: settings are typed, images are removed one after the other. */
const calm = 400;

/**
 * Has the data set checked again whenever what the check looks at has changed: the images, what decides the split, and
 * runs, which store the features that copies are checked by. Not while images come in. It takes 60 ms of the data worker for 5,000 images and half a second for 50,000, most of it
 * for near-duplicates, which the next run needs as well.
 */
export class Audits {
  #seen: readonly unknown[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly data: EngineClient,
    readonly state: () => SessionState,
    readonly dispatch: (action: Action) => void,
  ) {}

  /** To be called after every change of the state. */
  watch(): void {
    const { ready, dataset, request, audit, results } = this.state();
    if (!ready || dataset.importing !== null) return;
    const { records, leftOut } = dataset;
    const ran = results.map(({ runId }) => runId).join();
    const now = [records, leftOut, request.validationShare, request.testShare, request.seed, ran];
    if (now.every((value, i) => value === this.#seen[i])) return;
    this.#seen = now;
    clearTimeout(this.#timer);
    if (records.length > 0) this.#timer = setTimeout(() => void this.#check(now), calm);
    if (audit) this.dispatch({ type: 'audit', audit: records.length > 0 ? { ...audit, stale: true } : null });
  }

  async #check(seen: readonly unknown[]): Promise<void> {
    const { request, dataset } = this.state();
    const images = dataset.records.length;
    try {
      const findings = await this.data.call((api) => api.audit(request));
      if (seen === this.#seen) this.dispatch({ type: 'audit', audit: { findings, images, stale: false } });
    } catch (error) {
      if (seen !== this.#seen) return;
      this.dispatch({ type: 'audit', audit: null });
      this.dispatch({ type: 'error', error: toErrorData(error) });
    }
  }
}
