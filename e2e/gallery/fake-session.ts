import { editorOf, type DatasetEdit } from '../../src/engine/data/edits';
import type { LabelErrors } from '../../src/engine/analysis/label-errors';
import type { LearningCurve } from '../../src/engine/analysis/learning-curve';
import type { Neighbour } from '../../src/engine/analysis/nearest';
import type { Projection, ProjectionMethod } from '../../src/engine/analysis/projection';
import type { ImageFile, ImageId } from '../../src/engine/data/records';
import type { BaseId } from '../../src/engine/nets';
import type { ProjectSummary } from '../../src/engine/project/read-project';
import { compareRuns, type Judged, type RunComparison } from '../../src/engine/results/compare-runs';
import type { EvaluatedShare } from '../../src/engine/results/evaluation';
import { runReport, type RunReport } from '../../src/engine/results/report';
import type { Prediction, RunNote, RunRequest } from '../../src/engine/run';
import type { SessionView } from '../../src/session/intents';
import type { LaneState, SessionState } from '../../src/session/state';
import type { AnalysisOptions } from '../../src/session/analyses';
import { fakeAdvice } from './fake-advice';
import { fakeLabelErrors, fakeLearningCurve, pretend } from './fake-analyses';
import { auditOf } from './fake-audit';
import type { Explanation, ProjectionOptions } from '../../src/session/explanations';
import type { BatchOptions, BatchRow } from '../../src/session/predict-many';
import { fakeEvaluation } from './fake-evaluation';
import { fakeStorage } from './fake-storage';
import { fakeBatch, fakeExplanation, fakeNeighbours, fakeProjection } from './fake-explanations';

/** Shows a state and answers the intents that change what is seen; nothing is computed. */
export class FakeSession implements SessionView {
  readonly #listeners = new Set<(state: SessionState) => void>();

  state: SessionState;
  #before: SessionState['dataset'] | null = null;

  constructor(state: SessionState) {
    this.state = { ...state, audit: auditOf(state) };
  }

