import { toErrorData, type ErrorData } from '../engine/errors';
import { frozenCutOf, measuredCutOf } from '../engine/cuts';
import type { Finding } from '../engine/audit/finding';
import type { ImageFile, ImageId } from '../engine/data/records';
import { baseIds, type BaseId } from '../engine/nets';
import type { BaseRequest, RunRequest, RunResult } from '../engine/run';
import { openStorage, replaceable } from '../engine/storage';
import type { EngineClient } from '../worker/client';
import { memoryStorage } from '../worker/memory/memory-storage';
import type { BaseEvent, Held } from '../worker/api';
import { Advisor } from './advisor';
import { Analyses } from './analyses';
import { Audits } from './audits';
import { Clients } from './clients';
import { Dataset, readDataset, toImageFile } from './dataset';
import { Estimates } from './estimates';
import { Explanations } from './explanations';
import { Exports } from './exports';
import { FinishedRuns } from './finished-runs';
import { Persistence } from './persistence';
import { Projects } from './projects';
import { initialState, reduce, type Action } from './reducer';
import { refusal } from './read-only';
import { Residency } from './residency';
import type { Workers } from './run-lane';
import { Runner } from './runner';
import { SharedDecoder } from './shared-decoder';
import { deviceDefaults, thisDevice } from './small-device';
import { Storehouse } from './storehouse';
import type { SessionState } from './state';
import { WeightsChoice } from './weights-choice';

/**
 * What the page is doing, without the page: calls to the workers go out, and every change is a new immutable state.
 * Methods reject with a `HeadwayError`; `screenOf` is the same for panels, which want failures in `state.error`.
 */
export class Session {
  #state: SessionState = initialState;
  readonly #listeners = new Set<(state: SessionState) => void>();
  readonly #data: EngineClient;
  readonly #head: EngineClient;
  readonly #workers: Workers;
  readonly #own = replaceable(openStorage());
  readonly #persistence = new Persistence(this.#own.storage, deviceDefaults(thisDevice()));
  readonly #estimates: Estimates;
  readonly runner: Runner;
  readonly #weights: WeightsChoice;
  /** Images and their labels. */
  readonly dataset: Dataset;
  /** What is computed from finished runs. */
  readonly analyses: Analyses;
  /** The finished ones. */
  readonly runs: FinishedRuns;
  readonly explanations: Explanations;
  readonly exports: Exports;
  readonly projects: Projects;
  readonly advisor: Advisor;
  /** What lies in the database as a whole. */
  readonly storehouse: Storehouse;

