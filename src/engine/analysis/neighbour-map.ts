import type { Pace } from '../heads/pace';
import { Random } from '../random';

/** As in the paper's software (McInnes, Healy and Melville 2018). */
const neighbours = 15;
const minDist = 0.1;

/** Neighbours of each row, itself first, nearest first. */
interface Neighbourhoods {
  readonly indices: number[][];
  readonly distances: number[][];
}

/**
 * UMAP (McInnes, Healy and Melville 2018; umap-js) of rows [n, d] to [n, 2]: rows that are near stay near, far ones
 * mean little. The neighbours are found exactly, between checkpoints, so that no step holds its worker up for long.
 * Seeded: the same rows give the same map. `onProgress` is told the share that is done. Rejects with `cancelled`.
 */
export async function neighbourMap(
  rows: Float32Array,
  d: number,
  seed: number,
  pace: Pace,
  onProgress: (done: number) => void = () => undefined,
): Promise<Float32Array> {
  const n = rows.length / d;
  // umap-js cannot lay out next to nothing.
  if (n <= 3) return Float32Array.from({ length: 2 * n }, (_, i) => (i % 2 === 0 ? i / 2 : 0));
  const { UMAP } = await import('umap-js');
  const k = Math.min(neighbours, n - 1);
  const found = await exactNeighbours(rows, d, k, pace, (done) => onProgress(0.3 * done));
  const random = new Random(seed, 'umap');
  const umap = new UMAP({ nComponents: 2, nNeighbors: k, minDist, random: () => random.uniform() });
  umap.setPrecomputedKNN(found.indices, found.distances);
  const epochs = umap.initializeFit(
    Array.from({ length: n }, (_, i) => Array.from(rows.subarray(i * d, (i + 1) * d))),
  );
  for (let epoch = 1; epoch <= epochs; epoch++) {
    umap.step();
    await pace.breathe();
    onProgress(0.3 + (0.7 * epoch) / epochs);
  }
  const xy = new Float32Array(2 * n);
  for (const [i, point] of umap.getEmbedding().entries()) xy.set(point, 2 * i);
  return xy;
}

/** The k nearest rows of each row by Euclidean distance, the row itself among them. */
export async function exactNeighbours(
  rows: Float32Array,
  d: number,
  k: number,
  pace: Pace,
  onProgress: (done: number) => void = () => undefined,
): Promise<Neighbourhoods> {
  const n = rows.length / d;
  const indices: number[][] = [];
  const distances: number[][] = [];
  for (let i = 0; i < n; i++) {
    const near: { readonly j: number; readonly square: number }[] = [{ j: i, square: 0 }];
    let worst = Infinity;
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      let square = 0;
      for (let c = 0, a = i * d, b = j * d; c < d && square < worst; c++, a++, b++)
        square += (rows[a]! - rows[b]!) ** 2;
      if (square >= worst) continue;
      let at = near.length;
      while (at > 1 && near[at - 1]!.square > square) at--;
      near.splice(at, 0, { j, square });
      if (near.length > k) near.pop();
      if (near.length === k) worst = near.at(-1)!.square;
    }
    indices.push(near.map(({ j }) => j));
    distances.push(near.map(({ square }) => Math.sqrt(square)));
    await pace.breathe();
    if (i % 50 === 0) onProgress(i / n);
  }
  return { indices, distances };
}
