import { delMany, setMany } from 'idb-keyval';
import { fromFloat16 } from '../bases/formats/halves';
import type { ImageId } from '../data/records';
import { HeadwayError } from '../errors';
import { toFloat16 } from '../export/float16';
import { deletePrefix, guarded, keysWithPrefix, readEach, type Storage } from '../storage';
import { checksummer, isSame } from '../checksum';
import { specKey, type FeatureSpec } from './key';

const root = 'maps/';
const folder = (spec: FeatureSpec) => `${root}${specKey(spec)}/`;
/** What training above a cut reads. */
export type MapUse = Pick<FeatureSpec, 'base' | 'resize' | 'cut'>;

/** One image's map. */
export interface StoredMap {
  readonly spec: FeatureSpec;
  readonly id: ImageId;
}

/** Words of a checksum, which a map ends with. */
const checksumLength = 4;
/** Bytes in one transaction; a failure costs no more. */
const mostBytes = 16 * 2 ** 20;
const largestHalf = 65504;

/** Every float16 as float32; a look-up takes a tenth of the arithmetic's time. */
let table: Float32Array | null = null;

/**
 * The maps of images at a cut, as float16: `maps/<spec>/<image>`. One image a record, since a map is a hundred times a
 * vector (ResNet50 at conv4_block6_out: 14 × 14 × 1024 values, 401 kB) and training asks for images in an order of
 * its own: nothing but what a batch needs is read, and never all of it is in memory. Rounding to float16 changes a
 * value by at most 2⁻¹¹ of itself. Behind the values lies their checksum: a map that the disk has damaged is removed by
 * whoever reads it.
 */
export class MapStore {
  constructor(readonly storage: Storage) {}

  /** The images whose maps are here. */
  async presentIds(spec: FeatureSpec): Promise<Set<ImageId>> {
    const prefix = folder(spec);
    return new Set((await keysWithPrefix(this.storage, prefix)).map((key) => key.slice(prefix.length)));
  }

  /** Stores `maps`, [ids, height · width · channels]. Rejects with `storage-full` and the like. */
  async put(spec: FeatureSpec, ids: readonly ImageId[], maps: Float32Array): Promise<void> {
    if (ids.length === 0) return;
    checkSpec(spec);
    const length = maps.length / ids.length;
    if (!Number.isInteger(length))
      throw new Error(`${maps.length} values do not divide among ${ids.length} images`);
    const checksum = await checksummer();
    const atOnce = Math.max(1, Math.floor(mostBytes / (2 * length)));
    for (let from = 0; from < ids.length; from += atOnce) {
      const entries = ids.slice(from, from + atOnce).map((id, i): [string, Uint16Array] => {
        const map = halves(maps.subarray((from + i) * length, (from + i + 1) * length));
        const sealed = new Uint16Array(length + checksumLength);
        sealed.set(map);
        sealed.set(checksum(map), length);
        return [folder(spec) + id, sealed];
      });
      await guarded(setMany(entries, this.storage));
    }
  }

  /**
   * Maps in the order in which they are wanted: [wanted, length]. Rejects with `features-missing` if one is missing,
   * damaged or of another length.
   */
  async read(wanted: readonly StoredMap[], length: number): Promise<Float32Array> {
    for (const spec of new Set(wanted.map((one) => one.spec))) checkSpec(spec);
    table ??= fromFloat16(Uint16Array.from({ length: 2 ** 16 }, (_, i) => i));
    const checksum = await checksummer();
    const keys = wanted.map(({ spec, id }) => folder(spec) + id);
    const stored = await readEach<Uint16Array>(this.storage, keys);
    const maps = new Float32Array(wanted.length * length);
    const damaged: string[] = [];
    for (const [row, sealed] of stored.entries()) {
      const map = sealed?.subarray(0, length);
      if (
        map === undefined ||
        sealed?.length !== length + checksumLength ||
        !isSame(sealed.subarray(length), checksum(map))
      )
        damaged.push(keys[row]!);
      else for (let i = 0, to = row * length; i < length; i++, to++) maps[to] = table[map[i]!]!;
    }
    if (damaged.length === 0) return maps;
    await guarded(delMany(damaged, this.storage));
    throw missing(damaged);
  }

  remove(spec: FeatureSpec): Promise<void> {
    return deletePrefix(this.storage, folder(spec));
  }

  /** Removes the maps of every spec that `needed` does not name, whatever weights they were made with. */
  async keepOnly(needed: readonly MapUse[]): Promise<void> {
    const keys = await keysWithPrefix(this.storage, root);
    const specs = new Set(keys.map((key) => key.slice(root.length, key.indexOf('/', root.length))));
    for (const spec of specs) {
      const [base, , , resize, cut] = spec.split('.');
      if (!needed.some((use) => use.base === base && use.resize === resize && use.cut === cut))
        await deletePrefix(this.storage, `${root}${spec}/`);
    }
  }

  /** Removes the maps of every spec. */
  clear(): Promise<void> {
    return deletePrefix(this.storage, root);
  }
}

function checkSpec(spec: FeatureSpec): void {
  if (spec.form !== 'map' || spec.numberFormat !== 'float16')
    throw new Error(`${specKey(spec)} is not of maps`);
}

function halves(map: Float32Array): Uint16Array {
  let most = 0;
  for (const value of map) most = Math.max(most, Math.abs(value));
  if (most <= largestHalf) return toFloat16(map);
  throw new HeadwayError({
    code: 'internal',
    message: 'The features at this cut are too large to be kept in 16 bits.',
    advice: 'Cut the base at another stage.',
    details: `${most} is above ${largestHalf}`,
    why: { code: 'maps-overflow' },
  });
}

function missing(keys: readonly string[]): HeadwayError {
  return new HeadwayError({
    code: 'features-missing',
    message: `The feature maps of ${keys.length} images are not stored.`,
    advice: 'Start the run again: what is missing is computed anew.',
    details: keys.slice(0, 5).join(', '),
  });
}