  constructor(readonly clients = new Clients()) {
    this.#data = clients.of('data');
    this.#head = clients.of('head');
    this.analyses = new Analyses(this.#head);
    const dispatch = (action: Action) => this.#dispatch(action);
    const workers = {
      base: (id: BaseId) => clients.of(id),
      head: this.#head,
      residency: new Residency((id) => clients.of(id)),
      stored: (request: BaseRequest, ids: readonly ImageId[]) =>
        this.#data.call((api) => api.storedExtraction(request, ids)),
      decoder: new SharedDecoder(clients.of('decoder')),
    };
    this.#workers = workers;
    this.explanations = new Explanations(workers, () => this.#state.results);
    this.exports = new Exports(clients.of('export'), workers, () => this.#state.results, dispatch);
    this.projects = new Projects(clients.of('project'), {
      request: () => this.#state.request,
      isEmpty: () => this.#state.dataset.records.length + this.#state.results.length === 0,
      reset: () => this.reset(),
      reload: async (request) => {
        await this.#readContents();
        if (request) await this.setRequest(request);
        await this.#estimates.refresh();
      },
    });
    this.advisor = new Advisor(this.#data, workers, () => this.#state.request);
    this.#estimates = new Estimates(this.#data, this.#persistence, () => this.#state, dispatch);
    this.runner = new Runner(this.#data, workers, this.#persistence, dispatch, (result) =>
      this.#runFinished(result),
    );
    this.dataset = new Dataset(
      this.#data,
      () => this.#state,
      dispatch,
      () => this.#estimates.refresh(),
    );
    this.runs = new FinishedRuns(
      this.#head,
      this.#data,
      () => this.#state,
      dispatch,
      () => this.runner.request,
      () => this.#estimates.refresh(),
    );
    const audits = new Audits(this.#data, () => this.#state, dispatch);
    this.subscribe(() => audits.watch());
    this.#weights = new WeightsChoice(
      this.#data,
      dispatch,
      () => this.runner.running,
      () => this.#estimates.refresh(),
    );
    this.storehouse = new Storehouse(this.#data, dispatch, {
      isBusy: () => this.runner.running || this.#state.dataset.importing !== null,
      reload: () => this.#reload(),
      fail: (error) => this.showError(toErrorData(error)),
      keepIn: (memory) => {
        clients.keepIn(memory);
        this.#own.replace(memoryStorage(memory.connect().port));
      },
    });
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
    const restored = this.#openStored();
    this.dataset.after(restored);
    try {
      await restored;
    } finally {
      // A page that cannot store still works until it is closed.
      this.#dispatch({ type: 'ready' });
    }
    this.#dispatch({ type: 'backend', backend: await this.#data.call((api) => api.probeBackends()) });
    await this.#estimates.refresh();
  }

  async #openStored(): Promise<void> {
    if (await this.storehouse.open()) await this.#readStored();
  }

  /** Another tab may have changed what is stored. */
  async lookAgain(): Promise<void> {
    if (this.#state.access === 'read') await this.#reload();
  }

  async #reload(): Promise<void> {
    await this.#readStored();
    await this.#estimates.refresh();
  }

  async #readStored(): Promise<void> {
    const [request, unfinished] = await Promise.all([
      this.#persistence.request(),
      this.#persistence.unfinished(),
      this.#weights.read(),
      this.#readContents(),
    ]);
    this.#dispatch({ type: 'request', patch: request });
    if (unfinished && !this.runner.running) this.runner.restore(unfinished.request, unfinished.bases);
  }

  async #readContents(): Promise<void> {
    const [dataset] = await Promise.all([readDataset(this.#data), this.runs.read()]);
    this.#dispatch(dataset);
  }

  // Data

  audit(): Promise<Finding[]> {
    return this.#data.call((api) => api.audit(this.#state.request));
  }

  thumbnail(id: ImageId): Promise<Blob> {
    return this.#data.call((api) => api.thumbnail(id));
  }

  // Runs

  async setRequest(patch: Partial<RunRequest>): Promise<void> {
    this.#dispatch({ type: 'request', patch });
    if (refusal(this.#state) === null) await this.#persistence.saveRequest(this.#state.request);
    if (changesCost(patch, this.#state.request)) await this.#estimates.refresh();
  }

  useWeights(base: BaseId, given: Blob | readonly (File | ImageFile)[] | null, name?: string): Promise<void> {
    const files = given instanceof Blob ? [given instanceof File ? given : { path: '', blob: given }] : given;
    return this.#weights.use(base, files?.map(toImageFile) ?? null, name);
  }

  async useMirror(url: string | null): Promise<void> {
    await this.#weights.mirror(url);
    // Which servers a worker may talk to was settled when it was started.
    for (const id of baseIds) this.clients.of(id).terminate();
  }

  async probe(base: BaseId): Promise<void> {
    const { backend, resize } = this.#state.request;
    const cut = measuredCutOf(this.#state.request, base);
    this.#dispatch({ type: 'probing', probing: { base, progress: null } });
    const onEvent = (event: BaseEvent) => {
      if (event.type === 'progress')
        this.#dispatch({ type: 'probing', probing: { base, progress: event.progress } });
    };
    try {
      const measure = () =>
        this.clients
          .of(base)
          .job((api, job, listening) =>
            api.probeSpeed(job, { base, backend, resize, cut }, listening(onEvent)),
          ).result;
      const speed = await this.#workers.residency.use(base, measure, { wait: false });
      await this.#persistence.saveSpeed(base, cut, speed);
    } finally {
      this.#dispatch({ type: 'probing', probing: null });
    }
    await this.#estimates.refresh();
  }

  /** What each worker holds which is alive. */
  async held(): Promise<Record<string, Held>> {
    const alive = [this.#head, ...baseIds.map((id) => this.clients.of(id))].filter((client) => client.alive);
    const counts = alive.map(
      async (client) => [client.name, await client.call((api) => api.held())] as const,
    );
    return Object.fromEntries(await Promise.all(counts));
  }

  /** Puts an error on top of the page; null takes it away. */
  showError(error: ErrorData | null): void {
    this.#dispatch({ type: 'error', error });
  }

  /** Forgets images, features and runs, and ends what is going on first; downloaded weights stay. */
  async reset(): Promise<void> {
    await Promise.all([this.runner.stop(), this.dataset.stop()]);
    await this.#data.call((api) => api.clear());
    await this.#persistence.saveUnfinished(null);
    this.#dispatch({ type: 'dataset', records: [], leftOut: [], ignored: 0, lastEdit: null });
    this.#dispatch({ type: 'results', results: [] });
    this.#dispatch({ type: 'notes', notes: {} });
    this.#dispatch({ type: 'lanes', lanes: [] });
    await this.#estimates.refresh();
  }

  // Inside

  async #runFinished(result: RunResult): Promise<void> {
    // From now on there is something to lose.
    void this.storehouse.keep();
    this.#dispatch({ type: 'results', results: [result, ...this.#state.results] });
    const { imagesPerSecond } = result.timing;
    const cut = frozenCutOf(result.request, result.base);
    if (imagesPerSecond !== null) await this.#persistence.saveSpeed(result.base, cut, imagesPerSecond);
    await this.#estimates.refresh();
  }

  #dispatch(action: Action): void {
    this.#state = reduce(this.#state, action);
    for (const listener of this.#listeners) listener(this.#state);
  }
}

const ofCost = ['resize', 'backend', 'cuts', 'tail', 'copies', 'augmentation'] as const;
/** Who trains, and so is copied. */
const ofCopies = ['seed', 'validationShare', 'testShare'] as const;

function changesCost(patch: Partial<RunRequest>, { copies = 1 }: RunRequest): boolean {
  return [...ofCost, ...(copies > 1 ? ofCopies : [])].some((field) => patch[field] !== undefined);
}
