import { cutOf, featureWidth } from '../cuts';
import type { ImageId } from '../data/records';
import { specOf, type FeatureSpec } from '../features/key';
import type { FeatureStore } from '../features/store';
import { nets, type BaseId } from '../nets';

/** What cosines between two images' bottleneck features mean. */
export interface Scale {
  /** Below: two pictures, whatever their hashes say. */
  readonly apart: number;
  /** From here on: one picture most likely, whatever their hashes say. */
  readonly alike: number;
}

/**
 * Measured with ResNet50's published weights on CIFAR-10's images at 224 pixels with Keras; the browser
 * (`feature-similarity.browser.test.ts`) finds the same to three digits of the hash's pairs that it looks at. Cosines:
 * - copies of 40 images, least / median: JPEG of quality 0.9 0.913 / 0.956, 0.7 0.823 / 0.901, 0.5 0.715 / 0.875;
 *   mirrored 0.950 / 0.970; 5 % larger 0.974 / 0.987, smaller 0.969 / 0.982 (as a canvas draws them, of 12 images:
 *   0.956 / 0.976 and 0.899 / 0.966);
 * - 120 of the 491 pairs that the hash finds among all 60,000 images, the lowest looked at: two pairs of different
 *   aeroplanes in the sky 0.495 and 0.623; pictures that are there twice, from a recoloured cat at 0.701 upwards, the
 *   next at 0.815, median 0.961. Hence `apart`;
 * - different images of a class: median 0.622, 99 in 100 below 0.809; of two classes: 0.527 and 0.718;
 * - the 4.6 million pairs of 3,040 images: eight reach 0.95, none of them found by the hash, and all eight are one
 *   picture cut in two ways, or the same make of car in the same pose; 40 reach 0.90, many of them different cars on
 *   white. Hence `alike`, at which most mirrored and resized copies and half of those in JPEG 0.9 are found.
 *
 * By the first sixteen digits of the weights' digest: other weights, those that a run has trained above all, have
 * another scale. VGG16 and InceptionV3 have not been measured so.
 */
export const scales: Readonly<Record<string, Scale & { readonly base: BaseId }>> = {
  '00f202cf05e407b1': { base: 'resnet50', apart: 0.65, alike: 0.95 },
};

/** Features that images can be compared by. */
export interface Comparable {
  readonly spec: FeatureSpec;
  readonly scale: Scale;
  /** Of the base. */
  readonly title: string;
  readonly width: number;
  /** The images that have some. */
  readonly present: ReadonlySet<ImageId>;
}

/** Of the stored features whose scale is known, those that most of `wanted` have; null: none of them has any. */
export async function comparable(
  store: FeatureStore,
  wanted: readonly ImageId[],
): Promise<Comparable | null> {
  let best: Comparable | null = null;
  let most = 0;
  for (const { key } of await store.list()) {
    const spec = specOf(key);
    if (spec === null || !Object.hasOwn(scales, spec.weightsDigest)) continue;
    const scale = scales[spec.weightsDigest]!;
    if (spec.base !== scale.base || spec.cut !== cutOf({}, spec.base)) continue;
    const present = await store.presentIds(spec);
    const has = wanted.filter((id) => present.has(id)).length;
    if (has <= most) continue;
    most = has;
    const width = featureWidth(spec.base, spec.cut);
    best = { spec, scale, title: nets[spec.base].title, width, present };
  }
  return best;
}

/** The rows of `ids`, each of length 1 (or 0, of an image that the base saw nothing in): [ids, width]. */
export async function unitRows(
  store: FeatureStore,
  { spec, width }: Comparable,
  ids: readonly ImageId[],
): Promise<Float32Array> {
  const rows = await store.readMatrix(spec, ids, width);
  for (let from = 0; from < rows.length; from += width) {
    const row = rows.subarray(from, from + width);
    let sum = 0;
    for (const value of row) sum += value * value;
    const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
    for (let i = 0; i < width; i++) row[i]! *= scale;
  }
  return rows;
}

/** Of two rows of length 1. */
export function rowCosine(rows: Float32Array, width: number, a: number, b: number): number {
  let sum = 0;
  for (let i = a * width, j = b * width, end = i + width; i < end; i++, j++) sum += rows[i]! * rows[j]!;
  return sum;
}
