import type { ImageFile } from '../engine/data/records';
import { cancelled, toErrorData, type ErrorData } from '../engine/errors';
import { ProgressMeter, type Progress } from '../engine/job';
import type { RunResult } from '../engine/run';
import { baseRequestOf } from './looks';
import { requireRuns } from './predict';
import type { Workers } from './run-lane';

/** What one run says of one picture. */
export interface BatchAnswer {
  readonly runId: string;
  readonly label: string;
  readonly probability: number;
  /** Of all classes, in the order of the run's. */
  readonly probabilities: readonly number[];
}

export interface BatchRow {
  readonly path: string;
  /** In the order of the runs; those of a base that has not come to it yet are missing. */
  readonly answers: readonly BatchAnswer[];
  /** Why it could not be read; null: it could. */
  readonly error: ErrorData | null;
}

export interface BatchOptions {
  readonly signal?: AbortSignal;
  /** In images, counted once for each base that they go through. */
  readonly onProgress?: (progress: Progress) => void;
  /** A row that has become fuller, and its place among the pictures. */
  readonly onRow?: (row: BatchRow, index: number) => void;
}

/** Pictures that go through a base at once. */
const atOnce = 8;

/**
 * Asks runs about many pictures. Each base, weights and cut goes over all of them before the next begins, so that only
 * one is in memory. A picture that cannot be read has its error in its row. Rejects with `cancelled`; rows that were
 * told by then stand. Runs whose weights are gone are left out, unless they are all.
 */
export async function predictMany(
  images: readonly ImageFile[],
  runs: readonly RunResult[],
  workers: Pick<Workers, 'base' | 'head' | 'residency'>,
  { signal, onProgress, onRow }: BatchOptions = {},
): Promise<BatchRow[]> {
  requireRuns(runs);
  const passes = new Map<string, RunResult[]>();
  for (const run of runs) {
    const key = JSON.stringify(baseRequestOf(run));
    passes.set(key, [...(passes.get(key) ?? []), run]);
  }
  const rows: BatchRow[] = images.map(({ path }) => ({ path, answers: [], error: null }));
  const meter = new ProgressMeter(images.length * passes.size, 'images');
  onProgress?.(meter.progress);
  const orderOf = new Map(runs.map(({ runId }, i) => [runId, i]));
  const tell = (index: number, patch: Partial<BatchRow>) => {
    const answers = patch.answers?.toSorted((a, b) => orderOf.get(a.runId)! - orderOf.get(b.runId)!);
    const row = { ...rows[index]!, ...patch, ...(answers && { answers }) };
    rows[index] = row;
    onRow?.(row, index);
  };

  const overAll = async (asked: readonly RunResult[]) => {
    for (let from = 0; from < images.length; from += atOnce) {
      if (signal?.aborted) throw cancelled();
      const batch = images.slice(from, from + atOnce);
      const { answers, failed } = await ask(
        batch.map(({ blob }) => blob),
        asked,
        workers,
      );
      let read = 0;
      for (const [i, error] of failed.entries())
        tell(
          from + i,
          error === null ? { answers: [...rows[from + i]!.answers, ...answers[read++]!] } : { error },
        );
      onProgress?.(meter.add(batch.length));
    }
  };
  let gone: unknown = null;
  let isAsked = false;
  for (const asked of passes.values())
    try {
      await overAll(asked);
      isAsked = true;
    } catch (error) {
      if (toErrorData(error).code !== 'weights-incompatible') throw error;
      gone = error;
      onProgress?.(meter.skip(images.length));
    }
  if (!isAsked) throw gone;
  return rows;
}

/** What runs on the same base say of pictures that could be read, in their order. */
async function ask(
  images: readonly Blob[],
  runs: readonly RunResult[],
  { base, head, residency }: Pick<Workers, 'base' | 'head' | 'residency'>,
): Promise<{ answers: BatchAnswer[][]; failed: readonly (ErrorData | null)[] }> {
  const request = baseRequestOf(runs[0]!);
  const { features, failed } = await residency.use(
    request.base,
    () => base(request.base).call((api) => api.embed(request, images)),
    { wait: false },
  );
  const n = failed.filter((error) => error === null).length;
  const answers: BatchAnswer[][] = Array.from({ length: n }, () => []);
  if (n > 0)
    for (const { runId, classes } of runs) {
      const all = await head.call((api) => api.classify(runId, features));
      for (const [i, own] of answers.entries()) {
        const probabilities = Array.from(all.subarray(i * classes.length, (i + 1) * classes.length));
        const probability = Math.max(...probabilities);
        own.push({ runId, probability, label: classes[probabilities.indexOf(probability)]!, probabilities });
      }
    }
  return { answers, failed };
}
