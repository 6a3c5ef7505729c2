import { augmentAll } from '../data/augment';
import type { ImageId } from '../data/records';
import { inputCut } from '../nets/graph';
import type { RunRequest } from '../run';
import type { FeatureSpec } from './key';

/** What says how many copies of a training image there are, and how they are drawn. */
export type Copying = Pick<RunRequest, 'copies' | 'augmentation' | 'seed'>;

/**
 * The specs that training images are stored under: `spec` itself, the picture as it is, and one for each further copy,
 * which is another draw of the augmentation. A base that is cut at its input stores nothing, and draws every epoch.
 */
export function copySpecs(spec: FeatureSpec, { copies = 1, augmentation, seed }: Copying): FeatureSpec[] {
  if (copies === 1 || !augmentation || spec.cut === inputCut) return [spec];
  const { flip, crop, colour } = augmentation;
  const further = Array.from({ length: copies - 1 }, (_, i) => ({
    ...spec,
    copy: { draw: i + 1, seed, augmentation: { flip, crop, colour } },
  }));
  return [spec, ...further];
}

/** Squares as a copy has them, changed in place. `squares`: [ids, inputSize, inputSize, 3] RGB. */
export function drawCopies(squares: Uint8Array, ids: readonly ImageId[], spec: FeatureSpec): Uint8Array {
  const { copy, inputSize } = spec;
  if (copy !== undefined) augmentAll(squares, inputSize, ids, copy.augmentation, copy);
  return squares;
}
