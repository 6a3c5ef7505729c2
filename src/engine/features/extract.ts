import type { BackendId } from '../backend/backend';
import { HeadwayError } from '../errors';
import type { ImageId } from '../data/records';
import type { FeatureOptions, FrozenBase } from '../bases/frozen-base';
import { ProgressMeter, type JobControl, type Progress } from '../job';
import type { Note } from '../note';
import { specKey, type FeatureSpec } from './key';
import { Pending, type FeatureSink } from './pending';

/** Images a batch. On wasm, more than 8 cost memory (1.3 GB at 8, 1.7 GB at 32) and bring little speed. */
export const defaultBatchSize: Readonly<Record<BackendId, number>> = {
  webgpu: 32,
  webgl: 16,
  wasm: 8,
  cpu: 1,
};

export interface ExtractOptions {
  readonly base: FrozenBase;
  readonly spec: FeatureSpec;
  /** Further cuts of the same base and input, stored by the same pass. */
  readonly others?: readonly FeatureSpec[];
  readonly ids: readonly ImageId[];
  /** Squares of the spec's input, [ids, size, size, 3] RGB; rejects with `image-unreadable` or `image-too-large`. */
  readonly pixels: (ids: readonly ImageId[]) => Promise<Uint8Array>;
  /** Of vectors, or (where the spec says `map`) of maps. */
  readonly store: FeatureSink;
  readonly control: JobControl;
  readonly batchSize?: number;
  /** Counts images of this and of other calls; left out: one for this call. */
  readonly meter?: ProgressMeter;
  readonly onProgress?: (progress: Progress) => void;
  readonly onNote?: (note: Note) => void;
}

export interface ExtractReport {
  /** Images that went through the base now, and that were there before. */
  readonly extracted: number;
  readonly skipped: number;
  /** Images that could not be read; the others were not held up by them. */
  readonly failed: readonly ImageId[];
  readonly ms: number;
}

/** Pixels of a batch, with what could not be read taken out. */
interface Batch {
  readonly ids: readonly ImageId[];
  readonly squares: Uint8Array;
  readonly failed: readonly ImageId[];
}

/**
 * Runs every image once through the base and stores its features, in chunks while it goes on; images whose features
 * are there are skipped. The next batch's pixels are fetched while a batch computes. Cancelled, paused or failed, it
 * first stores what it has. When memory does not suffice the batch is halved; with one image left it gives up with
 * `out-of-memory`. Rejects with `cancelled`, `device-lost` or a storage error.
 */
export async function extractFeatures(options: ExtractOptions): Promise<ExtractReport> {
  const { base, store, control, onProgress, onNote } = options;
  const specs = [options.spec, ...(options.others ?? [])];
  for (const spec of specs)
    if (spec.weightsDigest !== base.weightsDigest) throw new Error(`${specKey(spec)} is of other weights`);
  const start = performance.now();
  const unique = [...new Set(options.ids)];
  const present = await Promise.all(specs.map((spec) => store.presentIds(spec)));
  const waiting = unique.filter((id) => !present.every((ids) => ids.has(id)));
  const meter = options.meter ?? new ProgressMeter(unique.length, 'images');
  onProgress?.(meter.skip(unique.length - waiting.length));

  const pending = specs.map((spec) => new Pending(store, spec));
  const failed: ImageId[] = [];
  let extracted = 0;
  let batchSize = Math.max(1, options.batchSize ?? defaultBatchSize.wasm);
  let next = 0;
  const fetchNext = () => {
    const ids = waiting.slice(next, next + batchSize);
    next += ids.length;
    if (ids.length === 0) return null;
    const batch = fetchBatch(ids, options.pixels);
    // It may fail before anyone awaits it.
    batch.catch(() => undefined);
    return batch;
  };

  try {
    let coming = fetchNext();
    while (coming !== null) {
      await checkpoint(control, pending);
      const batch = await coming;
      coming = fetchNext();
      failed.push(...batch.failed);
      if (batch.failed.length > 0) onProgress?.(meter.skip(batch.failed.length));
      for (let done = 0; done < batch.ids.length;) {
        const n = Math.min(batchSize, batch.ids.length - done);
        const features = await tryFeatures(base, specs, batch, done, n);
        if (features === null) {
          batchSize = Math.ceil(n / 2);
          onNote?.({
            code: 'fewer-at-once',
            text: `Not enough memory for ${n} images at once; going on with ${batchSize}.`,
            images: n,
            fewer: batchSize,
          });
          continue;
        }
        const ids = batch.ids.slice(done, done + n);
        for (const [i, one] of pending.entries()) await one.add(...without(present[i]!, ids, features[i]!));
        done += n;
        extracted += n;
        onProgress?.(meter.add(n));
        if (done < batch.ids.length) await checkpoint(control, pending);
      }
    }
  } finally {
    for (const one of pending) await one.flush();
  }
  return { extracted, skipped: unique.length - waiting.length, failed, ms: performance.now() - start };
}

