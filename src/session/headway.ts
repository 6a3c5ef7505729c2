import type { Progress } from '../engine/job';
import type { ExportFormat, PackageOptions } from '../engine/export/formats';
import type { CaseAdvice } from '../engine/analysis/advice';
import type { LabelErrors } from '../engine/analysis/label-errors';
import type { LearningCurve } from '../engine/analysis/learning-curve';
import type { OpenReport } from '../engine/project/read-project';
import type { SaveOptions } from '../engine/project/write-project';
import type { RunComparison } from '../engine/results/compare-runs';
import type { EvaluatedShare } from '../engine/results/evaluation';
import type { Neighbour } from '../engine/analysis/nearest';
import type { Projection, ProjectionMethod } from '../engine/analysis/projection';
import type { RunReport } from '../engine/results/report';
import type { Finding, Remedy } from '../engine/audit/finding';
import type { Prediction, RunEvent, RunRequest, RunResult } from '../engine/run';
import type { Cifar10Selection } from '../engine/data/cifar10-selection';
import type { BaseId } from '../engine/nets';
import type { ImageFile, ImageId, ImportReport } from '../engine/data/records';
import type { AdviceOptions } from './advisor';
import type { AnalysisOptions } from './analyses';
import type { Explanation, ProjectionOptions } from './explanations';
import type { BatchOptions, BatchRow } from './predict-many';
import type { FollowOptions } from './projects';
import type { Held } from '../worker/api';
import type { SessionState } from './state';
import type { StorageReport } from './storehouse';

/** How a run is exported; `defaultPackageOptions` for what is left out. */
export interface ExportOptions extends Partial<PackageOptions> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** A run as a script asks for it: every field has a default. */
export interface ScriptedRequest extends Partial<RunRequest> {
  /** The stage to cut every base of the request at, instead of `cuts`; null: the last one of each. */
  readonly cut?: string | null;
}

/** `SessionState` as plain JSON, with image records counted rather than listed. */
export type Snapshot = Omit<SessionState, 'dataset'> & {
  readonly dataset: Omit<SessionState['dataset'], 'records'> & { readonly images: number };
};

