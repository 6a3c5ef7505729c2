import { checksummer, isSame } from '../checksum';
import { readEach, type Storage } from '../storage';
import type { Bytes, ImageId, InputSpec } from './records';

/**
 * What a base will ask for, made while import has the image decoded anyway and kept beside the file: decoding and
 * shrinking a photograph takes longer than a base's pass over it.
 */
export interface Square {
  readonly spec: InputSpec;
  /** [size, size, 3] RGB, exactly as they would come from the file. */
  readonly pixels: Bytes;
}

/** As it is stored. */
interface SealedSquare {
  readonly pixels: Bytes;
  readonly checksum: Uint16Array;
}

/** Width × height from which squares are kept: a smaller image decodes in a tenth of a base's time. */
export const slowPixels = 1e6;

export const squaresPrefix = 'square/';

/** Where all squares of an image lie. */
export const squaresOf = (id: ImageId): string => `${squaresPrefix}${id}/`;

const keyOf = (id: ImageId, { size, resize }: InputSpec) => `${squaresOf(id)}${size}.${resize}`;

/** How many bytes lie under a key. */
export const squareBytes = (key: string): number => 3 * parseInt(key.slice(key.lastIndexOf('/') + 1)) ** 2;

/** Records to be stored, by their keys. */
export async function sealSquares(
  id: ImageId,
  squares: readonly Square[],
): Promise<readonly (readonly [key: string, SealedSquare])[]> {
  const checksum = await checksummer();
  return squares.map(({ spec, pixels }) => [keyOf(id, spec), { pixels, checksum: checksum(pixels) }]);
}

/** Those that are stored and undamaged: the others have to come from their files. Throws a storage error. */
export async function storedSquares(
  storage: Storage,
  ids: readonly ImageId[],
  spec: InputSpec,
): Promise<Map<ImageId, Bytes>> {
  const checksum = await checksummer();
  const keys = ids.map((id) => keyOf(id, spec));
  const stored = await readEach<SealedSquare>(storage, keys);
  const found = new Map<ImageId, Bytes>();
  ids.forEach((id, i) => {
    const square = stored[i];
    if (square && isSame(square.checksum, checksum(square.pixels))) found.set(id, square.pixels);
  });
  return found;
}