  subscribe(listener: (state: SessionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  update(patch: Partial<SessionState>): void {
    this.state = { ...this.state, ...patch };
    for (const listener of this.#listeners) listener(this.state);
  }

  setRequest(patch: Partial<RunRequest>): void {
    this.update({ request: { ...this.state.request, ...patch } });
  }

  removeImages = (images: readonly ImageId[]) => this.applyRemedy({ kind: 'drop', images });
  removeClass(label: string): Promise<void> {
    const { records } = this.state.dataset;
    return this.removeImages(records.filter((record) => record.label === label).map(({ id }) => id));
  }
  renameClass = (from: string, to: string) => this.applyRemedy({ kind: 'merge', from, to });
  applyRemedy(edit: DatasetEdit): Promise<void> {
    const { dataset } = this.state;
    const after = dataset.records.map(editorOf(edit));
    const images = after.filter((record, i) => record !== dataset.records[i]).length;
    const lastEdit = { from: '', to: '', ...edit, images };
    this.#before = dataset;
    this.#show({ ...dataset, records: after.filter((record) => record !== null), lastEdit });
    return Promise.resolve();
  }
  undo(): Promise<void> {
    this.#show({ ...(this.#before ?? this.state.dataset), lastEdit: null });
    return Promise.resolve();
  }
  #show(dataset: SessionState['dataset']): void {
    this.update({ dataset, audit: auditOf({ ...this.state, dataset }) });
  }

  /** A picture that differs from image to image: a disc on a ground, hues from the id. */
  thumbnail(id: ImageId): Promise<Blob> {
    const seed = id.split('-').reduce((sum, part) => (sum * 31 + 7 * Number(part)) % 9973, 7);
    const canvas = new OffscreenCanvas(96, 96);
    const context = canvas.getContext('2d')!;
    context.fillStyle = `hsl(${seed % 360} 30% ${40 + (seed % 5) * 8}%)`;
    context.fillRect(0, 0, 96, 96);
    context.fillStyle = `hsl(${(seed * 7) % 360} 45% 65%)`;
    context.arc(30 + (seed % 40), 34 + ((seed * 3) % 30), 14 + (seed % 17), 0, 7);
    context.fill();
    return canvas.convertToBlob();
  }

  report(runId: string, share: EvaluatedShare): Promise<RunReport> {
    const { result, evaluation } = this.#judged(runId);
    return Promise.resolve(runReport(result, evaluation, share));
  }
  compareRuns(a: string, b: string): Promise<RunComparison> {
    return Promise.resolve(compareRuns(this.#judged(a), this.#judged(b)));
  }
  #judged(runId: string): Judged {
    const result = this.state.results.find((run) => run.runId === runId)!;
    return { result, evaluation: fakeEvaluation(result, this.state.dataset.records) };
  }

  audit = () => Promise.resolve(this.state.audit?.findings ?? null);

  /** Downloads for two seconds. */
  async probe(base: BaseId): Promise<void> {
    for (let done = 0; done < 10; done++) {
      const progress = {
        done,
        total: 10,
        unit: 'images' as const,
        perSecond: 5,
        secondsLeft: (10 - done) / 5,
      };
      this.update({ probing: { base, progress } });
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    this.update({ probing: null });
  }

  pause = (base: BaseId): void => this.#lane(base, { paused: true });
  resume = (base: BaseId): void => this.#lane(base, { paused: false });
  cancel = (base: BaseId): void => this.#lane(base, { phase: 'cancelled' });
  #lane(base: BaseId, patch: Partial<LaneState>): void {
    this.update({
      lanes: this.state.lanes.map((lane) => (lane.base === base ? { ...lane, ...patch } : lane)),
    });
  }

  readonly #kept = new Map<string, readonly ImageId[]>();
  async labelErrors(runId: string, options?: AnalysisOptions): Promise<LabelErrors | null> {
    if (!(await pretend('fits', options))) return null;
    return fakeLabelErrors(this.#judged(runId).result, this.state.dataset.records);
  }
  advice = (base: BaseId) => Promise.resolve(fakeAdvice(base, this.state.dataset.records));
  storedLabelErrors = () => Promise.resolve(null);
  async learningCurve(runId: string, options?: AnalysisOptions): Promise<LearningCurve | null> {
    return (await pretend('images', options)) ? fakeLearningCurve(this.#judged(runId).result) : null;
  }
  storedLearningCurve = () => Promise.resolve(null);
  keptLabels = (runId: string) => Promise.resolve(this.#kept.get(runId) ?? []);
  setKeptLabels(runId: string, ids: readonly ImageId[]): Promise<void> {
    this.#kept.set(runId, ids);
    return Promise.resolve();
  }

  predict(): Promise<readonly Prediction[]> {
    const labels = this.state.dataset.classes.map(({ label }) => label);
    return Promise.resolve(
      this.state.results.map(({ runId, base }, index) => ({
        runId,
        base,
        ms: 212 + index,
        classes: labels.map((label, rank) => ({
          label,
          probability: rank < labels.length - 1 ? 0.7 * 0.3 ** rank : 0.3 ** rank,
        })),
      })),
    );
  }

  explain(_image: Blob | ImageId, runId: string, label?: string | null): Promise<Explanation> {
    return Promise.resolve(fakeExplanation(this.#judged(runId).result, label));
  }
  nearest(_image: Blob | ImageId, runId: string, count = 8): Promise<readonly Neighbour[]> {
    return Promise.resolve(fakeNeighbours(this.#judged(runId).result, this.state, count));
  }
  project(
    runId: string,
    method: ProjectionMethod,
    { signal, onProgress }: ProjectionOptions = {},
  ): Promise<Projection | null> {
    const { result, evaluation } = this.#judged(runId);
    return fakeProjection(result, evaluation, this.state, method, signal, onProgress);
  }
  predictMany(images: readonly ImageFile[], options?: BatchOptions): Promise<readonly BatchRow[] | null> {
    return fakeBatch(images, this.state.results, options);
  }

  annotateRun(runId: string, patch: Partial<RunNote>): Promise<void> {
    const { notes } = this.state;
    const note = { name: null, pinned: false, ...notes[runId], ...patch };
    this.update({ notes: { ...notes, [runId]: note } });
    return Promise.resolve();
  }
  #runs: SessionState['results'] = [];
  removeRun(runId: string): Promise<void> {
    this.#runs = this.state.results;
    this.update({ results: this.state.results.filter((run) => run.runId !== runId) });
    return Promise.resolve();
  }
  restoreRun(): Promise<void> {
    this.update({ results: this.#runs });
    return Promise.resolve();
  }
  inspectProject(): Promise<ProjectSummary> {
    return Promise.resolve({
      headway: '0.1.0',
      saved: '2026-05-12T14:05:00.000Z',
      images: 400,
      classes: ['cat', 'dog', 'horse'],
      runs: 2,
      withFeatures: true,
    });
  }
  openProject(): Promise<null> {
    return Promise.resolve(null);
  }
  saveProject(): Promise<null> {
    return Promise.resolve(null);
  }
  saveProjectTo(): Promise<boolean> {
    return Promise.resolve(false);
  }
  storage = () => Promise.resolve({ ...fakeStorage, kept: this.#keeps, entries: this.#entries });
  freeStorage(ids: readonly string[]): Promise<void> {
    this.#entries = this.#entries.filter(({ id }) => !ids.includes(id));
    return Promise.resolve();
  }
  goOnInMemory(): void {
    this.update({ memory: 'full' });
  }
  keepStorage(): Promise<boolean> {
    return Promise.resolve((this.#keeps = true));
  }
  startOver(): Promise<void> {
    this.update({ access: 'write' });
    return Promise.resolve();
  }
  #entries = fakeStorage.entries;
  #keeps = false;

  dismissError(): void {
    this.update({ error: null });
  }
  setMirrorUrl(url: string | null): Promise<void> {
    this.update({ mirrorUrl: url });
    return Promise.resolve();
  }
  setWeightsFile(base: BaseId, file: File | readonly File[] | null): Promise<void> {
    const files = file instanceof File ? [file] : file;
    const [first] = files ?? [];
    const own = first && { name: `${first.name} (unverified)`, verified: false, bytes: first.size };
    const others = Object.entries(this.state.ownWeights ?? {}).filter(([id]) => id !== base);
    this.update({ ownWeights: Object.fromEntries(own ? [...others, [base, own]] : others) });
    return Promise.resolve();
  }
  addFiles = () => Promise.resolve(null);
  addSample = () => Promise.resolve(null);
  addCifar10 = () => Promise.resolve(null);
  cancelImport = () => undefined;
  exportRun = () => Promise.resolve(new Blob(['not a zip: this is the gallery']));
  exportRunTo = () => Promise.resolve(true);
  cancelExport(): void {
    this.update({ exporting: null });
  }
  start = () => Promise.resolve();
  sweep = () => Promise.resolve();
  retry = () => Promise.resolve();
  reset = () => Promise.resolve();
}
