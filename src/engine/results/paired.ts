import { Random } from '../random';
import type { Interval } from './statistics';

/** Two classifiers on the same images: how many each alone had right. */
export interface Discordance {
  readonly images: number;
  readonly onlyA: number;
  readonly onlyB: number;
}

export type Verdict = 'better' | 'worse' | 'cannot tell';

/** What can be said of A beside B. */
export interface PairedComparison extends Discordance {
  /** Accuracy of A minus that of B. */
  readonly difference: number;
  /** 95 % of that difference: paired bootstrap, percentiles. */
  readonly interval: Interval;
  /** Of the exact McNemar test, two-sided. */
  readonly pValue: number;
  /** A beside B; only where test and interval agree at 5 %. */
  readonly verdict: Verdict;
}

/** ln C(n, k) for k = 0 … n. */
function logChoose(n: number): Float64Array {
  const out = new Float64Array(n + 1);
  for (let k = 1; k <= n; k++) out[k] = out[k - 1]! + Math.log((n - k + 1) / k);
  return out;
}

/**
 * Two-sided p-value of the exact McNemar test (McNemar 1947): twice the smaller tail of Binomial(onlyA + onlyB, ½), at
 * most 1. Images that both had right or both wrong say nothing.
 */
export function exactMcNemar(onlyA: number, onlyB: number): number {
  const n = onlyA + onlyB;
  const choose = logChoose(n);
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyA, onlyB); k++) tail += Math.exp(choose[k]! - n * Math.LN2);
  return Math.min(1, 2 * tail);
}

/**
 * 95 % percentile interval of the accuracy difference (Efron and Tibshirani 1993, chapter 13) over seeded resamples of
 * the images. A resample's difference depends only on how many discordant images it holds, and of which kind; drawing
 * those two numbers from their binomial distributions is the same as drawing the images, and faster.
 */
export function pairedBootstrap(
  { images, onlyA, onlyB }: Discordance,
  seed: number,
  resamples = 10_000,
): Interval {
  const discordant = onlyA + onlyB;
  if (discordant === 0) return { low: 0, high: 0 };
  const random = new Random(seed, 'bootstrap');
  const cumulative = binomialCumulative(images, discordant / images);
  const shareA = onlyA / discordant;
  const differences = Float64Array.from({ length: resamples }, () => {
    const drawn = quantileIndex(cumulative, random.uniform());
    let ofA = 0;
    for (let i = 0; i < drawn; i++) if (random.uniform() < shareA) ofA++;
    return (2 * ofA - drawn) / images;
  }).sort();
  return { low: quantile(differences, 0.025), high: quantile(differences, 0.975) };
}

/** P(X ≤ k) of Binomial(n, p), k = 0 … n. */
function binomialCumulative(n: number, p: number): Float64Array {
  const out = new Float64Array(n + 1);
  if (p >= 1) {
    out[n] = 1;
    return out;
  }
  const choose = logChoose(n);
  let sum = 0;
  for (let k = 0; k <= n; k++) {
    sum += Math.exp(choose[k]! + k * Math.log(p) + (n - k) * Math.log1p(-p));
    out[k] = sum;
  }
  return out;
}

/** The first index whose cumulative probability exceeds `u`. */
function quantileIndex(cumulative: Float64Array, u: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! > u) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Of sorted values, linear between neighbours as NumPy's default. */
export function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}

/** Counts, test, interval and verdict; `correctA[i]` and `correctB[i]` (1 or 0) are about the same image. */
export function comparePaired(
  correctA: ArrayLike<number>,
  correctB: ArrayLike<number>,
  seed: number,
): PairedComparison {
  const images = correctA.length;
  let onlyA = 0;
  let onlyB = 0;
  for (let i = 0; i < images; i++) {
    if (correctA[i]! > correctB[i]!) onlyA++;
    else if (correctB[i]! > correctA[i]!) onlyB++;
  }
  const discordance = { images, onlyA, onlyB };
  const pValue = exactMcNemar(onlyA, onlyB);
  const interval = pairedBootstrap(discordance, seed);
  const verdict =
    pValue >= 0.05 || (interval.low <= 0 && interval.high >= 0)
      ? 'cannot tell'
      : onlyA > onlyB
        ? 'better'
        : 'worse';
  return { ...discordance, difference: (onlyA - onlyB) / images, interval, pValue, verdict };
}
