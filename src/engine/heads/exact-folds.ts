import { Random } from '../random';

/** As `stratifiedFolds`, for images that follow each other `copies` times: all copies of one are in one fold. */
export function foldsOfCopies(labels: Uint16Array, folds: number, seed: number, copies: number): Uint8Array {
  const images = labels.length / copies;
  const fold = stratifiedFolds(labels.subarray(0, images), Math.min(folds, images), seed);
  return Uint8Array.from(labels, (_, i) => fold[i % images]!);
}

/**
 * Which of `folds` groups each example belongs to, [n]: stratified, so that the counts of a class in two folds differ
 * by one at most; dealt on from class to class, so that the folds' sizes do too.
 */
export function stratifiedFolds(labels: Uint16Array, folds: number, seed: number): Uint8Array {
  const random = new Random(seed, 'folds');
  const order = random.shuffle(Uint32Array.from(labels, (_, i) => i)).sort((a, b) => labels[a]! - labels[b]!);
  const fold = new Uint8Array(labels.length);
  for (const [rank, index] of order.entries()) fold[index] = rank % folds;
  return fold;
}
