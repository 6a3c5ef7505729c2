import { softmax } from '../heads/head';
import { score } from '../heads/loss';

export interface ReliabilityBin {
  /** Of the confidence: low < confidence ≤ high (the first bin includes 0). */
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Means over the bin; null where it is empty. */
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

export interface Reliability {
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error: mean |accuracy − confidence| over the bins, weighted by their counts. */
  readonly ece: number;
}

/** What is said of each image: [n] each. */
export interface Answers {
  /** Probability of the predicted class. */
  readonly confidence: Float32Array;
  /** 1 where the prediction is the label. */
  readonly correct: Uint8Array;
}

/** Bins of equal width over the confidence, and the ECE (Guo et al. 2017, equation 3, their 15 bins). */
export function reliability({ confidence, correct }: Answers, binCount = 15): Reliability {
  const sums = Array.from({ length: binCount }, () => ({ count: 0, confidence: 0, hits: 0 }));
  for (let i = 0; i < confidence.length; i++) {
    const bin = sums[Math.min(Math.max(Math.ceil(confidence[i]! * binCount) - 1, 0), binCount - 1)]!;
    bin.count++;
    bin.confidence += confidence[i]!;
    bin.hits += correct[i]!;
  }
  const gap = sums.reduce((sum, bin) => sum + Math.abs(bin.hits - bin.confidence), 0);
  const bins = sums.map(({ count, confidence: total, hits }, b) => ({
    low: b / binCount,
    high: (b + 1) / binCount,
    count,
    confidence: count === 0 ? null : total / count,
    accuracy: count === 0 ? null : hits / count,
  }));
  return { bins, ece: confidence.length === 0 ? 0 : gap / confidence.length };
}

/** Confidence and correctness of logits [n, classes], divided by `temperature`. */
export function answers(
  logits: Float32Array,
  labels: Uint16Array,
  classes: number,
  temperature = 1,
): Answers {
  const probabilities = softmax(scaled(logits, temperature), classes);
  const confidence = new Float32Array(labels.length);
  const correct = new Uint8Array(labels.length);
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    let best = 0;
    for (let c = 1; c < classes; c++) if (logits[start + c]! > logits[start + best]!) best = c;
    confidence[row] = probabilities[start + best]!;
    correct[row] = best === labels[row] ? 1 : 0;
  }
  return { confidence, correct };
}

/** Temperatures outside are those of a head that is always right or knows nothing. */
const temperatures = { least: 0.01, most: 100 } as const;

/**
 * The temperature by which dividing the logits makes their cross-entropy smallest (Guo et al. 2017, section 4.2). In
 * 1 / temperature the cross-entropy is convex, so that its slope's one zero can be closed in on by halving.
 */
export function fitTemperature(logits: Float32Array, labels: Uint16Array, classes: number): number {
  let low = Math.log(1 / temperatures.most);
  let high = Math.log(1 / temperatures.least);
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (slope(logits, labels, classes, Math.exp(middle)) > 0) high = middle;
    else low = middle;
  }
  return Math.exp(-(low + high) / 2);
}

/** Derivative of the summed cross-entropy by `sharpness` = 1 / temperature: Σ (expected logit − the label's). */
function slope(logits: Float32Array, labels: Uint16Array, classes: number, sharpness: number): number {
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    let max = -Infinity;
    for (let c = 0; c < classes; c++) max = Math.max(max, logits[start + c]!);
    let sum = 0;
    let weighted = 0;
    for (let c = 0; c < classes; c++) {
      const e = Math.exp(sharpness * (logits[start + c]! - max));
      sum += e;
      weighted += e * logits[start + c]!;
    }
    total += weighted / sum - logits[start + labels[row]!]!;
  }
  return total;
}

/** Mean cross-entropy in nats of logits divided by `temperature`. */
export function crossEntropyAt(
  logits: Float32Array,
  labels: Uint16Array,
  classes: number,
  temperature: number,
): number {
  return score(scaled(logits, temperature), labels, classes).loss / labels.length;
}

function scaled(logits: Float32Array, temperature: number): Float32Array {
  return temperature === 1 ? logits : logits.map((logit) => logit / temperature);
}
