import { Random } from '../random';

/** A subset has at least so many images of a class on average. */
const leastPerClass = 2;
const mostHalvings = 7;

/**
 * How many training images the points of a learning curve have, ascending: all of them, three quarters, and half again
 * and again down to two a class; so that each step but the last is a doubling.
 */
export function subsetSizes(images: number, classes: number): number[] {
  const sizes = [images, Math.round(0.75 * images)];
  for (let k = 1; k <= mostHalvings; k++) sizes.push(Math.round(images / 2 ** k));
  const least = Math.min(images, leastPerClass * classes);
  return [...new Set(sizes)].filter((size) => size >= least).sort((a, b) => a - b);
}

/**
 * An order of the examples whose first m are a stratified sample, whatever m, and contain those for each smaller m;
 * each class comes once before any comes twice.
 */
export function nestedOrder(labels: Uint16Array, seed: number): Uint32Array {
  const random = new Random(seed, 'subsets');
  const shuffled = random.shuffle(Uint32Array.from(labels, (_, i) => i));
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const seen = new Map<number, number>();
  const keys = new Float64Array(labels.length);
  for (const row of shuffled) {
    const label = labels[row]!;
    const before = seen.get(label) ?? 0;
    seen.set(label, before + 1);
    // The k-th of n of a class belongs at (k + u) / n of the way.
    keys[row] = before === 0 ? -random.uniform() : (before + random.uniform()) / counts.get(label)!;
  }
  return shuffled.sort((a, b) => keys[a]! - keys[b]!);
}
