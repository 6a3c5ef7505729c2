import type { Answers } from './calibration';

/** What happens where answers below a confidence are withheld: “none of these”. */
export interface CoveragePoint {
  /** Answers of at least this confidence are given. */
  readonly threshold: number;
  /** Share of the images that get an answer. */
  readonly coverage: number;
  /** Share of those answers that are right. */
  readonly accuracy: number;
}

const mostPoints = 200;

/**
 * Coverage and accuracy for every threshold, from the strictest to none (the risk–coverage curve of El-Yaniv and
 * Wiener 2010, with accuracy for risk). Equal confidences stand or fall together. At most 201 points, evenly over the
 * coverage.
 */
export function coverageCurve({ confidence, correct }: Answers): CoveragePoint[] {
  const n = confidence.length;
  const order = Uint32Array.from(confidence, (_, i) => i).sort((a, b) => confidence[b]! - confidence[a]!);
  const points: CoveragePoint[] = [];
  let hits = 0;
  let next = 0;
  for (let i = 0; i < n;) {
    const threshold = confidence[order[i]!]!;
    for (; i < n && confidence[order[i]!] === threshold; i++) hits += correct[order[i]!]!;
    if (i < next && i < n) continue;
    points.push({ threshold, coverage: i / n, accuracy: hits / i });
    next = i + n / mostPoints;
  }
  return points;
}
