import { cancelled, HeadwayError, toErrorData } from '../errors';
import type { FileFault } from '../reason';
import { ProgressMeter, type JobControl, type Progress } from '../job';
import { isArchive, openArchive, type Source } from './archive';
import { inOrder } from './budget';
import { isCifar10, openCifar10 } from './cifar10-binary';
import { checkFileSize, makeThumbnail, pixelsOf, readBlob, withBitmap, type DecodedImage } from './decode';
import { imageId } from './digest';
import { fastAcross } from './fast-across';
import type { ImageStore, NewImage } from './image-store';
import { assignLabels, cleanPath, type Assignment } from './labels';
import { perceptualHash } from './perceptual-hash';
import type {
  ImageFile,
  ImageId,
  ImageRecord,
  ImportReport,
  InputSpec,
  LeftOut,
  LeftOutReason,
} from './records';
import { toSquare } from './resize';
import { sniffImage } from './sniff';
import { slowPixels, type Square } from './squares';

/** Files read and decoded at once, and the bytes that they may hold together. */
const filesInFlight = 4;
const bytesInFlight = 64 * 2 ** 20;
/** A batch goes to the disk at either size, or after a second: that is also how much a closed tab can lose. */
const batchImages = 64;
const batchBytes = 16 * 2 ** 20;
const batchMs = 1000;

interface Placed extends Pick<Assignment, 'label' | 'share'> {
  readonly source: Source;
}

/** What became of one file. */
type Outcome = NewImage | LeftOut;

/** What the data set has already of some bytes. */
type Twin = Pick<ImageRecord, 'path' | 'label' | 'share'>;

/**
 * Adds files to the data set: opens archives, takes labels from folders, reads each file once, decodes it to prove
 * that it can be read, and stores it. A file that cannot be used becomes a row of the report with its reason; only
 * a full or blocked disk (`storage-full`, `storage-unavailable`) and the end of the job (`cancelled`) reject, and what
 * was reported by `onProgress` until then stays. Files are taken in their order: of several with the same bytes, the
 * first is kept.
 * @param squares what bases will ask for: made of images that are slow to decode
 */
export async function importImages(
  files: readonly ImageFile[],
  store: ImageStore,
  control: JobControl,
  onProgress: (progress: Progress, batch: readonly ImageRecord[]) => void,
  squares: readonly InputSpec[] = [],
): Promise<ImportReport> {
  const leftOut: LeftOut[] = [];
  const sources = await listSources(files, leftOut, control);
  return importSources(sources, store, control, onProgress, { leftOut, squares });
}

interface SourceOptions {
  /** Rows that there are already; others are added to them. */
  readonly leftOut?: LeftOut[];
  /** Where these images are only some of those to come. */
  readonly meter?: ProgressMeter;
  readonly squares?: readonly InputSpec[];
}

/** `importImages`, once archives have been opened. */
export async function importSources(
  sources: readonly Source[],
  store: ImageStore,
  control: JobControl,
  onProgress: (progress: Progress, batch: readonly ImageRecord[]) => void,
  options: SourceOptions = {},
): Promise<ImportReport> {
  const { leftOut = [], squares = [] } = options;
  const placed = place(sources);
  const ignored = sources.length - placed.length;

  const known = new Map<ImageId, Twin>();
  const damaged = await store.damagedPaths();
  // Added again, a damaged image is whole again.
  for (const record of await store.records()) if (!damaged.has(record.path)) known.set(record.id, record);
  const { meter = new ProgressMeter(placed.length, 'images') } = options;
  onProgress(meter.progress, []);

  let added = 0;
  let batch: NewImage[] = [];
  let bytes = 0;
  let done = 0;
  let stored = { rows: 0, ignored: 0 };
  let flushed = performance.now();
  const flush = async () => {
    const rows = leftOut.slice(stored.rows);
    const appended = await store.append(batch, rows, ignored - stored.ignored);
    stored = { rows: stored.rows + rows.length, ignored };
    const fresh = new Set(appended.map(({ id }) => id));
    for (const { record } of batch) if (!fresh.has(record.id)) leftOut.push(alreadyHere(record.path));
    added += appended.length;
    onProgress(meter.add(done), appended);
    batch = [];
    bytes = 0;
    done = 0;
    flushed = performance.now();
  };

  const work = (file: Placed) => prepare(file, known, squares);
  for await (const outcome of inOrder(
    placed,
    work,
    filesInFlight,
    bytesInFlight,
    ({ source }) => source.size,
  )) {
    done++;
    const twin = 'record' in outcome ? known.get(outcome.record.id) : undefined;
    if (!('record' in outcome)) leftOut.push(outcome);
    else if (twin !== undefined) leftOut.push(duplicate(outcome.record, twin));
    else {
      known.set(outcome.record.id, outcome.record);
      batch.push(outcome);
      bytes += outcome.record.bytes;
    }
    if (batch.length >= batchImages || bytes >= batchBytes || performance.now() - flushed >= batchMs)
      await flush();
    await control.checkpoint();
  }
  await flush();
  // Rows that the last flush itself has added: another tab was faster.
  if (leftOut.length > stored.rows) await store.append([], leftOut.slice(stored.rows));
  return { added, leftOut, ignored };
}

