import type { FrozenBase } from '../bases/frozen-base';
import { augmentAll, type Augmentation } from '../data/augment';
import type { ImageId } from '../data/records';
import type { FeatureSpec } from '../features/key';
import type { MapStore } from '../features/map-store';
import type { Net } from '../nets/graph';
import { preprocess } from '../nets/preprocess';

/** Where a tail's inputs come from: a batch at a time, never all at once. */
export interface MapSource {
  /** [height, width, channels] of one image at the cut. */
  readonly shape: readonly [number, number, number];
  /**
   * [images, height, width, channels] of examples by their row; where pictures are changed at random each epoch, as the
   * `epoch` (from 1) draws them. Left out: as they are.
   */
  read(rows: ArrayLike<number>, epoch?: number): Promise<Float32Array>;
}

/** Examples whose features are maps at a cut. */
export interface MapExamples {
  readonly maps: MapSource;
  /** [n]; 0 … classes − 1. */
  readonly labels: Uint16Array;
}

/**
 * Maps that were stored once: the frozen part never runs again. With the specs of several copies, rows go through all
 * images of the first, then of the next.
 */
export function storedMaps(
  store: MapStore,
  specs: readonly FeatureSpec[],
  ids: readonly ImageId[],
  shape: MapSource['shape'],
): MapSource {
  const length = shape.reduce((product, side) => product * side, 1);
  const n = ids.length;
  return {
    shape,
    read: (rows) =>
      store.read(
        Array.from(rows, (row) => ({ spec: specs[Math.floor(row / n)]!, id: ids[row % n]! })),
        length,
      ),
  };
}

/**
 * The pictures themselves, for a base that is cut at its input: nothing can be stored, so each epoch has them decoded
 * and, for training, changed anew.
 * @param squares [ids, size, size, 3] RGB
 */
export function pictures(
  net: Net,
  size: number,
  ids: readonly ImageId[],
  squares: (ids: readonly ImageId[]) => Promise<Uint8Array>,
  changes: { readonly augmentation: Augmentation; readonly seed: number } | null,
): MapSource {
  return {
    shape: [size, size, 3],
    async read(rows, epoch) {
      const wanted = Array.from(rows, (row) => ids[row]!);
      const all = await squares(wanted);
      if (changes !== null && epoch !== undefined)
        augmentAll(all, size, wanted, changes.augmentation, { seed: changes.seed, draw: epoch });
      return preprocess(net.preprocessing, all);
    },
  };
}

/** Maps made anew each time by the frozen part, from squares [n, side, side, 3]. */
export function computedMaps(
  base: FrozenBase,
  cut: string,
  shape: MapSource['shape'],
  squares: (rows: ArrayLike<number>) => Promise<Uint8Array>,
): MapSource {
  return {
    shape,
    async read(rows) {
      const [maps] = await base.outputs(await squares(rows), rows.length, [{ cut, form: 'map' }]);
      return maps!;
    },
  };
}
