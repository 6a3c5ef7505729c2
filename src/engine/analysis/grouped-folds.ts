import { Random } from '../random';

/**
 * Which of `folds` parts each example belongs to, [n]: whole groups (near-duplicates) only, so that no example is
 * judged by a fit that has seen its twin. Stratified: each unit goes where its first example's class is rarest, and
 * among such parts to the smallest. Without groups the counts of a class in two parts differ by one at most.
 * @param groups rows of `labels`; an example in none is a unit of its own
 */
export function groupedFolds(
  labels: Uint16Array,
  groups: readonly (readonly number[])[],
  folds: number,
  seed: number,
): Uint8Array {
  const unitOf = new Map<number, readonly number[]>();
  for (const group of groups) for (const row of group) unitOf.set(row, group);
  const order = new Random(seed, 'folds').shuffle(Uint32Array.from(labels, (_, row) => row));
  const units = Array.from(order, (row) => unitOf.get(row) ?? [row]);
  const first = [...new Set(units)];
  // Large ones first, while there is still room to even out; the rest class by class.
  first.sort((a, b) => b.length - a.length || labels[a[0]!]! - labels[b[0]!]!);
  const perClass = Array.from({ length: folds }, () => new Map<number, number>());
  const sizes = new Uint32Array(folds);
  const fold = new Uint8Array(labels.length);
  for (const unit of first) {
    const label = labels[unit[0]!]!;
    const has = (f: number) => perClass[f]!.get(label) ?? 0;
    let best = 0;
    for (let f = 1; f < folds; f++)
      if (has(f) < has(best) || (has(f) === has(best) && sizes[f]! < sizes[best]!)) best = f;
    for (const row of unit) {
      fold[row] = best;
      perClass[best]!.set(labels[row]!, (perClass[best]!.get(labels[row]!) ?? 0) + 1);
    }
    sizes[best]! += unit.length;
  }
  return fold;
}
