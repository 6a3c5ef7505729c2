import type { ImageRecord } from '../../src/engine/data/records';
import { defaultRunRequest, type EpochMetrics, type HeadSpec, type RunResult } from '../../src/engine/run';
import type { SessionState } from '../../src/session/state';

/** The parts of a scene that these build on. */
type Ground = SessionState;

function records(counts: Readonly<Record<string, number>>): ImageRecord[] {
  return Object.entries(counts).flatMap(([label, count], c) =>
    Array.from({ length: count }, (_, index) => ({
      id: `${c}-${index}`,
      label,
      path: `${label}/IMG_${String(index + 1).padStart(5, '0')}.jpg`,
      share: null,
      width: 640,
      height: 480,
      bytes: 83_412 + index,
      mime: 'image/jpeg',
    })),
  );
}

/** With `ahead` validation is better than the next epoch's training, as it is on images that were trained on. */
function history(epochs: number, best: number, ahead: boolean): EpochMetrics[] {
  return Array.from({ length: epochs }, (_, index) => {
    const rise = (epoch: number) => 1 - Math.exp(-epoch / 2.2);
    const accuracy = (epoch: number) => 0.3 + (best + (ahead ? 0 : 0.07) - 0.3) * rise(epoch);
    const held = ahead ? accuracy(index + 2) + 0.012 : 0.42 + (best - 0.42) * rise(index + 1);
    return {
      epoch: index + 1,
      loss: 2.1 - (0.85 + best) * rise(index + 1),
      accuracy: accuracy(index + 1),
      valLoss: 1.9 - (0.55 + best) * rise(index + 1) + 0.015 * index,
      valAccuracy: Math.min(1, held),
    };
  });
}

interface Made {
  readonly head?: Partial<HeadSpec>;
  readonly best: number;
  readonly ahead?: boolean;
  readonly test?: boolean;
}

const exactHead: HeadSpec = { kind: 'exact', hidden: [], dropout: 0, l2: 0 };

function run(
  index: number,
  all: readonly ImageRecord[],
  { head, best, ahead = false, test = false }: Made,
): RunResult {
  const exact = head?.kind === 'exact';
  const ids = (wanted: (index: number) => boolean) => all.filter((_, at) => wanted(at)).map(({ id }) => id);
  const epochs: EpochMetrics[] = exact
    ? [{ epoch: 1, loss: 0.19, accuracy: 0.962, valLoss: 0.33, valAccuracy: best }]
    : history(10, best, ahead);
  const validation = ids((at) => at % 5 === 0);
  const tested = test ? ids((at) => at % 5 === 1) : [];
  const score = (images: number, accuracy: number) => ({ correct: Math.round(images * accuracy), images });
  return {
    runId: `evaluated-${index}`,
    finishedAt: new Date(Date.UTC(2026, 4, 12, 14, 5 + index)).toISOString(),
    base: 'resnet50',
    backend: 'wasm',
    weights: {
      source: 'idai-shapes-ceramics_resnet50@1.0.1',
      precision: 'float32',
      licence: 'MIT (He et al.; converted by Keras)',
      bytes: 94_460_416,
    },
    weightsDigest: '9d1c8e3f0b7a6541d2c3b4a5968778695a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d',
    request: { ...defaultRunRequest, head: { ...defaultRunRequest.head, ...head } },
    classes: [...new Set(all.map(({ label }) => label))].sort(),
    split: {
      train: ids((at) => at % 5 !== 0 && (!test || at % 5 !== 1)),
      validation,
      ...(test ? { test: tested } : {}),
    },
    history: epochs,
    bestEpoch: epochs.length,
    timing: {
      downloadMs: 9_300,
      extractMs: (1000 * all.length) / 11.4,
      extractedImages: all.length,
      imagesPerSecond: 11.4,
      trainMs: exact ? 2_140 : 6_200,
    },
    evaluation: {
      validation: score(validation.length, best),
      test: test ? score(tested.length, best - 0.02) : null,
    },
    ...(exact
      ? {
          exact: {
            l2: 0.0316,
            gradientNorm: 8.4e-6,
            iterations: 61,
            converged: true,
            cvScores: [
              { l2: 0.1, logLoss: 0.41, accuracy: 0.87 },
              { l2: 0.0316, logLoss: 0.36, accuracy: 0.88 },
              { l2: 0.01, logLoss: 0.39, accuracy: 0.875 },
            ],
          },
        }
      : {}),
  };
}

const three = { cat: 150, dog: 140, horse: 110 };
const sixty = Object.fromEntries([
  ['x'.repeat(300), 30],
  ['<img src=x onerror=alert(1)>', 25],
  ['مرحبا بالعالم', 30],
  ...Array.from(
    { length: 57 },
    (_, index) => [`species ${String(index + 1).padStart(2, '0')}`, 10 + ((index * 37) % 60)] as const,
  ),
]) as Record<string, number>;

function scene(
  ground: Ground,
  counts: Readonly<Record<string, number>>,
  made: readonly Made[],
): SessionState {
  const all = records(counts);
  const classes = Object.entries(counts)
    .map(([label, count]) => ({ label, count }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
  const results = made.map((one, index) => run(index, all, one)).reverse();
  return {
    ...ground,
    dataset: { ...ground.dataset, records: all, classes },
    results,
    notes: Object.fromEntries(results.map(({ runId }) => [runId, { name: null, pinned: true }])),
  };
}

export const evaluationScenes = {
  evaluated: (ground: Ground) =>
    scene(ground, three, [
      { best: 0.74, test: true },
      { best: 0.89, head: { hidden: [] }, test: true },
    ]),
  'evaluated-sixty': (ground: Ground) => scene(ground, sixty, [{ best: 0.78 }]),
  'evaluated-alarm': (ground: Ground) => scene(ground, three, [{ best: 0.94, ahead: true }]),
  'evaluated-exact': (ground: Ground) => ({
    ...scene(ground, three, [{ best: 0.81 }, { best: 0.9, head: exactHead }]),
    request: { ...defaultRunRequest, head: exactHead },
  }),
};
