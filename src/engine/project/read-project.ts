import { readEntry } from '../data/archive';
import { imageId } from '../data/digest';
import type { ImageStore, NewImage } from '../data/image-store';
import type { Bytes, ImageId, ImageRecord } from '../data/records';
import { sniffImage } from '../data/sniff';
import { readDirectory, type ZipEntry } from '../data/zip-directory';
import type { TunedStore } from '../bases/tuned';
import type { FeatureStore } from '../features/store';
import { ProgressMeter, type JobControl, type Progress } from '../job';
import type { RunStore } from '../results/run-store';
import type { RunRequest } from '../run';
import { projectUnreadable, unpack } from './packed';
import { readChunk, readManifest, readRun, type Manifest, type ProjectRun } from './schema';

/** Images written in one transaction. */
const batchImages = 64;

/** What a project file holds, told before anything is changed. */
export interface ProjectSummary {
  /** Of the Headway that wrote it. */
  readonly headway: string;
  /** ISO 8601. */
  readonly saved: string;
  readonly images: number;
  readonly classes: readonly string[];
  readonly runs: number;
  readonly withFeatures: boolean;
}

/** What opening a project did. */
export interface OpenReport {
  /** Images and runs that were not here yet. */
  readonly images: number;
  readonly runs: number;
  /** Images of the project that are damaged. */
  readonly damaged: readonly string[];
  /** The settings that it was saved with; null: none. */
  readonly request: RunRequest | null;
}

export interface ProjectStores {
  readonly images: ImageStore;
  readonly runs: RunStore;
  readonly features: FeatureStore;
  readonly tuned: TunedStore;
}

/** A project file whose description and runs have been read and found whole. */
export interface Project {
  readonly manifest: Manifest;
  readonly runs: readonly ProjectRun[];
  readonly files: ReadonlyMap<string, () => Promise<Bytes>>;
}

/**
 * Reads a project as far as it can be judged without its images. Nothing in it is executed, and no name in it becomes
 * a path.
 * @throws HeadwayError `project-unreadable`
 */
export async function readProject(file: Blob): Promise<Project> {
  const files = new Map<string, () => Promise<Bytes>>();
  for (const entry of await directory(file)) files.set(entry.name, () => readEntry(file, entry));
  const manifest = readManifest(await packedFile(files, 'project'));
  const runs: ProjectRun[] = [];
  for (let n = 1; n <= manifest.runs; n++) runs.push(readRun(await packedFile(files, `runs/${n}`)));
  return { manifest, runs, files };
}

export function summaryOf({ manifest, runs }: Project): ProjectSummary {
  const { headway, saved, records, features } = manifest;
  return {
    headway,
    saved,
    images: records.length,
    classes: [...new Set(records.map(({ label }) => label))].sort(),
    runs: runs.length,
    withFeatures: features.length > 0,
  };
}

/**
 * Adds what a project holds to what is here; what is here already stays as it is. An image that is damaged is named in
 * the report and left out. Cancelled or failed, what was added until then stays: opening it again goes on from there.
 * @throws HeadwayError `project-unreadable`, `cancelled`, or a storage error
 */
export async function openProject(
  { manifest, runs, files }: Project,
  stores: ProjectStores,
  control: JobControl,
  onProgress: (progress: Progress) => void,
): Promise<OpenReport> {
  const { records, request } = manifest;
  const damaged: string[] = [];
  const meter = new ProgressMeter(records.length, 'images');
  let images = 0;
  for (let from = 0; from < records.length; from += batchImages) {
    await control.checkpoint();
    const part = records.slice(from, from + batchImages);
    const read = await Promise.all(part.map((record) => imageOf(record, files)));
    part.forEach(({ path }, i) => read[i] ?? damaged.push(path));
    images += (await stores.images.append(read.filter((image) => image !== null))).length;
    onProgress(meter.add(part.length));
  }
  await addFeatures(manifest, files, stores.features, control);
  const here = new Set((await stores.runs.results()).map(({ runId }) => runId));
  const fresh = runs.filter(({ run }) => !here.has(run.result.runId));
  for (const { run, note, tuned } of fresh) {
    if (tuned) await stores.tuned.put(run.spec.weightsDigest, { ...tuned, weights: new Map(tuned.weights) });
    await stores.runs.put(run);
    if (note !== null) await stores.runs.annotate(run.result.runId, note);
  }
  return { images, runs: fresh.length, damaged, request };
}

/** Null where its bytes are not there, or not those that its id names. */
async function imageOf(record: ImageRecord, files: Project['files']): Promise<NewImage | null> {
  try {
    const bytes = await files.get(`images/${record.id}`)?.();
    if (bytes === undefined || (await imageId(bytes)) !== record.id) return null;
    const mime = sniffImage(bytes);
    const small = await files.get(`thumbnails/${record.id}`)?.();
    const kind = small && sniffImage(small);
    if (mime === null) return null;
    const thumbnail = small && kind ? new Blob([small], { type: kind }) : null;
    return { record: { ...record, mime, bytes: bytes.length }, bytes, thumbnail };
  } catch {
    // Damaged in the archive.
    return null;
  }
}

/** Features are a cache: a chunk that is damaged is computed anew when it is wanted. */
async function addFeatures(
  { features }: Manifest,
  files: Project['files'],
  store: FeatureStore,
  control: JobControl,
): Promise<void> {
  for (const [index, { spec, chunks }] of features.entries()) {
    const present = await store.presentIds(spec);
    for (let n = 1; n <= chunks; n++) {
      await control.checkpoint();
      const chunk = await chunkOf(files, `features/${index + 1}/${n}`);
      if (chunk === null) continue;
      const fresh: readonly ImageId[] = chunk.ids.filter((id) => !present.has(id));
      if (fresh.length === chunk.ids.length) await store.put(spec, chunk.ids, chunk.features);
    }
  }
}

async function chunkOf(files: Project['files'], name: string) {
  try {
    return readChunk(await packedFile(files, name));
  } catch {
    return null;
  }
}

async function directory(file: Blob): Promise<ZipEntry[]> {
  try {
    return await readDirectory(file);
  } catch (error) {
    throw projectUnreadable(String(error));
  }
}

/** The data in `<name>.json`, with its arrays in `<name>.bin`. */
async function packedFile(files: Project['files'], name: string): Promise<unknown> {
  try {
    const json = await files.get(`${name}.json`)!();
    const arrays = await files.get(`${name}.bin`)?.();
    return unpack(new TextDecoder().decode(json), arrays ?? new Uint8Array());
  } catch (error) {
    throw projectUnreadable(`${name}: ${String(error)}`);
  }
}
