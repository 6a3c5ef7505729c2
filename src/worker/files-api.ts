import type { PictureSource } from '../engine/export/certificate';
import type { ExportFormat, PackageOptions } from '../engine/export/formats';
import type { Progress } from '../engine/job';
import type { OpenReport, ProjectSummary } from '../engine/project/read-project';
import type { SaveOptions } from '../engine/project/write-project';
import type { RunRequest } from '../engine/run';
import type { JobId } from './api';

/** A picture of a certificate: PNG, and what the run's own base makes of it. */
export interface TestedPicture {
  readonly png: Blob;
  readonly features: Float32Array;
}

export interface ExportRequest {
  readonly runId: string;
  readonly format: ExportFormat;
  readonly options: PackageOptions;
  /** Empty where the base is not at hand, which only an export of the head alone can do without. */
  readonly pictures: readonly TestedPicture[];
}

export interface ExportApi {
  /**
   * Pictures for a run's certificate, as PNG; null where the weights of its base are not here any more. Rejects with
   * `weights-incompatible` then, if the format needs them.
   */
  testPictures(runId: string, format: ExportFormat, source: PictureSource): Promise<readonly Blob[] | null>;
  /** A run as a zip. With `onChunk` it is given away piece by piece, each awaited, and the answer is null. */
  exportRun(
    job: JobId,
    request: ExportRequest,
    onProgress: (progress: Progress) => void,
    onChunk: ((bytes: Uint8Array<ArrayBuffer>) => Promise<void>) | null,
  ): Promise<Blob | null>;
}

/** Everything of a page as one file. */
export interface ProjectApi {
  /** As a Blob, or null where the page took it in pieces (`onChunk`). Rejects with `unknown-run`, or a storage error. */
  saveProject(
    job: JobId,
    request: { readonly options: SaveOptions; readonly request: RunRequest },
    onProgress: (progress: Progress) => void,
    onChunk: ((bytes: Uint8Array<ArrayBuffer>) => Promise<void>) | null,
  ): Promise<Blob | null>;
  /** What a file holds; nothing is changed. Rejects with `project-unreadable`. */
  inspectProject(file: Blob): Promise<ProjectSummary>;
  /** Adds what a file holds to what is stored. */
  openProject(job: JobId, file: Blob, onProgress: (progress: Progress) => void): Promise<OpenReport>;
}
