import type { Account, Look } from '../engine/analysis/explanation';
import type { FeatureMap } from '../engine/analysis/feature-map';
import type { Neighbour } from '../engine/analysis/nearest';
import type { Projection, ProjectionMethod } from '../engine/analysis/projection';
import type { ErrorData } from '../engine/errors';
import type { CaseAdvice } from '../engine/analysis/advice';
import type { LabelErrors } from '../engine/analysis/label-errors';
import type { LearningCurve } from '../engine/analysis/learning-curve';
import type { AdviceRequest } from '../engine/analysis/probe-cuts';
import type { Finding } from '../engine/audit/finding';
import type { BackendReport } from '../engine/backend/probe';
import type { OwnWeights } from '../engine/bases/own-source';
import type { Cifar10Options } from '../engine/data/cifar10';
import type { DatasetEdit, EditMade } from '../engine/data/edits';
import type {
  ImageFile,
  ImageId,
  ImageRecord,
  ImportReport,
  InputSpec,
  LeftOut,
} from '../engine/data/records';
import type { BaseEstimate } from '../engine/features/estimate';
import type { MapUse } from '../engine/features/map-store';
import type { Progress } from '../engine/job';
import type { Note } from '../engine/note';
import type { BaseId } from '../engine/nets';
import type { StoredEntry } from '../engine/usage-sections';
import type { RunComparison } from '../engine/results/compare-runs';
import type { EvaluatedShare } from '../engine/results/evaluation';
import type {
  BaseRequest,
  EpochMetrics,
  Extraction,
  PlannedSplit,
  RunNote,
  RunRequest,
  RunResult,
  SplitRequest,
  TrainRequest,
} from '../engine/run';
import type { ExportApi, ProjectApi } from './files-api';
import type { ReportOnTheWire } from './report-on-the-wire';
import type { Part } from './services/in-parts';

export type { Part };

/** Names a long job, so that it can be steered while it runs. */
export type JobId = number;

/** Of the worker itself. */
export interface LifeApi {
  /** Resolves once it holds the lock of that name, which it does until it ends, however it ends. */
  live(name: string): Promise<void>;
  /** From now on `listener` hears how many starts of nested workers are under way. */
  tellStarts(listener: (underWay: number) => void): void;
}

export interface JobsApi {
  cancel(job: JobId): void;
  pause(job: JobId): void;
  resume(job: JobId): void;
}

export interface StoredDataset {
  readonly records: Part<ImageRecord>;
  readonly leftOut: readonly LeftOut[];
  readonly ignored: number;
  /** What `undo` would take back. */
  readonly lastEdit: EditMade | null;
}

export interface DataApi {
  dataset(): Promise<StoredDataset>;
  /** The next records of what `dataset` began. */
  moreRecords(more: number): Promise<Part<ImageRecord>>;
  /** Files of an import to come, before those that `importImages` itself is given: many do not fit in one message. */
  moreFiles(job: JobId, files: readonly ImageFile[]): Promise<void>;
  importImages(
    job: JobId,
    files: readonly ImageFile[],
    onBatch: (progress: Progress, batch: readonly ImageRecord[]) => void,
  ): Promise<ImportReport>;
  /** Progress in bytes, then in images. */
  importCifar10(
    job: JobId,
    options: Cifar10Options,
    onBatch: (progress: Progress, batch: readonly ImageRecord[]) => void,
  ): Promise<ImportReport>;
  thumbnail(id: ImageId): Promise<Blob>;
  /** Drops, moves, relabels or merges. Rejects with `invalid-request`. */
  edit(edit: DatasetEdit): Promise<void>;
  /** Takes back the last edit, unless there has been an import since. Whether there was one. */
  undo(): Promise<boolean>;
  /** What is wrong, or may be, with the data set; the gravest first. */
  audit(request: SplitRequest): Promise<Finding[]>;
  /** Near-duplicates stay on one side of the split. */
  planSplit(request: SplitRequest): Promise<PlannedSplit>;
  /** What extraction would come to, if all of it is in the store; null: the base has to run. */
  storedExtraction(request: BaseRequest, ids: readonly ImageId[]): Promise<Extraction | null>;
  /** What a base of the request would cost with the images that are here. */
  estimate(base: BaseId, request: RunRequest): Promise<BaseEstimate>;
  /** Frees the room of all maps at cuts but these. */
  keepMaps(needed: readonly MapUse[]): Promise<void>;
  /** Forgets images, features and runs; keeps downloaded weights. */
  clear(): Promise<void>;
}

