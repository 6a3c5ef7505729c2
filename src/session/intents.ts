import type { CaseAdvice } from '../engine/analysis/advice';
import type { LabelErrors } from '../engine/analysis/label-errors';
import type { LearningCurve } from '../engine/analysis/learning-curve';
import type { Finding, Remedy } from '../engine/audit/finding';
import type { Neighbour } from '../engine/analysis/nearest';
import type { Projection, ProjectionMethod } from '../engine/analysis/projection';
import type { Cifar10Selection } from '../engine/data/cifar10-selection';
import type { ImageFile, ImageId, ImportReport } from '../engine/data/records';
import type { BaseId } from '../engine/nets';
import type { OpenReport, ProjectSummary } from '../engine/project/read-project';
import type { SaveOptions } from '../engine/project/write-project';
import type { RunComparison } from '../engine/results/compare-runs';
import type { EvaluatedShare } from '../engine/results/evaluation';
import type { RunReport } from '../engine/results/report';
import type { Prediction, RunNote, RunRequest } from '../engine/run';
import type { ExportFormat, PackageOptions } from '../engine/export/formats';
import type { AdviceOptions } from './advisor';
import type { AnalysisOptions } from './analyses';
import type { Explanation, ProjectionOptions } from './explanations';
import type { BatchOptions, BatchRow } from './predict-many';
import type { FollowOptions } from './projects';
import type { SessionState } from './state';
import type { StorageReport } from './storehouse';
import type { SweepOptions } from './sweep';

