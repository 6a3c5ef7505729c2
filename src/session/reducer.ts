import type { ErrorData } from '../engine/errors';
import type { Progress } from '../engine/job';
import type { EditMade } from '../engine/data/edits';
import type { ImageRecord, LeftOut } from '../engine/data/records';
import type { BaseId } from '../engine/nets';
import { defaultRunRequest, type RunEvent, type RunRequest, type RunResult } from '../engine/run';
import { recordsByClass, withMore } from './records';
import type {
  AuditState,
  BackendState,
  CostEstimate,
  DatasetState,
  ExportState,
  LaneState,
  SessionState,
} from './state';

export type Action =
  | { readonly type: 'ready' }
  | { readonly type: 'access'; readonly access: NonNullable<SessionState['access']> }
  | { readonly type: 'memory'; readonly memory: NonNullable<SessionState['memory']> }
  | {
      readonly type: 'dataset';
      readonly records: readonly ImageRecord[];
      readonly leftOut: readonly LeftOut[];
      readonly ignored: number;
      readonly lastEdit: EditMade | null;
    }
  | {
      readonly type: 'import-batch';
      readonly progress: Progress;
      readonly batch: readonly ImageRecord[];
    }
  | { readonly type: 'import-started' }
  | { readonly type: 'audit'; readonly audit: AuditState | null }
  | { readonly type: 'backend'; readonly backend: BackendState }
  | { readonly type: 'request'; readonly patch: Partial<RunRequest> }
  | { readonly type: 'estimate'; readonly estimate: CostEstimate }
  | ({ readonly type: 'weights' } & Required<Pick<SessionState, 'ownWeights' | 'mirrorUrl'>>)
  | { readonly type: 'lanes'; readonly lanes: readonly LaneState[] }
  | { readonly type: 'lane'; readonly base: BaseId; readonly patch: Partial<Omit<LaneState, 'base'>> }
  | { readonly type: 'run-event'; readonly event: RunEvent }
  | { readonly type: 'results'; readonly results: readonly RunResult[] }
  | { readonly type: 'notes'; readonly notes: SessionState['notes'] }
  | { readonly type: 'probing'; readonly probing: SessionState['probing'] }
  | { readonly type: 'exporting'; readonly exporting: ExportState | null }
  | { readonly type: 'error'; readonly error: ErrorData | null };

const emptyDataset: DatasetState = {
  records: [],
  classes: [],
  leftOut: [],
  ignored: 0,
  lastEdit: null,
  importing: null,
};

export const initialState: SessionState = {
  ready: false,
  dataset: emptyDataset,
  audit: null,
  backend: null,
  request: defaultRunRequest,
  estimates: {},
  lanes: [],
  results: [],
  notes: {},
  probing: null,
  error: null,
};

export function newLane(base: BaseId): LaneState {
  return {
    base,
    phase: 'waiting',
    paused: false,
    progress: {},
    note: null,
    history: [],
    error: null,
    runId: null,
  };
}

/** The next state; nothing outside its arguments is read or changed. */
export function reduce(state: SessionState, action: Action): SessionState {
  switch (action.type) {
    case 'ready':
      return { ...state, ready: true };
    case 'dataset': {
      const { records, leftOut, ignored, lastEdit } = action;
      const classes = countClasses(records);
      return { ...state, dataset: { records, classes, leftOut, ignored, lastEdit, importing: null } };
    }
    case 'import-started':
      return {
        ...state,
        dataset: {
          ...state.dataset,
          importing: { done: 0, total: 0, unit: 'images', perSecond: null, secondsLeft: null },
        },
      };
    case 'import-batch': {
      if (action.batch.length === 0)
        return { ...state, dataset: { ...state.dataset, importing: action.progress } };
      const records = withMore(state.dataset.records, action.batch);
      const classes = countClasses(records);
      return { ...state, dataset: { ...state.dataset, records, classes, importing: action.progress } };
    }
    case 'access':
      return { ...state, access: action.access };
    case 'memory':
      return { ...state, memory: action.memory };
    case 'audit':
      return { ...state, audit: action.audit };
    case 'backend':
      return { ...state, backend: action.backend };
    case 'request':
      return { ...state, request: { ...state.request, ...action.patch } };
    case 'estimate':
      return { ...state, estimates: { ...state.estimates, [action.estimate.base]: action.estimate } };
    case 'weights':
      return { ...state, ownWeights: action.ownWeights, mirrorUrl: action.mirrorUrl };
    case 'lanes':
      return { ...state, lanes: action.lanes };
    case 'lane':
      return withLane(state, action.base, (lane) => ({ ...lane, ...action.patch }));
    case 'run-event':
      return withLane(withLeftOut(state, action.event), action.event.base, (lane) =>
        advance(lane, action.event),
      );
    case 'results':
      return { ...state, results: action.results };
    case 'notes':
      return { ...state, notes: action.notes };
    case 'probing':
      return { ...state, probing: action.probing };
    case 'exporting':
      return { ...state, exporting: action.exporting };
    case 'error':
      return { ...state, error: action.error };
  }
}

function advance(lane: LaneState, event: RunEvent): LaneState {
  switch (event.type) {
    case 'progress':
      return {
        ...lane,
        phase: event.phase,
        progress: { ...lane.progress, [event.phase]: event.progress },
      };
    case 'note':
      return { ...lane, note: event.note };
    case 'epoch':
      // Training that had to begin again tells of its epochs again.
      return { ...lane, history: [...lane.history.slice(0, event.metrics.epoch - 1), event.metrics] };
  }
}

/** Images that a run had to leave out are listed with those that imports did. */
function withLeftOut(state: SessionState, event: RunEvent): SessionState {
  if (event.type !== 'note' || event.note.code !== 'images-left-out') return state;
  const { dataset } = state;
  const rows = new Map([...dataset.leftOut, ...event.note.leftOut].map((row) => [row.path, row]));
  return { ...state, dataset: { ...dataset, leftOut: [...rows.values()] } };
}

function withLane(state: SessionState, base: BaseId, change: (lane: LaneState) => LaneState): SessionState {
  return { ...state, lanes: state.lanes.map((lane) => (lane.base === base ? change(lane) : lane)) };
}

function countClasses(records: readonly ImageRecord[]): DatasetState['classes'] {
  return recordsByClass(records).map(({ label, records: own }) => ({ label, count: own.length }));
}
