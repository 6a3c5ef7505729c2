import { HeadwayError, toErrorData } from '../engine/errors';
import type { Cifar10Options } from '../engine/data/cifar10';
import type { Cifar10Selection } from '../engine/data/cifar10-selection';
import type { ImageFile, ImageId, ImportReport } from '../engine/data/records';
import { baseIds, type BaseId } from '../engine/nets';
import type { Prediction, RunNote, RunRequest, RunResult } from '../engine/run';
import { openStorage } from '../engine/storage';
import { callback, EngineClient } from '../worker/client';
import type { BaseEvent, DataApi } from '../worker/api';
import { Estimates } from './estimates';
import type { ExportFormat, RunOptions } from './headway';
import type { SessionView } from './intents';
import { Persistence } from './persistence';
import { predict } from './predict';
import { initialState, reduce, type Action } from './reducer';
import { Residency } from './residency';
import type { Workers } from './run-lane';
import { Runner } from './runner';
import type { SessionState } from './state';
import { WeightsChoice } from './weights-choice';

/**
 * What the page is doing, without the page: intents go in, calls to the workers come of them, and every change is a
 * new immutable state. The methods named as in `Intents` put failures into `state.error`; the others, which
 * `window.headway` uses, reject.
 */
export class Session implements SessionView {
  #state: SessionState = initialState;
  readonly #listeners = new Set<(state: SessionState) => void>();
  readonly #data: EngineClient;
  readonly #head: EngineClient;
  readonly #bases = new Map<BaseId, EngineClient>();
  readonly #workers: Workers;
  readonly #persistence = new Persistence(openStorage());
  readonly #estimates: Estimates;
  readonly #runner: Runner;
  readonly #weights: WeightsChoice;
  /** Imports happen one after the other, so that duplicates are always seen. */
  #imports: Promise<unknown> = Promise.resolve();
  #importing = new AbortController();

