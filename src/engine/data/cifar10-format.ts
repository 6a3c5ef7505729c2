import type { Bytes, Share } from './records';

/** CIFAR-10 (Krizhevsky 2009): 60,000 images of 32 × 32 RGB in ten classes, in the order of its labels 0 … 9. */
export const cifar10Classes = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
] as const;

export const imageSide = 32;
/** Of one image, a plane a colour. */
export const imagePixels = imageSide ** 2;
export const imageBytes = 3 * imagePixels;
/** Images in each of its five training batches and in its test batch. */
export const batchImages = 10_000;

/** Where an image lies in CIFAR-10: in the training set (0 … 49,999) or in the test set (0 … 9,999). */
export interface Place {
  readonly set: 'train' | 'test';
  readonly index: number;
}

/** The path that an image gets in our data set: the same wherever it comes from. `label` is 0 … 9. */
export function pathOf(share: Share, label: number, index: number): string {
  return `cifar10/${share}/${cifar10Classes[label]!}/${index}.png`;
}

/**
 * One image as a PNG. Stored rather than deflated: noise of this size hardly shrinks, and the bytes, which are what
 * an image is to the feature store, then do not depend on the version of a compressor.
 * @param rgb [32, 32, 3]
 */
export async function pngOf(rgb: Uint8Array): Promise<Bytes> {
  const { encode } = await import('fast-png');
  const image = { width: imageSide, height: imageSide, channels: 3, depth: 8, data: rgb } as const;
  // Copied: the encoder's buffer is larger than what it wrote, and storage would keep all of it.
  return new Uint8Array(encode(image, { zlib: { level: 0 } }));
}

/** What `pngOf` makes: signature, three chunks, and a zlib stream of one stored block. */
export const pngBytes = 8 + 25 + 12 + (2 + 5 + (imageBytes + imageSide) + 4) + 12;
