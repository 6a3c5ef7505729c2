import { defaultRunRequest } from '../engine/run';
import type { Headway, Snapshot } from './headway';
import type { Session } from './session';

/** `window.headway`: what a power user, a notebook or a test calls. */
export function scriptingSurface(session: Session): Headway {
  return {
    addImages: (files) => session.addImages(files),
    addCifar10: (selection, options) => session.loadCifar10({ ...options, selection }),
    useWeights: (base, file, name) => session.useWeights(base, file, name),
    useMirror: (url) => session.useMirror(url),
    run: (request = {}, options) => session.run({ ...defaultRunRequest, ...request }, options),
    predict: (image) => session.predictAll(image),
    exportRun: (runId, format) => session.exportBlob(runId, format),
    snapshot(): Snapshot {
      const { dataset, ...rest } = session.state;
      const { records, ...counts } = dataset;
      return structuredClone({ ...rest, dataset: { ...counts, images: records.length } });
    },
    reset: () => session.clear(),
  };
}
