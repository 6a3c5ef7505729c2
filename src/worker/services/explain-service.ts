import { HeadwayError } from '../../engine/errors';
import { RunStore } from '../../engine/results/run-store';
import type { Storage } from '../../engine/storage';
import type { ExplainApi } from '../api';
import type { Jobs } from '../jobs';

/** What a run's head says about pictures and features. */
export function explainService(storage: Storage, jobs: Jobs): ExplainApi {
  const runs = new RunStore(storage);

  return {
    async account(runId, map, label) {
      const { account } = await import('../../engine/analysis/explanation');
      const { head, result } = await runs.get(runId);
      const target = label === null ? undefined : result.classes.indexOf(label);
      if (target === -1) throw unknownClass(label!);
      return account(head, map, target);
    },

    async nearest(runId, vector, count, except) {
      const { nearestImages } = await import('../../engine/analysis/nearest');
      return nearestImages(storage, await runs.get(runId), vector, count, except);
    },

    project: (job, runId, method, onProgress) =>
      jobs.run(job, async (control) => {
        const { projectRun } = await import('../../engine/analysis/projection');
        const run = await runs.get(runId);
        // Runs from before evaluations were kept have none.
        const judged = await runs.judged(runId).catch(() => null);
        return projectRun(storage, run, judged?.evaluation ?? null, method, control, onProgress);
      }),
  };
}

function unknownClass(label: string): HeadwayError {
  return new HeadwayError({
    code: 'invalid-request',
    message: `This run knows no class “${label}”.`,
    advice: 'Name one of the classes that it was trained on.',
    why: { code: 'unknown-class', label },
  });
}
