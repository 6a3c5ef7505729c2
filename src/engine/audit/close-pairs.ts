import type { JobControl } from '../job';

export interface ClosePair {
  readonly a: number;
  readonly b: number;
  /** Cosine of the angle between them. */
  readonly similarity: number;
}

/** Values of a row that are compared before asking whether it is far enough already. */
const block = 16;
/** Milliseconds of work between two checkpoints. */
const stretch = 30;

/**
 * All pairs of rows, [n, width], each of length 1, whose cosine is at least `least`. Exact, and far from n² · width: by
 * |x − y|² = 2 − 2 cos, a sum of squares that only grows, most pairs are out after a small part of the row, the more so
 * since the values that vary most come first.
 */
export async function closePairs(
  rows: Float32Array,
  width: number,
  least: number,
  control: JobControl,
): Promise<ClosePair[]> {
  const n = rows.length / width;
  const sorted = mostVaryingFirst(rows, width);
  // Rounding in float32 may have made a row a little longer or shorter.
  const far = 2 - 2 * least + 1e-6;
  const found: ClosePair[] = [];
  let since = performance.now();
  for (let a = 1; a < n; a++) {
    for (let b = 0; b < a; b++) {
      let squares = 0;
      for (let i = a * width, j = b * width, end = i + width; i < end && squares <= far;)
        for (const stop = Math.min(i + block, end); i < stop; i++, j++) {
          const difference = sorted[i]! - sorted[j]!;
          squares += difference * difference;
        }
      if (squares <= far) found.push({ a: b, b: a, similarity: 1 - squares / 2 });
    }
    if (performance.now() - since < stretch) continue;
    await control.checkpoint();
    since = performance.now();
  }
  return found;
}

function mostVaryingFirst(rows: Float32Array, width: number): Float32Array {
  const n = rows.length / width;
  const [sums, squares] = [new Float64Array(width), new Float64Array(width)];
  for (let from = 0; from < rows.length; from += width)
    for (let i = 0; i < width; i++) {
      const value = rows[from + i]!;
      sums[i]! += value;
      squares[i]! += value * value;
    }
  const variance = squares.map((square, i) => square - sums[i]! ** 2 / Math.max(n, 1));
  const order = Uint32Array.from(variance, (_, i) => i).sort((p, q) => variance[q]! - variance[p]!);
  const sorted = new Float32Array(rows.length);
  for (let from = 0; from < rows.length; from += width)
    for (let i = 0; i < width; i++) sorted[from + i] = rows[from + order[i]!]!;
  return sorted;
}
