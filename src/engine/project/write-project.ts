import { strToU8 } from 'fflate';
import type { ImageStore } from '../data/image-store';
import type { ImageId, ImageRecord } from '../data/records';
import type { PackageFile } from '../export/model';
import { featureWidth } from '../cuts';
import { specKey, type FeatureSpec } from '../features/key';
import { chunkSize } from '../features/store';
import type { RunRequest } from '../run';
import { pack } from './packed';
import type { ProjectStores } from './read-project';
import { projectVersion, type Manifest, type ProjectRun } from './schema';

export interface ProjectOptions {
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

/**
 * The files of a project, one after the other, so that no more than one image or chunk is in memory. A shared head
 * still names the images that it was trained on, by digest.
 * @throws HeadwayError `unknown-run`, or a storage error
 */
export async function* projectFiles(
  stores: ProjectStores,
  { features, runs: wanted }: ProjectOptions,
  { appVersion, saved, request }: ProjectSettings,
): AsyncGenerator<PackageFile, void, undefined> {
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
    const run: ProjectRun = { run: { ...stored, evaluation }, note: notes.get(runId) ?? null };
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
  for (const record of records) yield* imageFiles(stores.images, record);
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
async function* imageFiles(images: ImageStore, { id }: ImageRecord): AsyncGenerator<PackageFile> {
  const bytes = (await images.bytes([id])).get(id);
  if (bytes === undefined) return;
  yield { name: `images/${id}`, chunks: [bytes], deflate: false };
  const thumbnail = new Uint8Array(await (await images.thumbnail(id)).arrayBuffer());
  if (thumbnail.length < bytes.length)
    yield { name: `thumbnails/${id}`, chunks: [thumbnail], deflate: false };
}

function* packedFiles(name: string, value: unknown): Generator<PackageFile> {
  const { json, chunks } = pack(value);
  yield { name: `${name}.json`, chunks: [strToU8(json)], deflate: true };
  if (chunks.length > 0) yield { name: `${name}.bin`, chunks, deflate: false };
}