/** Gives every image its label and share; hidden files are dropped. */
function place(sources: readonly Source[]): Placed[] {
  const byFolder = sources.filter((source) => source.placed === undefined);
  const assigned = assignLabels(byFolder.map(({ path }) => path));
  const assignments = new Map(byFolder.map((source, i) => [source, assigned[i]!]));
  return sources.flatMap((source) => {
    const { label, share, hidden } = assignments.get(source) ?? { ...source.placed!, hidden: false };
    return hidden ? [] : [{ source, label, share }];
  });
}

/** The files, with those of archives in their place. */
async function listSources(
  files: readonly ImageFile[],
  leftOut: LeftOut[],
  control: JobControl,
): Promise<Source[]> {
  const sources: Source[] = [];
  for (const { path: given, blob } of files) {
    const path = cleanPath(given);
    const file = { path, size: blob.size, read: () => readBlob(blob) };
    const open = isArchive(path) ? openArchive : isCifar10(path) ? openCifar10 : null;
    if (open === null || assignLabels([path])[0]!.hidden) {
      sources.push(file);
      continue;
    }
    await control.checkpoint();
    try {
      for (const source of await open(path, blob, control.signal)) sources.push(source);
    } catch (error) {
      if (control.signal.aborted) throw cancelled();
      leftOut.push(blob.size === 0 ? row(path, 'empty-file', '') : failure(path, error));
    }
  }
  return sources;
}

/** Never rejects. */
async function prepare(
  file: Placed,
  known: ReadonlyMap<ImageId, Twin>,
  specs: readonly InputSpec[],
): Promise<Outcome> {
  const { source, label, share } = file;
  const { path } = source;
  try {
    if (source.size === 0) return row(path, 'empty-file', '');
    checkFileSize(source.size);
    const bytes = await source.read();
    if (sniffImage(bytes) === null)
      return row(path, 'not-an-image', 'Its content is not that of an image', { fault: 'no-image' });
    if (label === null)
      return row(path, 'no-label', 'It lies in no class folder', { fault: 'outside-folders' });
    const id = await imageId(bytes);
    const twin = known.get(id);
    if (twin !== undefined) return duplicate({ path, label, share }, twin);
    return await withBitmap(bytes, async (bitmap, mime, isUpright) => {
      const { width, height } = bitmap;
      const phash = perceptualHash(bitmap);
      const thumbnail = await makeThumbnail(bitmap);
      const isSlow = width * height >= slowPixels && specs.length > 0;
      const squares = isSlow ? await pixelsOf(bitmap, mime, isUpright, await squareMaker(specs)) : [];
      return {
        record: { id, label, path, share, width, height, bytes: bytes.length, mime, phash },
        bytes,
        thumbnail,
        squares,
      };
    });
  } catch (error) {
    return failure(path, error);
  }
}

async function squareMaker(specs: readonly InputSpec[]): Promise<(image: DecodedImage) => Square[]> {
  const across = await fastAcross();
  return ({ rgba, width, height }) =>
    specs.map((spec) => ({ spec, pixels: toSquare(rgba, width, height, spec, across) }));
}

/**
 * The same bytes again. Under one label they are left out even when they come from another share's folder, so that
 * no image can be trained on and judge.
 */
function duplicate(image: Twin, twin: Twin): LeftOut {
  if (image.path === twin.path && image.label === twin.label) return alreadyHere(image.path);
  const detail = `The same image as “${twin.path}” of class “${twin.label}”`;
  return row(image.path, image.label === twin.label ? 'duplicate' : 'duplicate-other-label', detail, {
    fault: 'twin',
    path: twin.path,
    label: twin.label,
  });
}

function failure(path: string, error: unknown): LeftOut {
  const isLarge = error instanceof HeadwayError && error.code === 'image-too-large';
  const { message, details, why } = toErrorData(error);
  return row(
    path,
    isLarge ? 'too-large' : 'unreadable',
    details ?? message,
    why !== undefined && 'fault' in why ? why : undefined,
  );
}

const alreadyHere = (path: string): LeftOut =>
  row(path, 'duplicate', 'Already in the data set', { fault: 'already-here' });

function row(path: string, reason: LeftOutReason, detail: string, why?: FileFault): LeftOut {
  return why === undefined ? { path, reason, detail } : { path, reason, detail, why };
}
