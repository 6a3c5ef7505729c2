import type { FrozenBase } from '../bases/frozen-base';
import type { ImageId } from '../data/records';
import type { FeatureSpec } from '../features/key';
import type { MapStore } from '../features/map-store';

/** Where a tail's inputs come from: a batch at a time, never all at once. */
export interface MapSource {
  /** [height, width, channels] of one image at the cut. */
  readonly shape: readonly [number, number, number];
  /** [images, height, width, channels] of examples by their row. */
  read(rows: ArrayLike<number>): Promise<Float32Array>;
}

/** Examples whose features are maps at a cut. */
export interface MapExamples {
  readonly maps: MapSource;
  /** [n]; 0 … classes − 1. */
  readonly labels: Uint16Array;
}

/** Maps that were stored once: the frozen part never runs again. */
export function storedMaps(
  store: MapStore,
  spec: FeatureSpec,
  ids: readonly ImageId[],
  shape: MapSource['shape'],
): MapSource {
  const length = shape.reduce((product, side) => product * side, 1);
  return {
    shape,
    read: (rows) =>
      store.read(
        spec,
        Array.from(rows, (row) => ids[row]!),
        length,
      ),
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
