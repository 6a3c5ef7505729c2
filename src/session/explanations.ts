import type { Neighbour } from '../engine/analysis/nearest';
import type { Projection, ProjectionMethod } from '../engine/analysis/projection';
import type { ImageFile, ImageId } from '../engine/data/records';
import { HeadwayError } from '../engine/errors';
import type { Progress } from '../engine/job';
import type { BaseId } from '../engine/nets';
import type { Prediction, RunResult } from '../engine/run';
import { Looks } from './looks';
import { predict, ranked } from './predict';
import { predictMany, type BatchOptions, type BatchRow } from './predict-many';
import type { Workers } from './run-lane';

/** Why a run answers what it does about one picture. */
export interface Explanation {
  readonly runId: string;
  readonly base: BaseId;
  /** Most probable first. */
  readonly classes: readonly { readonly label: string; readonly probability: number }[];
  /** The class that is explained. */
  readonly label: string;
  /**
   * [height, width], row by row, signed: by how much each place moves the class' logit above the mean of all logits,
   * or below it. With `bias` they add up to that margin.
   */
  readonly map: { readonly height: number; readonly width: number; readonly values: Float32Array };
  readonly bias: number;
  readonly margin: number;
  /** The picture as the base saw it: [side, side, 3] RGB bytes. */
  readonly square: { readonly side: number; readonly rgb: Uint8Array };
  /** Whether the head is linear: then the map accounts for the whole margin, otherwise for its gradient here. */
  readonly exact: boolean;
  /** Decoding, base and head, in milliseconds. */
  readonly ms: number;
}

export interface ProjectionOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** What finished runs say of pictures, and why. Everything rejects with `unknown-run`. */
export class Explanations {
  readonly #looks: Looks;

  constructor(
    readonly workers: Workers,
    readonly runs: () => readonly RunResult[],
  ) {
    this.#looks = new Looks(workers);
  }

  predict(image: Blob): Promise<Prediction[]> {
    return predict(image, this.runs(), this.#looks, this.workers.head);
  }

  predictMany(images: Iterable<ImageFile>, options?: BatchOptions): Promise<BatchRow[]> {
    return predictMany([...images], this.runs(), this.workers, options);
  }

  async explain(image: Blob | ImageId, runId: string, label: string | null = null): Promise<Explanation> {
    const run = this.#run(runId);
    const look = await this.#looks.of(run, image);
    const start = performance.now();
    const { probabilities, target, map } = await this.workers.head.call((api) =>
      api.account(runId, look.map, label),
    );
    return {
      runId,
      base: run.base,
      classes: ranked(run.classes, probabilities),
      label: run.classes[target]!,
      map: { height: map.height, width: map.width, values: map.values },
      bias: map.bias,
      margin: map.score,
      square: { side: look.side, rgb: look.square },
      exact: map.exact,
      ms: look.ms + performance.now() - start,
    };
  }

  async nearest(image: Blob | ImageId, runId: string, count = 8): Promise<Neighbour[]> {
    const { vector } = await this.#looks.of(this.#run(runId), image);
    const except = image instanceof Blob ? null : image;
    return this.workers.head.call((api) => api.nearest(runId, vector, count, except));
  }

  project(
    runId: string,
    method: ProjectionMethod,
    { signal, onProgress }: ProjectionOptions = {},
  ): Promise<Projection> {
    return this.workers.head.job(
      (api, job, listening) =>
        api.project(
          job,
          runId,
          method,
          listening((progress) => onProgress?.(progress)),
        ),
      { signal },
    ).result;
  }

  #run(runId: string): RunResult {
    const run = this.runs().find((candidate) => candidate.runId === runId);
    if (run !== undefined) return run;
    throw new HeadwayError({
      code: 'unknown-run',
      message: `There is no finished run ${runId}.`,
      advice: 'Choose one of the runs that are listed; removed runs have to be trained again.',
    });
  }
}