  constructor(readonly createClient = (name: string) => new EngineClient(name)) {
    this.#data = createClient('data');
    this.#head = createClient('head');
    const dispatch = (action: Action) => this.#dispatch(action);
    const workers = {
      base: (id: BaseId) => this.#base(id),
      head: this.#head,
      residency: new Residency((id) => this.#base(id)),
    };
    this.#workers = workers;
    this.#estimates = new Estimates(this.#data, this.#persistence, () => this.#state, dispatch);
    this.#runner = new Runner(this.#data, workers, this.#persistence, dispatch, (result) =>
      this.#runFinished(result),
    );
    this.#weights = new WeightsChoice(
      this.#data,
      dispatch,
      () => this.#runner.running,
      () => this.#estimates.refresh(),
    );
  }

  get state(): SessionState {
    return this.#state;
  }

  subscribe(listener: (state: SessionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Brings back what earlier visits left: images, settings, runs, a run in progress. */
  async restore(): Promise<void> {
    const restored = this.#guard(() => this.#readStored());
    // What is added meanwhile comes after what was there.
    this.#imports = restored;
    await restored;
    this.#dispatch({ type: 'ready' });
    await this.#guard(async () => {
      this.#dispatch({ type: 'backend', backend: await this.#data.call((api) => api.probeBackends()) });
      await this.#estimates.refresh();
    });
  }

  async #readStored(): Promise<void> {
    const [dataset, results, notes, request, unfinished] = await Promise.all([
      this.#data.call((api) => api.dataset()),
      this.#head.call((api) => api.runs()),
      this.#head.call((api) => api.notes()),
      this.#persistence.request(),
      this.#persistence.unfinished(),
      this.#weights.read(),
    ]);
    this.#dispatch({ type: 'dataset', ...dataset });
    this.#dispatch({ type: 'results', results });
    this.#dispatch({ type: 'notes', notes: Object.fromEntries(notes) });
    this.#dispatch({ type: 'request', patch: request });
    if (unfinished) this.#runner.restore(unfinished.request, unfinished.bases);
  }

  // Data

  addImages(files: Iterable<File | ImageFile>): Promise<ImportReport> {
    const list = Array.from(files, toImageFile);
    return this.#import((api, job, onBatch) => api.importImages(job, list, onBatch));
  }

  addFiles(files: readonly (File | ImageFile)[]): Promise<ImportReport | null> {
    return this.#guard(() => this.addImages(files));
  }

  addSample(): Promise<ImportReport | null> {
    return this.#guard(async () => {
      const response = await fetch(new URL('sample/cifar10.zip', document.baseURI));
      if (!response.ok) throw new Error(`The sample could not be loaded: ${response.status}`);
      return this.addImages([{ path: 'cifar10.zip', blob: await response.blob() }]);
    });
  }

  loadCifar10(options: Cifar10Options): Promise<ImportReport> {
    return this.#import((api, job, onBatch) => api.importCifar10(job, options, onBatch));
  }

  addCifar10(selection: Cifar10Selection): Promise<ImportReport | null> {
    return this.#guard(() => this.loadCifar10({ selection }));
  }

  cancelImport(): void {
    this.#importing.abort();
  }

  async removeImages(ids: readonly ImageId[]): Promise<void> {
    await this.#changeDataset((api) => api.removeImages(ids));
  }

  async removeClass(label: string): Promise<void> {
    const ids = this.#state.dataset.records.filter((record) => record.label === label).map(({ id }) => id);
    await this.removeImages(ids);
  }

  async renameClass(label: string, to: string): Promise<void> {
    await this.#changeDataset((api) => api.renameClass(label, to));
  }

  thumbnail(id: ImageId): Promise<Blob> {
    return this.#data.call((api) => api.thumbnail(id));
  }

  // Runs

  setRequest(patch: Partial<RunRequest>): void {
    this.#dispatch({ type: 'request', patch });
    void this.#guard(() => this.#persistence.saveRequest(this.#state.request));
    if (patch.resize !== undefined || patch.backend !== undefined)
      void this.#guard(() => this.#estimates.refresh());
  }

  useWeights(base: BaseId, given: Blob | readonly (File | ImageFile)[] | null, name?: string): Promise<void> {
    const files = given instanceof Blob ? [given instanceof File ? given : { path: '', blob: given }] : given;
    return this.#weights.use(base, files?.map(toImageFile) ?? null, name);
  }

  async setWeightsFile(base: BaseId, file: File | readonly File[] | null): Promise<void> {
    await this.#guard(() => this.useWeights(base, file));
  }

  useMirror(url: string | null): Promise<void> {
    return this.#weights.mirror(url);
  }

  async setMirrorUrl(url: string | null): Promise<void> {
    await this.#guard(() => this.useMirror(url));
  }

  async probe(base: BaseId): Promise<void> {
    const { backend, resize } = this.#state.request;
    this.#dispatch({ type: 'probing', probing: { base, progress: null } });
    const onEvent = callback((event: BaseEvent) => {
      if (event.type === 'progress')
        this.#dispatch({ type: 'probing', probing: { base, progress: event.progress } });
    });
    await this.#guard(async () => {
      const measure = () =>
        this.#base(base).job((api, job) => api.probeSpeed(job, { base, backend, resize }, onEvent)).result;
      const speed = await this.#workers.residency.use(base, measure, { wait: false });
      await this.#persistence.saveSpeed(base, speed);
      await this.#estimates.refresh();
    });
    this.#dispatch({ type: 'probing', probing: null });
  }

  run(request: RunRequest, options?: RunOptions): Promise<RunResult[]> {
    return this.#runner.run(request, options);
  }

  async start(): Promise<void> {
    // A lane shows what happened to it; only what kept a run from starting belongs on top of the page.
    await this.#guard(() => this.run(this.#state.request), { shownByLanes: true });
  }

  async retry(base: BaseId): Promise<void> {
    await this.#guard(() => this.#runner.retry(base), { shownByLanes: true });
  }

  pause(base: BaseId): void {
    this.#runner.pause(base);
  }

  resume(base: BaseId): void {
    this.#runner.resume(base);
  }

  cancel(base: BaseId): void {
    this.#runner.cancel(base);
  }

  async annotateRun(runId: string, patch: Partial<RunNote>): Promise<void> {
    const { notes } = this.#state;
    const note: RunNote = { name: null, pinned: false, ...notes[runId], ...patch };
    this.#dispatch({ type: 'notes', notes: { ...notes, [runId]: note } });
    await this.#guard(() => this.#head.call((api) => api.annotate(runId, note)));
  }

  async removeRun(runId: string): Promise<void> {
    await this.#guard(async () => {
      await this.#head.call((api) => api.removeRun(runId));
      this.#dispatch({ type: 'results', results: this.#state.results.filter((run) => run.runId !== runId) });
    });
  }

  // Results

  predictAll(image: Blob): Promise<Prediction[]> {
    return predict(image, this.#state.results, this.#workers);
  }

  async predict(image: Blob): Promise<readonly Prediction[]> {
    return (await this.#guard(() => this.predictAll(image))) ?? [];
  }

  exportBlob(runId: string, format: ExportFormat): Promise<Blob> {
    return this.#head.call((api) => api.exportHead(runId, format));
  }

  exportRun(runId: string, format: ExportFormat): Promise<Blob | null> {
    return this.#guard(() => this.exportBlob(runId, format));
  }

  dismissError(): void {
    this.#dispatch({ type: 'error', error: null });
  }

  async clear(): Promise<void> {
    for (const base of baseIds) this.#runner.cancel(base);
    this.cancelImport();
    await this.#imports;
    await this.#data.call((api) => api.clear());
    await this.#persistence.saveUnfinished(null);
    this.#dispatch({ type: 'dataset', records: [], leftOut: [], ignored: 0 });
    this.#dispatch({ type: 'results', results: [] });
    this.#dispatch({ type: 'notes', notes: {} });
    this.#dispatch({ type: 'lanes', lanes: [] });
    await this.#estimates.refresh();
  }

  async reset(): Promise<void> {
    await this.#guard(() => this.clear());
  }

  // Inside

  #base(id: BaseId): EngineClient {
    let client = this.#bases.get(id);
    if (client === undefined) this.#bases.set(id, (client = this.createClient(id)));
    return client;
  }

  #import(work: ImportWork): Promise<ImportReport> {
    const report = this.#imports.then(() => this.#doImport(work));
    this.#imports = report.catch(() => undefined);
    return report;
  }

  async #doImport(work: ImportWork): Promise<ImportReport> {
    this.#importing = new AbortController();
    this.#dispatch({ type: 'import-started' });
    const onBatch = callback<Parameters<DataApi['importImages']>[2]>((progress, batch) =>
      this.#dispatch({ type: 'import-batch', progress, batch }),
    );
    try {
      const { signal } = this.#importing;
      return await this.#data.job((api, job) => work(api, job, onBatch), { signal }).result;
    } finally {
      await this.#readDataset();
    }
  }

  async #changeDataset(change: Parameters<EngineClient['call']>[0]): Promise<void> {
    await this.#guard(async () => {
      await this.#data.call(change);
      await this.#readDataset();
    });
  }

  /** Storage is the truth: after every change the state is what a reload would show. */
  async #readDataset(): Promise<void> {
    this.#dispatch({ type: 'dataset', ...(await this.#data.call((api) => api.dataset())) });
    await this.#estimates.refresh();
  }

  async #runFinished(result: RunResult): Promise<void> {
    this.#dispatch({ type: 'results', results: [result, ...this.#state.results] });
    const { imagesPerSecond } = result.timing;
    if (imagesPerSecond !== null) await this.#persistence.saveSpeed(result.base, imagesPerSecond);
    await this.#estimates.refresh();
  }

  #dispatch(action: Action): void {
    this.#state = reduce(this.#state, action);
    for (const listener of this.#listeners) listener(this.#state);
  }

  async #guard<T>(work: () => Promise<T>, { shownByLanes = false } = {}): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      const data = toErrorData(error);
      const shown = shownByLanes && this.#state.lanes.some((lane) => lane.error?.code === data.code);
      if (data.code !== 'cancelled' && !shown) this.#dispatch({ type: 'error', error: data });
      return null;
    }
  }
}

type OnBatch = ReturnType<typeof callback<Parameters<DataApi['importImages']>[2]>>;
/** One way of adding images, as a job of the data worker. */
type ImportWork = (
  ...job: [...Parameters<Parameters<EngineClient['job']>[0]>, onBatch: OnBatch]
) => Promise<ImportReport>;

function toImageFile(file: File | ImageFile): ImageFile {
  if (!(file instanceof File)) return file;
  if (typeof file.name !== 'string')
    throw new HeadwayError({
      code: 'invalid-request',
      message: 'addImages takes files, or records of a path and a blob.',
      advice: 'Pass File objects or { path, blob }.',
    });
  return { path: file.webkitRelativePath || file.name, blob: file };
}
