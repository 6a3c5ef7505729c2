import { makeZip } from 'client-zip';
import { strToU8 } from 'fflate';
import type { ImageStore } from '../data/image-store';
import type { Bytes, ImageId, ImageRecord } from '../data/records';
import type { Sink } from '../export/zip';
import { featureWidth } from '../cuts';
import { specKey, type FeatureSpec } from '../features/key';
import { chunkSize } from '../features/store';
import { ProgressMeter, type JobControl, type Progress } from '../job';
import type { RunRequest } from '../run';
import { pack } from './packed';
import type { ProjectStores } from './read-project';
import { projectVersion, type Manifest, type ProjectRun } from './schema';

export interface SaveOptions {
  /** Bottleneck features of the finished runs, which can be computed anew: larger, and quicker to go on with. */
  readonly features: boolean;
  /** Only these runs, and no image, thumbnail or setting: to share a head. Null: everything. */
  readonly runs: readonly string[] | null;
}

export interface ProjectSettings {
  readonly appVersion: string;
  /** ISO 8601. */
  readonly saved: string;
  readonly request: RunRequest;
}

/** Zip dates are local time without a zone: a constant is the only one that is the same everywhere. */
const lastModified = new Date(1980, 0, 1);

/** A file of a project, in pieces that share memory with what they are made of. */
interface ProjectFile {
  readonly name: string;
  readonly chunks: readonly Uint8Array[];
}

/**
 * Writes a project as a zip without compression (images and weights hardly shrink), larger than 4 GiB where it must be.
 * Each piece is awaited before the next is made, so that no more than one image or chunk is in memory. A shared head
 * still names the images that it was trained on, by digest.
 * @throws HeadwayError `unknown-run`, `evaluation-missing`, `cancelled`, or a storage error
 */
export async function writeProject(
  stores: ProjectStores,
  options: SaveOptions,
  settings: ProjectSettings,
  sink: Sink,
  control: JobControl,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const files = projectFiles(stores, options, settings, onProgress);
  const reader = makeZip(entries(files, control)).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read())
      await sink(next.value as Bytes);
  } finally {
    await reader.cancel();
  }
}

async function* entries(files: AsyncIterable<ProjectFile>, control: JobControl) {
  for await (const { name, chunks } of files) {
    await control.checkpoint();
    const size = chunks.reduce((sum, { length }) => sum + length, 0);
    yield { name, size, lastModified, input: chunks.length === 1 ? chunks[0]! : streamed(chunks) };
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- client-zip takes pieces from asynchronous iterables only
async function* streamed(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function* projectFiles(
  stores: ProjectStores,
  { features, runs: wanted }: SaveOptions,
  { appVersion, saved, request }: ProjectSettings,
  onProgress: (progress: Progress) => void,
): AsyncGenerator<ProjectFile, void, undefined> {
  const everything = wanted === null;
  const notes = await stores.runs.notes();
  const runIds = wanted ?? (await stores.runs.results()).map(({ runId }) => runId);
  const specs = new Map<string, { readonly spec: FeatureSpec; readonly ids: Set<ImageId> }>();
  let n = 0;
  for (const runId of runIds) {
    const { evaluation } = await stores.runs.judged(runId);
    const stored = await stores.runs.get(runId);
    const { spec, result } = stored;
    const { train, validation, test = [] } = result.split;
    const known = specs.get(specKey(spec)) ?? { spec, ids: new Set() };
    for (const id of [...train, ...validation, ...test]) known.ids.add(id);
    specs.set(specKey(spec), known);
    const tuned = await stores.tuned.get(spec.weightsDigest);
    const run: ProjectRun = {
      run: { ...stored, evaluation },
      note: notes.get(runId) ?? null,
      tuned: tuned && { parent: tuned.parent, weights: [...tuned.weights] },
    };
    yield* packedFiles(`runs/${++n}`, run);
  }
  const records = everything ? await stores.images.records() : [];
  const kept = everything && features ? [...specs.values()] : [];
  const listed: { spec: FeatureSpec; chunks: number }[] = [];
  for (const { spec, ids } of kept) {
    const present = await stores.features.presentIds(spec);
    const whole = [...ids].filter((id) => present.has(id));
    const folder = `features/${listed.length + 1}`;
    let chunks = 0;
    for (let from = 0; from < whole.length; from += chunkSize) {
      const part = whole.slice(from, from + chunkSize);
      const values = await stores.features.readMatrix(spec, part, featureWidth(spec.base, spec.cut));
      yield* packedFiles(`${folder}/${++chunks}`, { ids: part, features: values });
    }
    listed.push({ spec, chunks });
  }
  const meter = new ProgressMeter(records.length, 'images');
  for (const record of records) {
    yield* imageFiles(stores.images, record);
    onProgress(meter.add(1));
  }
  yield* packedFiles('project', {
    format: 'headway-project',
    version: projectVersion,
    headway: appVersion,
    saved,
    request: everything ? request : null,
    records,
    runs: n,
    features: listed,
  } satisfies Manifest);
}

/** An image's file as it came, and its thumbnail where it has one of its own. */
async function* imageFiles(images: ImageStore, { id }: ImageRecord): AsyncGenerator<ProjectFile> {
  const bytes = (await images.bytes([id])).get(id);
  if (bytes === undefined) return;
  yield { name: `images/${id}`, chunks: [bytes] };
  const thumbnail = new Uint8Array(await (await images.thumbnail(id)).arrayBuffer());
  if (thumbnail.length < bytes.length) yield { name: `thumbnails/${id}`, chunks: [thumbnail] };
}

function* packedFiles(name: string, value: unknown): Generator<ProjectFile> {
  const { json, chunks } = pack(value);
  yield { name: `${name}.json`, chunks: [strToU8(json)] };
  if (chunks.length > 0) yield { name: `${name}.bin`, chunks };
}
