/**
 * How far neighbours on a map are neighbours indeed (Venna and Kaski 2001), 0 … 1: as scikit-learn's
 * `manifold.trustworthiness`.
 * @param rows [n, d]
 * @param map [n, p]
 */
export function trustworthiness(
  rows: Float32Array,
  d: number,
  map: Float32Array,
  p: number,
  k: number,
): number {
  const n = rows.length / d;
  const order = (of: Float32Array, width: number, i: number): Uint32Array => {
    const distance = new Float64Array(n);
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let c = 0; c < width; c++) sum += (of[i * width + c]! - of[j * width + c]!) ** 2;
      distance[j] = j === i ? -1 : sum;
    }
    return Uint32Array.from(distance.keys()).sort((a, b) => distance[a]! - distance[b]!);
  };
  let penalty = 0;
  const rank = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    for (const [at, j] of order(rows, d, i).entries()) rank[j] = at;
    for (const j of order(map, p, i).subarray(1, k + 1)) penalty += Math.max(0, rank[j]! - k);
  }
  return 1 - (2 * penalty) / (n * k * (2 * n - 3 * k - 1));
}
