import { probedCuts, stratifiedSample, type CaseAdvice } from '../engine/analysis/advice';
import { cutOf } from '../engine/cuts';
import { HeadwayError } from '../engine/errors';
import type { Progress } from '../engine/job';
import { baseIds, nets, type BaseId } from '../engine/nets';
import type { BaseRequest, Extraction, LabelledIds, RunRequest } from '../engine/run';
import type { EngineClient } from '../worker/client';
import type { BaseEvent } from '../worker/api';
import type { Workers } from './run-lane';

/** Images that the probes are fitted to and judged on, at most. */
const mostImages = 500;

export interface AdviceOptions {
  readonly signal?: AbortSignal;
  /** Bytes of weights, then images through the base, then fits of the probes. */
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Which of the four cases of transfer learning a data set is for a base, under the settings in the form. Only images
 * that train are looked at. Their features stay stored: asked again, it takes moments.
 */
export class Advisor {
  constructor(
    readonly data: EngineClient,
    readonly workers: Workers,
    readonly request: () => RunRequest,
  ) {}

  /** Rejects with `too-few-images`, `too-few-classes`, `cancelled`, or as loading a base does. */
  async advice(base: BaseId, { signal, onProgress }: AdviceOptions = {}): Promise<CaseAdvice> {
    if (!baseIds.includes(base))
      throw new HeadwayError({
        code: 'invalid-request',
        message: `There is no base ${base as string}.`,
        advice: `Choose among ${baseIds.join(', ')}.`,
      });
    const request = this.request();
    const { seed, backend, resize } = request;
    const { train, classes } = await this.data.call((api) => api.planSplit(request));
    const rows = stratifiedSample(train.labels, mostImages, seed);
    const sample: LabelledIds = {
      ids: rows.map((row) => train.ids[row]!),
      labels: Uint16Array.from(rows, (row) => train.labels[row]!),
    };
    const perClass = classes.map((_, label) =>
      train.labels.reduce((sum, other) => sum + (other === label ? 1 : 0), 0),
    );
    const last = cutOf({}, base);
    const others = probedCuts(nets[base]).filter((cut) => cut !== last);
    const extraction = await this.#extract({ base, backend, resize, cut: last, others }, sample, {
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
    return this.workers.head.job(
      (api, job, listening) =>
        api.advise(
          job,
          { base, sample, perClass, extraction, seed },
          listening((progress) => onProgress?.(progress)),
        ),
      { signal },
    ).result;
  }

  #extract(
    request: BaseRequest,
    { ids }: LabelledIds,
    { signal, onProgress }: AdviceOptions,
  ): Promise<Extraction> {
    const { base } = request;
    const listen = (event: BaseEvent) => {
      if (event.type === 'progress') onProgress?.(event.progress);
    };
    return this.workers.residency.use(
      base,
      () =>
        this.workers
          .base(base)
          .job((api, job, listening) => api.extract(job, request, ids, listening(listen)), { signal }).result,
      { ...(signal && { signal }) },
    );
  }
}