/** What the base worker says while it works: bytes down, images through, and notes for people. */
export type BaseEvent =
  | { readonly type: 'progress'; readonly phase: 'download' | 'extract'; readonly progress: Progress }
  | { readonly type: 'note'; readonly note: Note };

/** What takes memory in a worker. */
export interface Held {
  readonly tensors: number;
  /** WebAssembly memories of our own kernels, one a base that runs on them, and their bytes. */
  readonly memories: number;
  readonly bytes: number;
}

export interface BaseApi {
  probeBackends(): Promise<BackendReport>;
  /** What this worker holds: a base that stays, and whatever leaks. */
  held(): Promise<Held>;
  extract(
    job: JobId,
    request: BaseRequest,
    ids: readonly ImageId[],
    onEvent: (event: BaseEvent) => void,
    /** To the decoder that this base shares with others; left out: it decodes by itself. */
    decoder?: MessagePort,
  ): Promise<Extraction>;
  /** Images a second, measured on some of the data set's images. */
  probeSpeed(job: JobId, request: BaseRequest, onEvent: (event: BaseEvent) => void): Promise<number>;
  /** One pass of a picture, in the data set or not, up to the request's cut. Throws `image-unreadable` and the like. */
  look(request: BaseRequest, image: Blob | ImageId): Promise<Look>;
  /** Features of pictures that are not in the data set, at the request's cut, in one batch. */
  embed(request: BaseRequest, images: readonly Blob[]): Promise<Embedded>;
}

export interface Embedded {
  /** [readable images, channels] */
  readonly features: Float32Array;
  /** Of each image: why it could not be read, or null. */
  readonly failed: readonly (ErrorData | null)[];
}

/** What a base asks of the decoder that it shares with others. */
export interface SquaresApi {
  /** [ids, size, size, 3] RGB */
  squares(ids: readonly ImageId[]): Promise<Uint8Array<ArrayBuffer>>;
}

export interface DecoderApi {
  /** Offers `SquaresApi` at a port, for one base. */
  serveSquares(lane: number, port: MessagePort, spec: InputSpec): void;
  /** That base will ask no more. */
  endSquares(lane: number): void;
}

/** What lies in the database, whoever wrote it. */
export interface StorageApi {
  /** From now on everything is kept at the other end of a port, instead of in the database. */
  keepInMemory(port: MessagePort): void;
  /** Rejects with `storage-unavailable` where the database cannot be read, or does not answer. */
  reachStorage(): Promise<void>;
  /** To be called before anything else. Rejects with `storage-newer` or a storage error. */
  bringUpToDate(): Promise<void>;
  /** Forgets everything, weights included. */
  startOver(): Promise<void>;
  /** What takes room, the largest first. */
  storedEntries(): Promise<readonly StoredEntry[]>;
  /** Removes entries by their ids. Rejects with `invalid-request`. */
  freeEntries(ids: readonly string[]): Promise<void>;
}

/** What the user decided about where weights come from. */
export interface WeightsChoice {
  readonly ownWeights: Readonly<Partial<Record<BaseId, OwnWeights>>>;
  readonly mirrorUrl: string | null;
}

