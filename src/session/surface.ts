import { defaultRunRequest } from '../engine/run';
import type { Headway, Snapshot } from './headway';
import type { Session } from './session';

/** `window.headway`: what a power user, a notebook or a test calls. */
export function scriptingSurface(session: Session): Headway {
  return {
    addImages: (files) => session.addImages(files),
    addCifar10: (selection, options) => session.addCifar10({ ...options, selection }),
    useWeights: (base, file, name) => session.useWeights(base, file, name),
    useMirror: (url) => session.useMirror(url),
    run: (request = {}, options) => session.run({ ...defaultRunRequest, ...request }, options),
    predict: (image) => session.predict(image),
    audit: () => session.audit(),
    report: (runId, share = 'validation') => session.report(runId, share),
    compare: (runA, runB) => session.compare(runA, runB),
    exportRun: (runId, format) => session.exportRun(runId, format),
    snapshot(): Snapshot {
      const { dataset, ...rest } = session.state;
      const { records, ...counts } = dataset;
      return structuredClone({ ...rest, dataset: { ...counts, images: records.length } });
    },
    reset: () => session.reset(),
  };
}
