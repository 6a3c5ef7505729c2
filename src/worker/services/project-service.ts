import { TunedStore } from '../../engine/bases/tuned';
import { ImageStore } from '../../engine/data/image-store';
import { FeatureStore } from '../../engine/features/store';
import type { ProjectStores } from '../../engine/project/read-project';
import { RunStore } from '../../engine/results/run-store';
import type { Storage } from '../../engine/storage';
import { appVersion } from '../../engine/version';
import type { ProjectApi } from '../files-api';
import type { Jobs } from '../jobs';
import { byteSink } from './byte-sink';

/** Everything of a page as one file, and back. */
export function projectService(storage: Storage, jobs: Jobs): ProjectApi {
  const stores: ProjectStores = {
    images: new ImageStore(storage),
    runs: new RunStore(storage),
    features: new FeatureStore(storage),
    tuned: new TunedStore(storage),
  };
  const reader = () => import('../../engine/project/read-project');

  return {
    saveProject: (job, { options, request }, onProgress, onChunk) =>
      jobs.run(job, async (control) => {
        const { writeProject } = await import('../../engine/project/write-project');
        const { sink, finish } = byteSink(onChunk);
        const settings = { appVersion, saved: new Date().toISOString(), request };
        await writeProject(stores, options, settings, sink, control, onProgress);
        return finish();
      }),

    async inspectProject(file) {
      const { readProject, summaryOf } = await reader();
      return summaryOf(await readProject(file));
    },

    openProject: (job, file, onProgress) =>
      jobs.run(job, async (control) => {
        const { openProject, readProject } = await reader();
        return openProject(await readProject(file), stores, control, onProgress);
      }),
  };
}
