import { RunStore } from '../../engine/results/run-store';
import type { RunResult } from '../../engine/run';
import type { Storage } from '../../engine/storage';
import type { HeadApi } from '../api';
import type { Jobs } from '../jobs';
import { packReport } from '../report-on-the-wire';
import { InParts } from './in-parts';

/** Heads: trained, stored, asked. tfjs is loaded when the first one is trained. */
export function headService(storage: Storage, jobs: Jobs): HeadApi {
  const runs = new RunStore(storage);
  // A run names all of its images.
  const inParts = new InParts<RunResult>(1);

  return {
    train: (job, request, onEpoch, onProgress) =>
      jobs.run(job, async (control) => {
        const { trainRun } = await import('../../engine/heads/train-run');
        const run = await trainRun(storage, request, control, onEpoch, onProgress);
        await runs.put(run);
        return run.result;
      }),

    runs: async () => inParts.begin(await runs.results()),

    moreRuns: (more) => Promise.resolve(inParts.next(more)),

    notes: () => runs.notes(),

    async report(runId, share) {
      const { runReport } = await import('../../engine/results/report');
      const { result, evaluation } = await runs.judged(runId);
      return packReport(runReport(result, evaluation, share));
    },

    async compare(runA, runB) {
      const { compareRuns } = await import('../../engine/results/compare-runs');
      return compareRuns(await runs.judged(runA), await runs.judged(runB));
    },

    annotate: (runId, note) => runs.annotate(runId, note),

    removeRun: (runId) => runs.remove(runId),

    restoreRun: (runId) => runs.restore(runId),

    async classify(runId, features) {
      const { headLogits, softmax } = await import('../../engine/heads/head');
      const { head } = await runs.get(runId);
      return softmax(headLogits(head, features, features.length / head.inputs), head.classes);
    },
  };
}
