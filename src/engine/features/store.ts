import { delMany, getMany, setMany } from 'idb-keyval';
import { HeadwayError } from '../errors';
import type { ImageId } from '../data/records';
import { deletePrefix, guarded, keysWithPrefix, readEach, type Storage } from '../storage';
import { checksummer, isSame } from '../checksum';
import { specKey, type FeatureSpec } from './key';

/** Images a chunk: random access stays near a millisecond, and a matrix reads at several hundred MB/s. */
export const chunkSize = 64;
/** Chunks read at once: 16 MB of 2048 values an image. */
const chunksAtOnce = 32;

const root = 'features/';
const idsSuffix = '/ids';
const folder = (spec: FeatureSpec) => `${root}${specKey(spec)}/`;

export interface StoredFeatures {
  /** As `specKey` gives it. */
  readonly key: string;
  readonly images: number;
}

/** Beside a chunk. */
export interface ChunkIndex {
  readonly ids: readonly ImageId[];
  /** Of its values; null: written before there were checksums. */
  readonly checksum: Uint16Array | null;
}

/** A chunk that holds wanted images. */
export interface LocatedChunk extends Pick<ChunkIndex, 'checksum'> {
  readonly key: string;
  /** Where in the chunk they lie. */
  readonly places: readonly number[];
  /** Which of the wanted images they are. */
  readonly rows: readonly number[];
  /** All images of the chunk. */
  readonly images: number;
}

/**
 * The bottleneck features of images, in the one database: `features/<spec>/<chunk>` holds the vectors of up to 64
 * images one after the other, `features/<spec>/<chunk>/ids` says which images. Both are written in one transaction:
 * a chunk is whole or absent. Should the disk have damaged one all the same, whoever reads it removes it, so that the
 * next extraction makes it anew. Chunks have random names, so that two writers never meet; an image that both wrote
 * is in the store twice and read once.
 */
