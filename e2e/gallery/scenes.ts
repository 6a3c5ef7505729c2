import { cifar10Classes } from '../../src/engine/data/cifar10-format';
import type { LeftOut } from '../../src/engine/data/records';
import { baseIds } from '../../src/engine/nets';
import { defaultRunRequest } from '../../src/engine/run';
import type { LaneState, SessionState } from '../../src/session/state';
import { auditScenes } from './audit-scenes';
import { cutScenes } from './cut-scenes';
import { evaluationScenes } from './evaluation-scenes';
import {
  bytes,
  dataset,
  empty,
  estimates,
  extracted,
  failover,
  history,
  lane,
  result,
  scored,
  trained,
} from './ground';

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
  {
    path: 'cat/broken.jpg',
    reason: 'unreadable',
    detail: 'The browser could not decode it (image/jpeg, 640 × 480): InvalidStateError',
    why: { fault: 'undecodable', mime: 'image/jpeg', width: 640, height: 480 },
  },
  {
    path: 'cat/notes.txt',
    reason: 'not-an-image',
    detail: 'Its content is not that of an image',
    why: { fault: 'no-image' },
  },
  { path: 'dog/zero.png', reason: 'empty-file', detail: '' },
  {
    path: 'dog/copy of 7.png',
    reason: 'duplicate',
    detail: 'The same image as “dog/7.png” of class “dog”',
    why: { fault: 'twin', path: 'dog/7.png', label: 'dog' },
  },
  {
    path: 'horse/also-a-cat.jpg',
    reason: 'duplicate-other-label',
    detail: 'The same image as “cat/3.jpg” of class “cat”',
    why: { fault: 'twin', path: 'cat/3.jpg', label: 'cat' },
  },
  {
    path: 'horse.zip',
    reason: 'unreadable',
    detail: 'It is encrypted',
    why: { fault: 'encrypted' },
  },
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
