/** A confidence interval of a share, 0 … 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 97.5 % quantile of the standard normal distribution: two-sided 95 %. */
const z95 = 1.959963984540054;

/**
 * Wilson's score interval for a share of `successes` in `n` (Wilson 1927; Newcombe 1998, method 3): unlike ± 1.96
 * standard errors it holds its 95 % for small n and stays within 0 … 1. Nothing seen, nothing known: 0 … 1 for n = 0.
 */
export function wilsonInterval(successes: number, n: number, z = z95): Interval {
  if (n === 0) return { low: 0, high: 1 };
  const share = successes / n;
  const z2 = z * z;
  const centre = share + z2 / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  // At the ends rounding would leave −1e-17 or 1 − 1e-16 where the formula says 0 or 1.
  return {
    low: successes === 0 ? 0 : (centre - half) / scale,
    high: successes === n ? 1 : (centre + half) / scale,
  };
}
