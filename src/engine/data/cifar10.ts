import { decode } from 'fast-png';
import { HeadwayError } from '../errors';
import { ProgressMeter, type JobControl, type Progress } from '../job';
import type { Storage } from '../storage';
import type { Source } from './archive';
import { bytesOf, Cifar10Files, type Network } from './cifar10-files';
import {
  batchImages,
  cifar10Classes,
  imageBytes,
  imagePixels,
  pathOf,
  pngBytes,
  pngOf,
} from './cifar10-format';
import { planSheets, type Cifar10Selection, type SheetPlan } from './cifar10-selection';
import { ImageStore } from './image-store';
import { importSources } from './import';
import type { ImageRecord, ImportReport, LeftOut } from './records';

export interface Cifar10Options {
  readonly selection: Cifar10Selection;
  /** At most so many images of each share. */
  readonly limit?: number | undefined;
}

type LabelFile = 'train_lables.json' | 'test_lables.json';
const labelFiles = { train: 'train_lables.json', test: 'test_lables.json' } as const;

/**
 * Adds CIFAR-10, or the article's 4,000 images of it, to the data set: downloads the sheets (progress in bytes), then
 * stores each image as a small PNG of its own (progress in images), one sheet in memory at a time. Images that are
 * there already are passed over without a word, so that a cancelled import goes on where it stopped.
 * @throws HeadwayError `dataset-unreachable`, `dataset-corrupt`, `cancelled`, `storage-full`, `storage-unavailable`
 */
export async function importCifar10(
  { selection, limit }: Cifar10Options,
  storage: Storage,
  control: JobControl,
  onProgress: (progress: Progress, batch: readonly ImageRecord[]) => void,
  network: Network = {},
): Promise<ImportReport> {
  const store = new ImageStore(storage);
  const files = new Cifar10Files(storage, control.signal, network);
  const plans = planSheets(selection, limit);
  try {
    return await importPlans(plans, files, store, control, onProgress);
  } catch (error) {
    // A copy that was whole when it came and is not now: away with it, or it would be taken again.
    if (error instanceof HeadwayError && error.code === 'dataset-corrupt') await files.forget();
    throw error;
  }
}

async function importPlans(
  plans: readonly SheetPlan[],
  files: Cifar10Files,
  store: ImageStore,
  control: JobControl,
  onProgress: (progress: Progress, batch: readonly ImageRecord[]) => void,
): Promise<ImportReport> {
  const sets = [...new Set(plans.flatMap(({ wanted }) => wanted.map(({ set }) => set)))];
  const labels = await readLabels(files, sets);
  const present = new Set((await store.records()).map(({ path }) => path));
  const missing = plans
    .map((plan) => without(plan, labels, present))
    .filter(({ wanted }) => wanted.length > 0);

  const sheets = missing.map(({ file }) => file);
  const bytes = new ProgressMeter(bytesOf(sheets), 'bytes');
  await files.download(
    sheets,
    bytes,
    throttled(() => onProgress(bytes.progress, [])),
  );

  const images = new ProgressMeter(
    missing.reduce((sum, { wanted }) => sum + wanted.length, 0),
    'images',
  );
  let added = 0;
  const leftOut: LeftOut[] = [];
  for (const plan of missing) {
    await control.checkpoint();
    const pixels = readSheet(plan.file, await files.get(plan.file));
    const report = await importSources(sourcesOf(plan, pixels, labels), store, control, onProgress, {
      meter: images,
    });
    added += report.added;
    leftOut.push(...report.leftOut);
  }
  await files.forget();
  return { added, leftOut, ignored: 0 };
}

type Labels = Readonly<Partial<Record<'train' | 'test', readonly number[]>>>;

async function readLabels(files: Cifar10Files, sets: readonly ('train' | 'test')[]): Promise<Labels> {
  const labels: Partial<Record<'train' | 'test', readonly number[]>> = {};
  for (const set of sets) {
    const name: LabelFile = labelFiles[set];
    labels[set] = parseLabels(name, await files.get(name), set === 'train' ? 5 * batchImages : batchImages);
  }
  return labels;
}

/** Labels 0 … 9 as a JSON array. Throws `dataset-corrupt`. */
export function parseLabels(name: string, bytes: Uint8Array, count: number): readonly number[] {
  let labels: unknown;
  try {
    labels = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw corrupt(name, String(error));
  }
  const isLabel = (value: unknown) => typeof value === 'number' && value in cifar10Classes;
  if (!Array.isArray(labels) || labels.length !== count || !labels.every(isLabel))
    throw corrupt(name, `Not ${count} labels from 0 to 9`);
  return labels as number[];
}

/** The pixels of a sheet, [10000, 32, 32, 3]: row i of the picture is image i. Throws `dataset-corrupt`. */
export function readSheet(name: string, png: Uint8Array): Uint8Array {
  let sheet;
  try {
    sheet = decode(png);
  } catch (error) {
    throw corrupt(name, String(error));
  }
  const { width, height, channels, depth, data } = sheet;
  if (
    width !== imagePixels ||
    height !== batchImages ||
    channels !== 3 ||
    depth !== 8 ||
    !(data instanceof Uint8Array)
  )
    throw corrupt(name, `${width} × ${height} pixels of ${channels} × ${depth} bits`);
  return data;
}

/** The plan without the images that are in the data set already. */
function without(plan: SheetPlan, labels: Labels, present: ReadonlySet<string>): SheetPlan {
  const kept = [...plan.wanted.keys()].filter((i) => {
    const { share, set, index } = plan.wanted[i]!;
    return !present.has(pathOf(share, labels[set]![index]!, index));
  });
  return { ...plan, wanted: kept.map((i) => plan.wanted[i]!), rows: kept.map((i) => plan.rows[i]!) };
}

function sourcesOf({ wanted, rows }: SheetPlan, pixels: Uint8Array, labels: Labels): Source[] {
  return wanted.map(({ share, set, index }, i) => {
    const label = labels[set]![index]!;
    const at = rows[i]! * imageBytes;
    return {
      path: pathOf(share, label, index),
      size: pngBytes,
      placed: { label: cifar10Classes[label]!, share },
      read: () => pngOf(pixels.subarray(at, at + imageBytes)),
    };
  });
}

/** At most five times a second: every call goes to the page. */
function throttled(report: () => void, everyMs = 200): () => void {
  let last = -Infinity;
  return () => {
    const now = performance.now();
    if (now - last < everyMs) return;
    last = now;
    report();
  };
}

function corrupt(file: string, details: string): HeadwayError {
  return new HeadwayError({
    code: 'dataset-corrupt',
    message: 'CIFAR-10 arrived damaged.',
    advice: 'Start again: it is then downloaded anew.',
    details: `${file}: ${details}`,
  });
}