/** The scripting surface, `window.headway`: the session without the screen. */
export interface Headway {
  /**
   * Paths give labels: `<label>/<file>`, or `train|val|valid|validation|test/<label>/<file>`; folders common to all
   * files are stripped first. Broken files do not reject: they are in the report.
   */
  addImages(files: Iterable<File | ImageFile>): Promise<ImportReport>;
  /**
   * CIFAR-10 from the CDN: `all` of it (50,000 to train, 10,000 to test), or the 2,000 + 2,000 images of the `article`
   * of 2017. `limit`: at most so many of each share. Goes on where an earlier call stopped.
   */
  addCifar10(selection: Cifar10Selection, options?: { readonly limit?: number }): Promise<ImportReport>;
  /** What is wrong, or may be, with the data set under the settings in the form; the gravest first. */
  audit(): Promise<readonly Finding[]>;
  /**
   * Changes the data set as a finding's `remedies` say, or otherwise: `{ kind: 'drop', images }`,
   * `{ kind: 'move', images, to: share }`, `{ kind: 'relabel', images, to: class }`, `{ kind: 'merge', from, to }`.
   * Rejects with `invalid-request`.
   */
  applyRemedy(remedy: Remedy): Promise<void>;
  /** Takes back the last removal, move or relabelling, unless images were added since. Whether there was one. */
  undo(): Promise<boolean>;
  /**
   * Weights of your own for a base instead of the published ones; null: those again. A Keras .h5, a .safetensors, a
   * .tflite, a .zip of a tfjs model, or its model.json and shards as `{ path, blob }` records, recognised by content.
   * Rejects with `weights-incompatible` or `weights-corrupt`, and then leaves everything as it was.
   */
  useWeights(base: BaseId, file: Blob | readonly (File | ImageFile)[] | null, name?: string): Promise<void>;
  /** Your own server of the published weight files, as `<url>/<source id>/<file>`, asked first; null: none. */
  useMirror(url: string | null): Promise<void>;
  /** One result a base, in the request's order. Rejects with a `HeadwayError` when no base finished. */
  run(request?: ScriptedRequest, options?: RunOptions): Promise<RunResult[]>;
  /** One prediction per finished run, newest first. */
  predict(image: Blob): Promise<Prediction[]>;
  /**
   * Every finished run about every picture, a row each, with all class probabilities. Pictures that cannot be read
   * have an `error` in their row. Rejects with `cancelled`; what `onRow` told by then stands.
   */
  predictMany(images: Iterable<File | ImageFile>, options?: BatchOptions): Promise<BatchRow[]>;
  /**
   * Which places of a picture, given as a blob or by the id of one in the data set, speak for a class and which against
   * it; `label` left out: the most probable class. Exact for linear heads, by gradient through hidden layers.
   */
  explain(image: Blob | ImageId, runId: string, label?: string | null): Promise<Explanation>;
  /** The `count` training images of a run whose features are nearest by cosine, nearest first. */
  nearest(image: Blob | ImageId, runId: string, count?: number): Promise<Neighbour[]>;
  /** The run's images as points of a plane, by their features: principal components, or UMAP. */
  project(runId: string, method?: ProjectionMethod, options?: ProjectionOptions): Promise<Projection>;
  /** Confusion, metrics by class, curves, calibration, reject threshold and every prediction of a run on one share. */
  report(runId: string, share?: EvaluatedShare): Promise<RunReport>;
  /** `better`, `worse` or `cannot tell`, about A beside B, with the evidence. Rejects with `not-comparable`. */
  compare(runA: string, runB: string): Promise<RunComparison>;
  /**
   * Training and validation images of a run whose labels look wrong, the most doubtful first, from out-of-fold
   * predictions on the stored features (seconds); test images stay untouched. Kept until labels change.
   */
  labelErrors(runId: string, options?: AnalysisOptions): Promise<LabelErrors>;
  /**
   * The data set and its runs as one HTML file without scripts, pictures inside: settings, split, weights, every figure
   * with its interval, verdicts between runs, charts, mistakes. `runIds`: only these; otherwise all finished runs.
   */
  htmlReport(runIds?: readonly string[]): Promise<Blob>;
  /**
   * Validation accuracy of a run's own head against the number of its training images (nested, stratified subsets), with
   * 95 % intervals, and whether twice as many images would help: `yes`, `hardly` or `cannot tell`.
   */
  learningCurve(runId: string, options?: AnalysisOptions): Promise<LearningCurve>;
  /**
   * Which of the article's four cases the data set is for a base: images a class, and linear probes at several of its
   * cuts on a sample of at most some 500 training images, which go through the base for it.
   */
  advice(base: BaseId, options?: AdviceOptions): Promise<CaseAdvice>;
  /**
   * A run as a zip that says how to use it and proves that it predicts the same: `tfjs`, `keras`, `keras-h5` and `onnx`
   * base and head in one; with `-head` behind it the head alone; `demo` a page that runs offline.
   */
  exportRun(runId: string, format: ExportFormat, options?: ExportOptions): Promise<Blob>;
  /** The same straight into a stream, such as that of a file; closes or aborts it. */
  exportRunTo(
    runId: string,
    format: ExportFormat,
    stream: WritableStream<Uint8Array>,
    options?: ExportOptions,
  ): Promise<void>;
  /**
   * Everything as one file: images, split, settings, runs and heads, and the bottleneck features when wanted (default:
   * no). With `runs` only those, without images: to share heads.
   */
  saveProject(options?: Partial<SaveOptions> & FollowOptions): Promise<Blob>;
  /** Adds what a project file holds to what is here; `replace`: in its place. Rejects with `project-unreadable`. */
  openProject(file: Blob, options?: FollowOptions & { readonly replace?: boolean }): Promise<OpenReport>;
  snapshot(): Snapshot;
  /**
   * Tensors, and memories of our own kernels, of each worker that is alive: a base's weights while it stays. For reports
   * of leaks.
   */
  held(): Promise<Readonly<Record<string, Held>>>;
  /** What is stored, by data set, base and kind, with sizes. */
  storage(): Promise<StorageReport>;
  /** Where the browser has no room left: keeps what comes from now on in memory, until the page is closed. */
  goOnInMemory(): void;
  /** Removes entries of `storage()` by their ids; what is computed or downloaded comes back when it is needed. */
  free(ids: readonly string[]): Promise<void>;
  /** Forgets images, features and runs; keeps downloaded weights. */
  reset(): Promise<void>;
}