/** What panels may ask of the session. Failures end up in `state.error`; only what a panel shows is returned. */
export interface Intents {
  addFiles(files: readonly (File | ImageFile)[]): Promise<ImportReport | null>;
  addSample(): Promise<ImportReport | null>;
  /**
   * CIFAR-10 from the CDN: all of it, or the article's 2,000 + 2,000 images; `dataset.importing` counts bytes, then
   * images. What is there already is passed over.
   */
  addCifar10(selection: Cifar10Selection): Promise<ImportReport | null>;
  /** Ends the import that is going on; what it has stored stays, and adding the same again goes on from there. */
  cancelImport(): void;
  removeImages(ids: readonly ImageId[]): Promise<void>;
  removeClass(label: string): Promise<void>;
  renameClass(label: string, to: string): Promise<void>;
  /** What is wrong, or may be, with the data set under the settings in the form; null when it failed. */
  audit(): Promise<readonly Finding[] | null>;
  /** What one click does about a finding. */
  applyRemedy(remedy: Remedy): Promise<void>;
  /** Takes back what was last removed, moved or relabelled (`dataset.lastEdit`). */
  undo(): Promise<void>;
  /** A small picture of an image, to be shown as it is. */
  thumbnail(id: ImageId): Promise<Blob>;
  setRequest(patch: Partial<RunRequest>): void;
  /**
   * Weights of the user's own for a base: a Keras .h5, a .safetensors, a .tflite, a model.json with its shards or a
   * .zip of them, recognised by content. Null: the published ones again. Refused while a run goes on.
   */
  setWeightsFile(base: BaseId, file: File | readonly File[] | null): Promise<void>;
  /** A server that holds the published files as `<url>/<source id>/<file>`, asked first. Null: none. */
  setMirrorUrl(url: string | null): Promise<void>;
  /** Measures the speed of a base on this machine with a few images; downloads its weights if need be. */
  probe(base: BaseId): Promise<void>;
  start(): Promise<void>;
  /** Runs a base at several cuts, one after the other, with what lies above them removed; aborting ends the series. */
  sweep(base: BaseId, cuts: readonly string[], options?: SweepOptions): Promise<void>;
  pause(base: BaseId): void;
  resume(base: BaseId): void;
  cancel(base: BaseId): void;
  retry(base: BaseId): Promise<void>;
  predict(image: Blob): Promise<readonly Prediction[]>;
  /** Every run about every picture; null when it failed or was cancelled: what `onRow` told by then stands. */
  predictMany(images: readonly ImageFile[], options?: BatchOptions): Promise<readonly BatchRow[] | null>;
  /** Which places of a picture speak for a class, by default the most probable one; null when it failed. */
  explain(image: Blob | ImageId, runId: string, label?: string | null): Promise<Explanation | null>;
  /** The training images of a run that are most alike to its base; null when it failed. */
  nearest(image: Blob | ImageId, runId: string, count?: number): Promise<readonly Neighbour[] | null>;
  /** The images of a run as points of a plane; null when it failed or was cancelled. */
  project(runId: string, method: ProjectionMethod, options?: ProjectionOptions): Promise<Projection | null>;
  /** Everything that is known of a run on its validation or test images; null when it failed. */
  report(runId: string, share: EvaluatedShare): Promise<RunReport | null>;
  /** Whether A is better than B, on the validation images of both; null when it failed. */
  compareRuns(runA: string, runB: string): Promise<RunComparison | null>;
  /** Which training and validation labels of a run look wrong; null when it failed or was cancelled. */
  labelErrors(runId: string, options?: AnalysisOptions): Promise<LabelErrors | null>;
  /** The queue that is stored, unless labels changed since. */
  storedLabelErrors(runId: string): Promise<LabelErrors | null>;
  /** Accuracy against the number of training images; null when it failed or was cancelled. */
  learningCurve(runId: string, options?: AnalysisOptions): Promise<LearningCurve | null>;
  /** The curve that is stored, unless images or labels changed since. */
  storedLearningCurve(runId: string): Promise<LearningCurve | null>;
  /** Images whose label the user confirmed, though it was doubted; remembered for the run. */
  keptLabels(runId: string): Promise<readonly ImageId[]>;
  setKeptLabels(runId: string, ids: readonly ImageId[]): Promise<void>;
  /** Which of the four cases the data set is for a base, with the evidence; null when it failed or was cancelled. */
  advice(base: BaseId, options?: AdviceOptions): Promise<CaseAdvice | null>;
  /** A run as a zip; null when it failed or was cancelled. One at a time. */
  exportRun(runId: string, format: ExportFormat, options: PackageOptions): Promise<Blob | null>;
  /** The same straight into a stream, which is closed or aborted; whether it was written. */
  exportRunTo(
    runId: string,
    format: ExportFormat,
    options: PackageOptions,
    stream: WritableStream<Uint8Array>,
  ): Promise<boolean>;
  cancelExport(): void;
  /** A patch of what the user says about a run: its name, whether it is pinned or compared. */
  annotateRun(runId: string, patch: Partial<RunNote>): Promise<void>;
  removeRun(runId: string): Promise<void>;
  /** Takes the last removal of a run back. */
  restoreRun(runId: string): Promise<void>;
  /** What a project file holds, before anything is changed; null when it cannot be read. */
  inspectProject(file: Blob): Promise<ProjectSummary | null>;
  /** Adds what a project holds to what is here, or puts it in its place; null when it failed. */
  openProject(file: Blob, options: FollowOptions & { readonly replace: boolean }): Promise<OpenReport | null>;
  /** The project as a file; null when it failed. */
  saveProject(options: SaveOptions, follow: FollowOptions): Promise<Blob | null>;
  /** Writes it into a stream instead, which is closed; false when it failed. */
  saveProjectTo(
    options: SaveOptions,
    stream: WritableStream<Uint8Array>,
    follow: FollowOptions,
  ): Promise<boolean>;
  /** What is stored, by data set, base and kind; null when it failed. */
  storage(): Promise<StorageReport | null>;
  /** Removes entries of it by their ids. */
  freeStorage(ids: readonly string[]): Promise<void>;
  /** Asks the browser not to clear what is stored by itself. Whether it agreed. */
  keepStorage(): Promise<boolean>;
  /** Keeps what comes from now on in memory, until the page is closed, over a database that is full. */
  goOnInMemory(): void;
  /** Forgets everything, downloads included, where a newer version has stored it (`access`). */
  startOver(): Promise<void>;
  dismissError(): void;
  reset(): Promise<void>;
}

/** The session as the screen sees it: one immutable state, told of every change. */
export interface SessionView extends Intents {
  readonly state: SessionState;
  /** Returns the way to unsubscribe. */
  subscribe(listener: (state: SessionState) => void): () => void;
}
