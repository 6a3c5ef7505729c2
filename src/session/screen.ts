import { toErrorData } from '../engine/errors';
import type { SessionView } from './intents';
import { refusal, refusing } from './read-only';
import type { Session } from './session';
import { sweepCuts } from './sweep';

/** The session for panels: what fails is shown in the one place for errors, and the panel gets null. */
export function screenOf(session: Session): SessionView {
  async function guarded<T>(work: () => Promise<T>, isShown = () => false): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      const data = toErrorData(error);
      if (data.code !== 'cancelled' && !isShown()) session.showError(data);
      return null;
    }
  }
  const silently = async (work: () => Promise<unknown>, isShown?: () => boolean): Promise<void> => {
    await guarded(work, isShown);
  };
  // A lane shows what happened to it; only what kept a run from starting belongs on top of the page.
  const lanesShowIt = () => session.state.lanes.some((lane) => lane.error !== null);

  const screen: SessionView = {
    get state() {
      return session.state;
    },
    subscribe: (listener) => session.subscribe(listener),
    addFiles: (files) => guarded(() => session.dataset.add(files)),
    addSample: () => guarded(() => session.dataset.addSample()),
    addCifar10: (selection) => guarded(() => session.dataset.addCifar10({ selection })),
    cancelImport: () => session.dataset.cancelImport(),
    removeImages: (ids) => silently(() => session.dataset.removeImages(ids)),
    removeClass: (label) => silently(() => session.dataset.removeClass(label)),
    renameClass: (label, to) => silently(() => session.dataset.renameClass(label, to)),
    audit: () => guarded(() => session.audit()),
    applyRemedy: (remedy) => silently(() => session.dataset.applyRemedy(remedy)),
    undo: () => silently(() => session.dataset.undo()),
    thumbnail: (id) => session.thumbnail(id),
    setRequest: (patch) => void silently(() => session.setRequest(patch)),
    setWeightsFile: (base, file) => silently(() => session.useWeights(base, file)),
    setMirrorUrl: (url) => silently(() => session.useMirror(url)),
    probe: (base) => silently(() => session.probe(base)),
    start: () => silently(() => session.runner.run(session.state.request), lanesShowIt),
    sweep: (base, cuts, options) =>
      silently(() => sweepCuts(session.runner, session.state.request, base, cuts, options), lanesShowIt),
    pause: (base) => session.runner.pause(base),
    resume: (base) => session.runner.resume(base),
    cancel: (base) => session.runner.cancel(base),
    retry: (base) => silently(() => session.runner.retry(base), lanesShowIt),
    predict: async (image) => (await guarded(() => session.explanations.predict(image))) ?? [],
    predictMany: (images, options) => guarded(() => session.explanations.predictMany(images, options)),
    explain: (image, runId, label) => guarded(() => session.explanations.explain(image, runId, label)),
    nearest: (image, runId, count) => guarded(() => session.explanations.nearest(image, runId, count)),
    project: (runId, method, options) => guarded(() => session.explanations.project(runId, method, options)),
    report: (runId, share) => guarded(() => session.runs.report(runId, share)),
    compareRuns: (runA, runB) => guarded(() => session.runs.compare(runA, runB)),
    labelErrors: (runId, options) => guarded(() => session.analyses.labelErrors(runId, options)),
    storedLabelErrors: (runId) => guarded(() => session.analyses.storedLabelErrors(runId)),
    learningCurve: (runId, options) => guarded(() => session.analyses.learningCurve(runId, options)),
    storedLearningCurve: (runId) => guarded(() => session.analyses.storedLearningCurve(runId)),
    keptLabels: async (runId) => (await guarded(() => session.analyses.keptLabels(runId))) ?? [],
    setKeptLabels: (runId, ids) => silently(() => session.analyses.setKeptLabels(runId, ids)),
    advice: (base, options) => guarded(() => session.advisor.advice(base, options)),
    exportRun: (runId, format, options) => guarded(() => session.exports.toBlob(runId, format, options)),
    exportRunTo: async (runId, format, options, stream) =>
      (await guarded(async () => {
        await session.exports.toStream(runId, format, stream, options);
        return true;
      })) ?? false,
    cancelExport: () => session.exports.cancel(),
    annotateRun: (runId, patch) => silently(() => session.runs.annotate(runId, patch)),
    removeRun: (runId) => silently(() => session.runs.remove(runId)),
    restoreRun: (runId) => silently(() => session.runs.restore(runId)),
    inspectProject: (file) => guarded(() => session.projects.inspect(file)),
    openProject: (file, options) => guarded(() => session.projects.open(file, options)),
    saveProject: (options, follow) => guarded(() => session.projects.toBlob(options, follow)),
    saveProjectTo: async (options, stream, follow) =>
      (await guarded(() => session.projects.toStream(options, stream, follow).then(() => true))) ?? false,
    storage: () => guarded(() => session.storehouse.report()),
    freeStorage: (ids) => silently(() => session.storehouse.free(ids)),
    keepStorage: () => session.storehouse.keep(),
    goOnInMemory: () => session.storehouse.goOnInMemory('full'),
    startOver: () => silently(() => session.storehouse.startOver()),
    dismissError: () => session.showError(null),
    reset: () => silently(() => session.reset()),
  };
  return refusing(screen, writing, () => {
    const refused = refusal(session.state);
    if (refused === null) return null;
    session.showError(refused.toData());
    return Promise.resolve(null);
  });
}

/** Intents that change what is stored. */
const writing = [
  ...([
    'addFiles',
    'addSample',
    'addCifar10',
    'setWeightsFile',
    'setMirrorUrl',
    'freeStorage',
    'reset',
  ] as const),
  ...(['removeImages', 'removeClass', 'renameClass', 'applyRemedy', 'undo', 'openProject'] as const),
  ...(['probe', 'start', 'sweep', 'retry', 'annotateRun', 'removeRun', 'restoreRun'] as const),
  ...(['labelErrors', 'learningCurve', 'setKeptLabels', 'advice'] as const),
];
