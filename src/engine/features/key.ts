import type { Augmentation } from '../data/augment';
import type { InputSpec, ResizeMode } from '../data/records';
import type { BaseId } from '../nets';

/** Everything that changes a feature's value, the image aside: what changes a value changes the key. */
export interface FeatureSpec {
  readonly base: BaseId;
  /** SHA-256 of the base's weights (`bases/digest.ts`). */
  readonly weightsDigest: string;
  /** Pixels a side. */
  readonly inputSize: number;
  readonly resize: ResizeMode;
  /** The stage whose output is kept: a vector, or a map averaged over its height and width. */
  readonly cut: string;
  readonly numberFormat: 'float32' | 'float16';
  /** Left out: the vector. `map`: [height, width, channels] as it stands (`map-store.ts`). */
  readonly form?: 'map';
  /** Left out: of the picture as it is. Otherwise of one draw of an augmentation (`copies.ts`). */
  readonly copy?: { readonly draw: number; readonly seed: number; readonly augmentation: Augmentation };
}

/**
 * A spec as one segment of a storage key: `resnet50.00f202cf05e407b1.224.stretch.avg_pool.float32`. Sixteen digits of
 * the digest are 64 bits: enough to tell a handful of weight files apart.
 */
export function specKey(spec: FeatureSpec): string {
  const { base, weightsDigest, inputSize, resize, cut, numberFormat, form, copy } = spec;
  const parts = [base, weightsDigest.slice(0, 16), inputSize, resize, cut, numberFormat];
  return [...parts, ...(form === undefined ? [] : [form]), ...(copy ? [copyKey(copy)] : [])].join('.');
}

/** `copy-2-seed-42-flip-crop-0.2-colour-0.1` */
function copyKey({ draw, seed, augmentation }: NonNullable<FeatureSpec['copy']>): string {
  const { flip, crop, colour } = augmentation;
  return `copy-${draw}-seed-${seed}${flip ? '-flip' : ''}-crop-${crop}-colour-${colour}`;
}

/** What a key of vectors says; its digest is the first sixteen digits only, which is all that a key needs. */
export function specOf(key: string): FeatureSpec | null {
  const [base, weightsDigest, inputSize, resize, cut, numberFormat, ...more] = key.split('.');
  if (cut === undefined || numberFormat !== 'float32' || more.length > 0) return null;
  const spec = { base, weightsDigest, inputSize: Number(inputSize), resize, cut, numberFormat };
  return spec as FeatureSpec;
}

/** How the squares must look that go with a spec. */
export function inputOf({ inputSize, resize }: FeatureSpec): InputSpec {
  return { size: inputSize, resize };
}
