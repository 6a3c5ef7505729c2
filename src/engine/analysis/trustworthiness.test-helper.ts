/**
 * How far neighbours on maps are neighbours indeed (Venna and Kaski 2001), 0 … 1 each: as scikit-learn's
 * `manifold.trustworthiness`.
 * @param rows [n, d]
 * @param maps [n, 2] each
 */
export function trustworthiness(
  rows: Float32Array,
  d: number,
  maps: readonly Float32Array[],
  k: number,
): number[] {
  const n = rows.length / d;
  /** Squares; the point itself is the nearest. */
  const distances = (of: Float32Array, width: number, i: number): Float64Array => {
    const distance = new Float64Array(n);
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let c = 0; c < width; c++) sum += (of[i * width + c]! - of[j * width + c]!) ** 2;
      distance[j] = j === i ? -1 : sum;
    }
    return distance;
  };
  const penalties = maps.map(() => 0);
  for (let i = 0; i < n; i++) {
    const apart = distances(rows, d, i);
    const rank = (j: number) => apart.reduce((nearer, distance) => nearer + Number(distance < apart[j]!), 0);
    for (const [m, map] of maps.entries()) {
      const onMap = distances(map, 2, i);
      const farthest = onMap.slice().sort()[k]!;
      for (let j = 0; j < n; j++)
        if (j !== i && onMap[j]! <= farthest) penalties[m]! += Math.max(0, rank(j) - k);
    }
  }
  return penalties.map((penalty) => 1 - (2 * penalty) / (n * k * (2 * n - 3 * k - 1)));
}
