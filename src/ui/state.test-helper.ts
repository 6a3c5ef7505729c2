import { defaultRunRequest, type WeightsInfo } from '../engine/run';
import type { LaneState, SessionState } from '../session/state';

/** For tests: a session with nothing in it, and a lane that has not begun. */
export const emptyState: SessionState = {
  ready: true,
  dataset: { records: [], classes: [], leftOut: [], ignored: 0, importing: null },
  backend: null,
  request: defaultRunRequest,
  estimates: {},
  lanes: [],
  results: [],
  notes: {},
  probing: null,
  error: null,
};

export const someWeights: WeightsInfo = {
  source: 'idai-shapes-ceramics_resnet50@1.0.1',
  precision: 'float32',
  licence: 'MIT',
  bytes: 94_500_000,
};

export const idleLane: LaneState = {
  base: 'resnet50',
  phase: 'waiting',
  paused: false,
  progress: {},
  note: null,
  history: [],
  error: null,
  runId: null,
};

export const twoClasses: SessionState['dataset'] = {
  ...emptyState.dataset,
  records: Array.from({ length: 4 }, (_, index) => ({
    id: `${index}`,
    label: index < 2 ? 'cat' : 'dog',
    path: `${index}.png`,
    share: null,
    width: 32,
    height: 32,
    bytes: 100,
    mime: 'image/png',
  })),
  classes: [
    { label: 'cat', count: 2 },
    { label: 'dog', count: 2 },
  ],
};