/** The rows [ids, width] of those that are not stored yet. */
function without(
  stored: ReadonlySet<ImageId>,
  ids: readonly ImageId[],
  features: Float32Array,
): [ids: readonly ImageId[], features: Float32Array] {
  const rows = [...ids.keys()].filter((row) => !stored.has(ids[row]!));
  if (rows.length === ids.length) return [ids, features];
  const width = features.length / ids.length;
  const kept = new Float32Array(rows.length * width);
  for (const [to, row] of rows.entries())
    kept.set(features.subarray(row * width, (row + 1) * width), to * width);
  return [rows.map((row) => ids[row]!), kept];
}

/** Null when memory did not suffice and fewer images could. */
async function tryFeatures(
  base: FrozenBase,
  specs: readonly FeatureSpec[],
  { ids, squares }: Batch,
  from: number,
  n: number,
): Promise<Float32Array[] | null> {
  const length = squares.length / ids.length;
  try {
    return await base.outputs(squares.subarray(from * length, (from + n) * length), n, specs);
  } catch (error) {
    if (n > 1 && error instanceof HeadwayError && error.code === 'out-of-memory') return null;
    throw error;
  }
}

/** A paused job may never be resumed: what is done is stored before it waits. */
async function checkpoint(control: JobControl, pending: readonly Pending[]): Promise<void> {
  const passed = control.checkpoint();
  const flush = () => {
    for (const one of pending) void one.flush().catch(() => undefined);
  };
  const timer = setTimeout(flush, 200);
  try {
    await passed;
  } finally {
    clearTimeout(timer);
  }
}

const unreadable = (error: unknown) =>
  error instanceof HeadwayError && (error.code === 'image-unreadable' || error.code === 'image-too-large');

/** One unreadable image fails a whole batch of pixels: then they are fetched one by one. */
async function fetchBatch(ids: readonly ImageId[], pixels: ExtractOptions['pixels']): Promise<Batch> {
  try {
    return { ids, squares: await pixels(ids), failed: [] };
  } catch (error) {
    if (!unreadable(error)) throw error;
  }
  const good: ImageId[] = [];
  const failed: ImageId[] = [];
  const parts: Uint8Array[] = [];
  for (const id of ids)
    try {
      parts.push(await pixels([id]));
      good.push(id);
    } catch (error) {
      if (!unreadable(error)) throw error;
      failed.push(id);
    }
  const squares = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    squares.set(part, offset);
    offset += part.length;
  }
  return { ids: good, squares, failed };
}

/** Which images cannot be read, found out before a training that nothing is stored for. Rejects with `cancelled`. */
export async function unreadableImages({
  ids,
  pixels,
  control,
  onProgress,
}: Pick<ExtractOptions, 'ids' | 'pixels' | 'control' | 'onProgress'>): Promise<ImageId[]> {
  const meter = new ProgressMeter(ids.length, 'images');
  const failed: ImageId[] = [];
  for (let from = 0; from < ids.length; from += defaultBatchSize.webgpu) {
    await control.checkpoint();
    const some = ids.slice(from, from + defaultBatchSize.webgpu);
    failed.push(...(await fetchBatch(some, pixels)).failed);
    onProgress?.(meter.add(some.length));
  }
  return failed;
}

/**
 * Images a second on the backend in use: one warm-up and the rest of `squares` ([n, size, size, 3], n from 2) timed in
 * one batch.
 */
export async function probeSpeed(
  base: FrozenBase,
  squares: Uint8Array,
  n: number,
  options?: FeatureOptions,
): Promise<number> {
  const length = squares.length / n;
  await base.features(squares.subarray(0, length), 1, options);
  const start = performance.now();
  await base.features(squares.subarray(length), n - 1, options);
  return (1000 * (n - 1)) / (performance.now() - start);
}
