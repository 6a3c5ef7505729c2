import type { LabelErrors } from '../engine/analysis/label-errors';
import type { LearningCurve } from '../engine/analysis/learning-curve';
import type { ImageId } from '../engine/data/records';
import type { Progress } from '../engine/job';
import type { EngineClient } from '../worker/client';

export interface AnalysisOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** What can be computed from a finished run besides its report. It happens where heads train. */
export class Analyses {
  constructor(readonly head: EngineClient) {}

  /** What is stored is returned at once. Rejects with `unknown-run`, `too-few-images`, `too-few-classes`, `cancelled`. */
  labelErrors(runId: string, { signal, onProgress }: AnalysisOptions = {}): Promise<LabelErrors> {
    return this.head.job(
      (api, job, listening) =>
        api.labelErrors(
          job,
          runId,
          listening((progress) => onProgress?.(progress)),
        ),
      { signal },
    ).result;
  }

  /** The stored queue, unless labels have changed since. */
  storedLabelErrors(runId: string): Promise<LabelErrors | null> {
    return this.head.call((api) => api.storedLabelErrors(runId));
  }

  /** As `labelErrors`; a minute or so, unless one training takes long. */
  learningCurve(runId: string, { signal, onProgress }: AnalysisOptions = {}): Promise<LearningCurve> {
    return this.head.job(
      (api, job, listening) =>
        api.learningCurve(
          job,
          runId,
          listening((progress) => onProgress?.(progress)),
        ),
      { signal },
    ).result;
  }

  storedLearningCurve(runId: string): Promise<LearningCurve | null> {
    return this.head.call((api) => api.storedLearningCurve(runId));
  }

  /** Images whose label the user confirmed, though it was doubted. */
  keptLabels(runId: string): Promise<readonly ImageId[]> {
    return this.head.call((api) => api.keptLabels(runId));
  }

  setKeptLabels(runId: string, ids: readonly ImageId[]): Promise<void> {
    return this.head.call((api) => api.setKeptLabels(runId, ids));
  }
}
