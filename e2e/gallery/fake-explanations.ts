import type { Neighbour } from '../../src/engine/analysis/nearest';
import type { Projection, ProjectionMethod } from '../../src/engine/analysis/projection';
import type { ImageFile, ImageId } from '../../src/engine/data/records';
import { Random } from '../../src/engine/random';
import type { RunEvaluation } from '../../src/engine/results/evaluation';
import type { RunResult } from '../../src/engine/run';
import type { Explanation } from '../../src/session/explanations';
import type { BatchOptions, BatchRow } from '../../src/session/predict-many';
import type { SessionState } from '../../src/session/state';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A bump where things usually are, and a dent beside it. */
export function fakeExplanation(run: RunResult, label: string | null | undefined): Explanation {
  const classes = run.classes.map((name, rank) => ({
    label: name,
    probability: rank < run.classes.length - 1 ? 0.7 * 0.3 ** rank : 0.3 ** rank,
  }));
  const at = label ?? classes[0]!.label;
  const shift = run.classes.indexOf(at);
  const bump = (x: number, y: number, cx: number, cy: number) =>
    Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 3);
  const values = Float32Array.from({ length: 49 }, (_, i) => {
    const [x, y] = [i % 7, Math.floor(i / 7)];
    return 0.3 * bump(x, y, 3 + shift, 3) - 0.2 * bump(x, y, 5.5, 5.5);
  });
  const side = 32;
  const rgb = Uint8Array.from(
    { length: side * side * 3 },
    (_, i) => 90 + ((Math.floor(i / 3) % side) + (i % 3) * 9),
  );
  return {
    runId: run.runId,
    base: run.base,
    classes,
    label: at,
    map: { height: 7, width: 7, values },
    bias: 0.1,
    margin: 0.1 + values.reduce((a, b) => a + b, 0),
    square: { side, rgb },
    exact: run.request.head.hidden.length === 0,
    ms: 212,
  };
}

export function fakeNeighbours(run: RunResult, { dataset }: SessionState, count: number): Neighbour[] {
  const records = new Map(dataset.records.map((record) => [record.id, record]));
  return run.split.train.slice(3, 3 + count).flatMap((id, i) => {
    const record = records.get(id);
    return record ? [{ id, label: record.label, similarity: 0.93 - 0.02 * i }] : [];
  });
}

/** A cloud a class; the further the classes are apart, the better the run. */
export async function fakeProjection(
  run: RunResult,
  evaluation: RunEvaluation,
  { dataset }: SessionState,
  method: ProjectionMethod,
  signal: AbortSignal | undefined,
  onProgress:
    | ((progress: {
        done: number;
        total: number;
        unit: 'images';
        perSecond: null;
        secondsLeft: null;
      }) => void)
    | undefined,
): Promise<Projection> {
  const records = new Map(dataset.records.map((record) => [record.id, record]));
  const groups = [run.split.train, run.split.validation, run.split.test ?? []];
  const ids: ImageId[] = groups.flat();
  const total = ids.length;
  for (let step = 1; method === 'umap' && step <= 10 && !signal?.aborted; step++) {
    onProgress?.({
      done: Math.round((total * step) / 10),
      total,
      unit: 'images',
      perSecond: null,
      secondsLeft: null,
    });
    await pause(60);
  }
  const classes = [...run.classes];
  const labels = Uint16Array.from(ids, (id, i) => {
    const label = classes.indexOf(records.get(id)?.label ?? '');
    return label < 0 ? i % classes.length : label;
  });
  const said = new Map<ImageId, number>();
  for (const share of [evaluation.validation, evaluation.test])
    for (const [row, id] of (share?.ids ?? []).entries()) {
      const own = share!.logits.subarray(row * classes.length, (row + 1) * classes.length);
      said.set(id, own.indexOf(Math.max(...own)));
    }
  const random = new Random(1, method);
  const xy = new Float32Array(2 * total);
  for (const [i, label] of labels.entries()) {
    const turn = (2 * Math.PI * label) / classes.length;
    xy[2 * i] = (method === 'umap' ? 8 : 4) * Math.cos(turn) + 1.3 * random.normal();
    xy[2 * i + 1] = 3 * Math.sin(turn) + 1.3 * random.normal();
  }
  return {
    runId: run.runId,
    method,
    ids,
    of: ids.length,
    xy,
    classes,
    labels,
    predicted: Int32Array.from(ids, (id) => said.get(id) ?? -1),
    share: Uint8Array.from(groups.flatMap((group, share) => group.map(() => share))),
    explained: method === 'pca' ? [0.231, 0.142] : null,
    ms: 812,
  };
}

export async function fakeBatch(
  images: readonly ImageFile[],
  runs: readonly RunResult[],
  { signal, onProgress, onRow }: BatchOptions = {},
): Promise<BatchRow[] | null> {
  const rows: BatchRow[] = [];
  for (const [i, { path }] of images.entries()) {
    if (signal?.aborted) return null;
    await pause(20);
    const isBroken = path.includes('broken');
    const row: BatchRow = {
      path,
      error: isBroken
        ? { code: 'image-unreadable', message: 'The image cannot be read.', advice: 'Save it again.' }
        : null,
      answers: isBroken
        ? []
        : runs.map(({ runId, classes }, r) => {
            const first = (i + r) % classes.length;
            const probabilities = classes.map((_, c) =>
              c === first ? 0.7 - 0.1 * r : (0.3 + 0.1 * r) / (classes.length - 1),
            );
            return { runId, label: classes[first]!, probability: probabilities[first]!, probabilities };
          }),
    };
    rows.push(row);
    onRow?.(row, i);
    onProgress?.({
      done: i + 1,
      total: images.length,
      unit: 'images',
      perSecond: 9.4,
      secondsLeft: (images.length - i - 1) / 9.4,
    });
  }
  return rows;
}
