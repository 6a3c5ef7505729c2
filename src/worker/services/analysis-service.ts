import { AnalysisStore } from '../../engine/analysis/analysis-store';
import type { LabelErrors } from '../../engine/analysis/label-errors';
import type { LearningCurve } from '../../engine/analysis/learning-curve';
import { labelledImages } from '../../engine/analysis/labelled-images';
import { ImageStore } from '../../engine/data/image-store';
import { RunStore } from '../../engine/results/run-store';
import type { Storage } from '../../engine/storage';
import type { AnalysisApi } from '../api';
import type { Jobs } from '../jobs';

/** What is computed from a finished run and its stored features; kept beside the run. */
export function analysisService(storage: Storage, jobs: Jobs): AnalysisApi {
  const runs = new RunStore(storage);
  const analyses = new AnalysisStore(storage);

  return {
    advise: (job, request, onProgress) =>
      jobs.run(job, async (control) => {
        const { adviseFromStore } = await import('../../engine/analysis/probe-cuts');
        const records = await new ImageStore(storage).records();
        return adviseFromStore(storage, records, request, control, onProgress);
      }),

    labelErrors: (job, runId, onProgress) =>
      jobs.run(job, async (control) => {
        const run = await runs.get(runId);
        const images = await labelledImages(storage, run);
        const kept = await analyses.get<LabelErrors>('label-errors', runId, images.digest);
        if (kept !== null) return kept;
        const { findLabelErrors } = await import('../../engine/analysis/find-label-errors');
        const found = await findLabelErrors(storage, run, images, control, onProgress);
        await analyses.put('label-errors', runId, images.digest, found);
        return found;
      }),

    async storedLabelErrors(runId) {
      const { digest } = await labelledImages(storage, await runs.get(runId));
      return analyses.get<LabelErrors>('label-errors', runId, digest);
    },

    learningCurve: (job, runId, onProgress) =>
      jobs.run(job, async (control) => {
        const run = await runs.get(runId);
        const images = await labelledImages(storage, run);
        const kept = await analyses.get<LearningCurve>('learning-curve', runId, images.digest);
        if (kept !== null) return kept;
        const { learningCurve } = await import('../../engine/analysis/measure-curve');
        const curve = await learningCurve(storage, run, images, control, onProgress);
        await analyses.put('learning-curve', runId, images.digest, curve);
        return curve;
      }),

    async storedLearningCurve(runId) {
      const { digest } = await labelledImages(storage, await runs.get(runId));
      return analyses.get<LearningCurve>('learning-curve', runId, digest);
    },

    keptLabels: (runId) => analyses.keptLabels(runId),

    setKeptLabels: (runId, ids) => analyses.setKeptLabels(runId, ids),
  };
}