export class FeatureStore {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** The images whose features are here. */
  async presentIds(spec: FeatureSpec): Promise<Set<ImageId>> {
    return new Set((await this.#chunks(folder(spec))).flatMap(({ ids }) => ids));
  }

  /** Stores `features`, [ids, width], in one transaction. Rejects with `storage-full` and the like. */
  async put(spec: FeatureSpec, ids: readonly ImageId[], features: Float32Array): Promise<void> {
    if (ids.length === 0) return;
    const width = features.length / ids.length;
    if (!Number.isInteger(width))
      throw new Error(`${features.length} values do not divide among ${ids.length} images`);
    const checksum = await checksummer();
    const entries: [string, unknown][] = [];
    for (let from = 0; from < ids.length; from += chunkSize) {
      const part = ids.slice(from, from + chunkSize);
      const name = folder(spec) + randomName();
      // A copy of its own: a view would take its whole buffer into the database.
      const values = features.slice(from * width, (from + part.length) * width);
      entries.push([name, values]);
      entries.push([name + idsSuffix, { ids: part, checksum: checksum(values) } satisfies ChunkIndex]);
    }
    await guarded(setMany(entries, this.#storage));
  }

  /** The features of `ids`, in their order: [ids, width]. Rejects if one is missing or has another width. */
  async readMatrix(spec: FeatureSpec, ids: readonly ImageId[], width: number): Promise<Float32Array> {
    const matrix = new Float32Array(ids.length * width);
    await this.readInto(matrix, spec, ids, width);
    return matrix;
  }

  /** The same into an array that is there, from its start. */
  async readInto(
    matrix: Float32Array,
    spec: FeatureSpec,
    ids: readonly ImageId[],
    width: number,
  ): Promise<void> {
    /** Rows of the matrix by image; the same image may be wanted more than once. */
    const rows = new Map<ImageId, number[]>();
    for (const [row, id] of ids.entries()) rows.set(id, [...(rows.get(id) ?? []), row]);
    await this.visit(spec, ids, width, (id, features) => {
      for (const row of rows.get(id)!) matrix.set(features, row * width);
    });
  }

  /**
   * Where the features of `ids` lie, each image once; for those who read chunk by chunk, in an order of their own.
   * Rejects if one is missing.
   */
  async locate(spec: FeatureSpec, ids: readonly ImageId[]): Promise<LocatedChunk[]> {
    const rowOf = new Map(ids.map((id, row) => [id, row]));
    const located: LocatedChunk[] = [];
    for (const { key, ids: stored, checksum } of await this.#chunks(folder(spec))) {
      const places = [...stored.keys()].filter((place) => rowOf.has(stored[place]!));
      const rows = places.map((place) => rowOf.get(stored[place]!)!);
      // The next chunk that has it as well is not asked.
      for (const place of places) rowOf.delete(stored[place]!);
      if (places.length > 0) located.push({ key, places, rows, images: stored.length, checksum });
    }
    if (rowOf.size > 0) throw missing([...rowOf.keys()], specKey(spec));
    return located;
  }

  /** The vectors of whole chunks, [images, width] each. Rejects if one is gone, damaged or of another width. */
  async readChunks(chunks: readonly LocatedChunk[], width: number): Promise<Float32Array[]> {
    const values = await this.#whole(chunks, width);
    return values.map((value, i) => {
      const { key } = chunks[i]!;
      if (value === null) throw missing([key], key);
      return value;
    });
  }

  /**
   * Shows the features of each of `ids` once, in whatever order they are stored, a few chunks in memory at a time;
   * the array shown is not to be kept. Rejects with `features-missing` if one is missing, damaged or of another
   * width.
   */
  async visit(
    spec: FeatureSpec,
    ids: readonly ImageId[],
    width: number,
    show: (id: ImageId, features: Float32Array) => void,
  ): Promise<void> {
    const left = new Set(ids);
    const chunks = await this.#chunks(folder(spec));
    const useful = chunks.filter((chunk) => chunk.ids.some((id) => left.has(id)));
    for (let from = 0; from < useful.length && left.size > 0; from += chunksAtOnce) {
      const group = useful.slice(from, from + chunksAtOnce);
      const values = await this.#whole(group, width);
      for (const [i, chunk] of group.entries()) {
        const features = values[i];
        if (!features) continue;
        for (const [k, id] of chunk.ids.entries())
          if (left.delete(id)) show(id, features.subarray(k * width, (k + 1) * width));
      }
    }
    if (left.size > 0) throw missing([...left], specKey(spec));
  }

  /** What is stored, by spec. */
  async list(): Promise<StoredFeatures[]> {
    const images = new Map<string, number>();
    for (const { key, ids } of await this.#chunks(root)) {
      const spec = key.slice(root.length).split('/')[0]!;
      images.set(spec, (images.get(spec) ?? 0) + ids.length);
    }
    return Array.from(images, ([key, count]) => ({ key, images: count }));
  }

  remove(spec: FeatureSpec): Promise<void> {
    return deletePrefix(this.#storage, folder(spec));
  }

  /** Removes the features of every spec. */
  clear(): Promise<void> {
    return deletePrefix(this.#storage, root);
  }

  /** The values of chunks; null for one that is damaged, which is removed. */
  async #whole(
    chunks: readonly {
      readonly key: string;
      readonly images: number;
      readonly checksum: Uint16Array | null;
    }[],
    width: number,
  ): Promise<(Float32Array | null)[]> {
    const checksum = await checksummer();
    const values = await readEach<Float32Array>(
      this.#storage,
      chunks.map(({ key }) => key),
    );
    const whole = values.map((value, i) => {
      const { images, checksum: kept } = chunks[i]!;
      const isWhole = value?.length === images * width && (kept === null || isSame(kept, checksum(value)));
      return isWhole ? value : null;
    });
    const damaged = chunks.filter((_, i) => whole[i] === null).flatMap(({ key }) => [key, key + idsSuffix]);
    if (damaged.length > 0) await guarded(delMany(damaged, this.#storage));
    return whole;
  }

  /** Those of which both halves are there. */
  async #chunks(prefix: string): Promise<({ readonly key: string; readonly images: number } & ChunkIndex)[]> {
    const keys = new Set(await keysWithPrefix(this.#storage, prefix));
    const names = [...keys].filter((key) => !key.endsWith(idsSuffix) && keys.has(key + idsSuffix));
    const indices = await guarded(
      getMany<ChunkIndex | undefined>(
        names.map((key) => key + idsSuffix),
        this.#storage,
      ),
    );
    // A chunk that was removed since it was listed is not there.
    return names.flatMap((key, i) => {
      const index = indices[i];
      return index === undefined ? [] : [{ key, ...index, images: index.ids.length }];
    });
  }
}

/** 96 random bits; `crypto.randomUUID` is missing on plain http. */
function randomName(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(3)), (word) => word.toString(36)).join('-');
}

function missing(ids: readonly ImageId[], key: string): HeadwayError {
  return new HeadwayError({
    code: 'features-missing',
    message: `The features of ${ids.length} images are not stored.`,
    advice: 'Start the run again: what is missing is computed anew.',
    details: `${key}: ${ids.slice(0, 5).join(', ')}`,
  });
}