export interface WeightsApi {
  weightsChoice(): Promise<WeightsChoice>;
  /** A weight file, a zip, or a model.json with its shards; `name` instead of the file's own. */
  setOwnWeights(base: BaseId, files: readonly ImageFile[], name: string | undefined): Promise<OwnWeights>;
  /** Published sources again. */
  removeOwnWeights(base: BaseId): Promise<void>;
  /** Returns the address as it is kept; null: no mirror. */
  setMirrorUrl(url: string | null): Promise<string | null>;
}

export interface HeadApi {
  /** Trains on stored features, and stores the run. `onProgress`: of the exact head, which has no epochs to count. */
  train(
    job: JobId,
    request: TrainRequest,
    onEpoch: (metrics: EpochMetrics) => void,
    onProgress: (progress: Progress) => void,
  ): Promise<RunResult>;
  runs(): Promise<Part<RunResult>>;
  /** The next of what `runs` began. */
  moreRuns(more: number): Promise<Part<RunResult>>;
  notes(): Promise<ReadonlyMap<string, RunNote>>;
  /** Everything that is known of a run on one share. Rejects with `unknown-run` or `evaluation-missing`. */
  report(runId: string, share: EvaluatedShare): Promise<ReportOnTheWire>;
  /** A beside B on the validation images of both. Rejects with `unknown-run`, `evaluation-missing` or `not-comparable`. */
  compare(runA: string, runB: string): Promise<RunComparison>;
  annotate(runId: string, note: RunNote): Promise<void>;
  removeRun(runId: string): Promise<void>;
  /** Takes the last removal back; false when it was of another run, or by another worker. */
  restoreRun(runId: string): Promise<boolean>;
  /** Class probabilities [n, classes], in the order of the run's classes, of features [n, channels]. */
  classify(runId: string, features: Float32Array): Promise<Float32Array>;
}

/** What is computed from a finished run and its stored features. Everything rejects with `unknown-run`. */
export interface AnalysisApi {
  /** Which of the four cases of transfer learning the stored features of a sample say it is. */
  advise(job: JobId, request: AdviceRequest, onProgress: (progress: Progress) => void): Promise<CaseAdvice>;
  /** Which training and validation labels look wrong. What is stored is returned, unless labels changed since. */
  labelErrors(job: JobId, runId: string, onProgress: (progress: Progress) => void): Promise<LabelErrors>;
  /** The stored queue; null where there is none, or labels changed since. */
  storedLabelErrors(runId: string): Promise<LabelErrors | null>;
  /** Accuracy against the number of training images, of the run's own head. Kept until images or labels change. */
  learningCurve(job: JobId, runId: string, onProgress: (progress: Progress) => void): Promise<LearningCurve>;
  /** The stored curve; null where there is none, or images or labels changed since. */
  storedLearningCurve(runId: string): Promise<LearningCurve | null>;
  /** Images whose label the user confirmed. */
  keptLabels(runId: string): Promise<readonly ImageId[]>;
  setKeptLabels(runId: string, ids: readonly ImageId[]): Promise<void>;
}

/** What a run's head says about pictures and features. Everything rejects with `unknown-run`. */
export interface ExplainApi {
  /** Probabilities, and which places speak for a class; `label` null: the most probable one. */
  account(runId: string, map: FeatureMap, label: string | null): Promise<Account>;
  /** Training images nearest to a vector; `except`: an image that would only find itself. */
  nearest(runId: string, vector: Float32Array, count: number, except: ImageId | null): Promise<Neighbour[]>;
  /** The run's images as points of a plane. */
  project(
    job: JobId,
    runId: string,
    method: ProjectionMethod,
    onProgress: (progress: Progress) => void,
  ): Promise<Projection>;
}

export type EngineApi = LifeApi &
  JobsApi &
  StorageApi &
  DataApi &
  DecoderApi &
  WeightsApi &
  BaseApi &
  HeadApi &
  AnalysisApi &
  ExplainApi &
  ExportApi &
  ProjectApi;
