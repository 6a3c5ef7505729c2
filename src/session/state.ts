import type { Finding } from '../engine/audit/finding';
import type { BackendReport } from '../engine/backend/probe';
import type { OwnWeights } from '../engine/bases/own-source';
import type { ErrorData } from '../engine/errors';
import type { ExportFormat } from '../engine/export/formats';
import type { Progress } from '../engine/job';
import type { BaseId } from '../engine/nets';
import type { Note } from '../engine/note';
import type { EditMade } from '../engine/data/edits';
import type { ImageRecord, LeftOut } from '../engine/data/records';
import type { EpochMetrics, RunNote, RunPhase, RunRequest, RunResult, WeightsInfo } from '../engine/run';

export interface DatasetState {
  /** Immutable; a new array when it changes. */
  readonly records: readonly ImageRecord[];
  /** Sorted by label. */
  readonly classes: readonly { readonly label: string; readonly count: number }[];
  readonly leftOut: readonly LeftOut[];
  readonly ignored: number;
  /** What `undo` would take back; missing or null: nothing. */
  readonly lastEdit?: EditMade | null;
  /** While an import is going on. */
  readonly importing: Progress | null;
}

/** What the last look over the data set found. */
export interface AuditState {
  /** The gravest first. */
  readonly findings: readonly Finding[];
  /** How many images were looked at. */
  readonly images: number;
  /** Images or settings have changed since; a new look is under way, or waits for the import to end. */
  readonly stale: boolean;
}

/** What is known of the machine; null until the worker has looked. */
export type BackendState = BackendReport;

/** What a run will cost, shown before it starts. */
export interface CostEstimate {
  readonly base: BaseId;
  /** The source that is kept here, or the first that would be tried. */
  readonly weights: WeightsInfo;
  /** True when the weights are kept locally already. */
  readonly downloaded: boolean;
  /** That go through the frozen part, further copies of training images included; 0 where nothing is frozen. */
  readonly images: number;
  /** Of those, how many have their features in the store. */
  readonly cached: number;
  /** Measured by the probe; null before it ran. */
  readonly imagesPerSecond: number | null;
  readonly seconds: number | null;
  /** The measured speed that is nearest to the cut of the request: at that cut, or else of the whole base. */
  readonly measured?: { readonly cut: string; readonly imagesPerSecond: number } | null;
}

/** One base's way through a run. */
export interface LaneState {
  readonly base: BaseId;
  /** `interrupted`: the page was closed in the middle; retry goes on from there. */
  readonly phase: RunPhase | 'waiting' | 'done' | 'failed' | 'cancelled' | 'interrupted';
  readonly paused: boolean;
  /** The latest of each phase, so that finished phases keep their bar. */
  readonly progress: Partial<Readonly<Record<RunPhase, Progress>>>;
  /** Which source the weights come from, retries and failovers. */
  readonly note: Note | null;
  readonly history: readonly EpochMetrics[];
  readonly error: ErrorData | null;
  readonly runId: string | null;
}

/** While a run is being exported. */
export interface ExportState {
  readonly runId: string;
  readonly format: ExportFormat;
  /** In bytes; null while the base looks at the test pictures. */
  readonly progress: Progress | null;
}

export interface SessionState {
  /** False until what earlier visits stored has been read. */
  readonly ready: boolean;
  /**
   * Missing and `write`: this tab may change what is stored. `read`: another one does; this one follows when that is
   * closed. `newer`: a newer version of the page has stored what this one cannot read.
   */
  readonly access?: 'write' | 'read' | 'newer';
  /**
   * Why everything is kept in memory, and gone once the page is closed: the browser gives no database, or that is full
   * and the user chose to go on. Missing: it is stored.
   */
  readonly memory?: 'blocked' | 'full';
  readonly dataset: DatasetState;
  /** Missing or null: the data set has not been looked at, or there is none. */
  readonly audit?: AuditState | null;
  readonly backend: BackendState | null;
  /** The settings in the form; what Run will use. */
  readonly request: RunRequest;
  readonly estimates: Readonly<Partial<Record<BaseId, CostEstimate>>>;
  /** Weights of the user's own, instead of the published ones; missing until what is stored has been read. */
  readonly ownWeights?: Readonly<Partial<Record<BaseId, OwnWeights>>>;
  /** Where the published weights are asked for first: the user's own mirror, ending in a slash. Missing likewise. */
  readonly mirrorUrl?: string | null;
  /** The run in progress or the last one; empty before the first. */
  readonly lanes: readonly LaneState[];
  /** Finished runs, newest first. */
  readonly results: readonly RunResult[];
  /** By run id; runs that the user says nothing about have none. */
  readonly notes: Readonly<Record<string, RunNote>>;
  /** While `probe` measures a base; it may have to download first. */
  readonly probing: { readonly base: BaseId; readonly progress: Progress | null } | null;
  /** Missing and null: none is going on. */
  readonly exporting?: ExportState | null;
  readonly error: ErrorData | null;
}
