import { toImageFile } from './dataset';
import { sameCut } from '../engine/cuts';
import { defaultRunRequest } from '../engine/run';
import type { Headway, Snapshot } from './headway';
import { refusal, refusing } from './read-only';
import type { Session } from './session';

/** `window.headway`: what a power user, a notebook or a test calls; the report, which is drawn, aside. */
export function scriptingSurface(session: Session): Omit<Headway, 'htmlReport'> {
  const surface = {
    addImages: (files) => session.dataset.add(files),
    addCifar10: (selection, options) => session.dataset.addCifar10({ ...options, selection }),
    useWeights: (base, file, name) => session.useWeights(base, file, name),
    useMirror: (url) => session.useMirror(url),
    run({ cut, ...given } = {}, options) {
      const request = { ...defaultRunRequest, ...given };
      const cuts = cut === undefined ? request.cuts : sameCut(request.bases, cut);
      return session.runner.run({ ...request, ...(cuts && { cuts }) }, options);
    },
    predict: (image) => session.explanations.predict(image),
    predictMany: (images, options) =>
      session.explanations.predictMany(Array.from(images, toImageFile), options),
    explain: (image, runId, label) => session.explanations.explain(image, runId, label),
    nearest: (image, runId, count) => session.explanations.nearest(image, runId, count),
    project: (runId, method = 'pca', options = {}) => session.explanations.project(runId, method, options),
    audit: () => session.audit(),
    applyRemedy: (remedy) => session.dataset.applyRemedy(remedy),
    undo: () => session.dataset.undo(),
    report: (runId, share = 'validation') => session.runs.report(runId, share),
    compare: (runA, runB) => session.runs.compare(runA, runB),
    labelErrors: (runId, options) => session.analyses.labelErrors(runId, options),
    learningCurve: (runId, options) => session.analyses.learningCurve(runId, options),
    advice: (base, options) => session.advisor.advice(base, options),
    exportRun: (runId, format, options) => session.exports.toBlob(runId, format, options),
    exportRunTo: (runId, format, stream, options) => session.exports.toStream(runId, format, stream, options),
    saveProject: ({ features = false, runs = null, ...follow } = {}) =>
      session.projects.toBlob({ features, runs }, follow),
    openProject: (file, { replace = false, ...follow } = {}) =>
      session.projects.open(file, { ...follow, replace }),
    snapshot(): Snapshot {
      const { dataset, results, ...rest } = session.state;
      const { records, ...counts } = dataset;
      return {
        ...structuredClone({ ...rest, dataset: { ...counts, images: records.length } }),
        // A run names all of its images: tens of thousands of names, which nothing ever changes, are not copied.
        results: results.map(({ split, ...result }) => ({ ...structuredClone(result), split })),
      };
    },
    held: () => session.held(),
    storage: () => session.storehouse.report(),
    goOnInMemory: () => session.storehouse.goOnInMemory('full'),
    free: (ids) => session.storehouse.free(ids),
    reset: () => session.reset(),
  } satisfies Omit<Headway, 'htmlReport'>;
  return refusing<Omit<Headway, 'htmlReport'>>(surface, writing, () => {
    const refused = refusal(session.state);
    return refused && Promise.reject(refused);
  });
}

/** What changes what is stored. */
const writing = [
  ...(['addImages', 'addCifar10', 'applyRemedy', 'undo', 'useWeights', 'useMirror', 'run'] as const),
  ...(['labelErrors', 'learningCurve', 'advice', 'openProject', 'free', 'reset'] as const),
];
