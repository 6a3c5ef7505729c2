import type { Prediction, RunEvent, RunRequest, RunResult } from '../engine/run';
import type { ImageFile, ImportReport } from '../engine/data/records';
import type { SessionState } from './state';

export type ExportFormat = 'tfjs-head';

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
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
  /** One result a base, in the request's order. Rejects with a `HeadwayError` when no base finished. */
  run(request?: Partial<RunRequest>, options?: RunOptions): Promise<RunResult[]>;
  /** One prediction per finished run, newest first. */
  predict(image: Blob): Promise<Prediction[]>;
  exportRun(runId: string, format: ExportFormat): Promise<Blob>;
  snapshot(): Snapshot;
  /** Forgets images, features and runs; keeps downloaded weights. */
  reset(): Promise<void>;
}
