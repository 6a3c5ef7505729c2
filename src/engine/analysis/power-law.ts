/** accuracy(n) = limit − scale · n^−rate */
export interface PowerLaw {
  readonly limit: number;
  readonly scale: number;
  readonly rate: number;
}

const rates = Array.from({ length: 48 }, (_, i) => 0.05 * 40 ** (i / 47));

export function accuracyAt({ limit, scale, rate }: PowerLaw, images: number): number {
  return limit - scale * images ** -rate;
}

/**
 * The inverse power law through points of a learning curve by least squares, larger samples weighing more (Figueroa et
 * al. 2012, “Predicting sample size required for classification performance”): never falling, never above 1. The rate,
 * 0.05 … 2, is searched over a grid; limit and scale then have a closed form.
 */
export function fitPowerLaw(images: readonly number[], accuracies: ArrayLike<number>): PowerLaw {
  const most = Math.max(...images);
  const weights = images.map((n) => n / most);
  const total = weights.reduce((sum, w) => sum + w, 0);
  const mean = (of: (i: number) => number) => weights.reduce((sum, w, i) => sum + w * of(i), 0) / total;
  const y = mean((i) => accuracies[i]!);
  let best: { law: PowerLaw; error: number } | null = null;
  for (const rate of rates) {
    // Relative to the largest sample, so that the numbers stay near 1.
    const z = images.map((n) => (n / most) ** -rate);
    const zMean = mean((i) => z[i]!);
    const variance = mean((i) => (z[i]! - zMean) ** 2);
    let slope = Math.max(0, -mean((i) => (z[i]! - zMean) * (accuracies[i]! - y)) / variance);
    let limit = y + slope * zMean;
    if (limit > 1) {
      limit = 1;
      slope = mean((i) => z[i]! * (1 - accuracies[i]!)) / mean((i) => z[i]! ** 2);
    }
    const error = mean((i) => (accuracies[i]! - limit + slope * z[i]!) ** 2);
    if (best === null || error < best.error)
      best = { law: { limit, scale: slope * most ** rate, rate }, error };
  }
  return best!.law;
}
