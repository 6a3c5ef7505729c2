import type { TrainedHead } from './head';

/** What a set of examples scores: sums, so that batches can be added up. */
export interface Score {
  /** Σ weight × cross-entropy (natural logarithm), without L2. */
  readonly loss: number;
  /** How many have their label as the (first) largest logit. */
  readonly correct: number;
}

/**
 * Cross-entropy and hits of logits [n, classes] against labels [n]; `weights` [classes] as in Keras' `class_weight`.
 * In double precision and through the log-softmax, so that a hopeless example costs much but never infinity.
 */
export function score(
  logits: Float32Array,
  labels: Uint16Array,
  classes: number,
  weights: Float64Array | null = null,
): Score {
  let loss = 0;
  let correct = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    const label = labels[row]!;
    let best = 0;
    for (let c = 1; c < classes; c++) if (logits[start + c]! > logits[start + best]!) best = c;
    const max = logits[start + best]!;
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(logits[start + c]! - max);
    loss += (weights === null ? 1 : weights[label]!) * (Math.log(sum) + max - logits[start + label]!);
    if (best === label) correct++;
  }
  return { loss, correct };
}

/** `balanced` class weights [classes]: n / (classes × count); a class without examples has no say. */
export function balancedWeights(labels: Uint16Array, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label]!++;
  return counts.map((count) => (count === 0 ? 0 : labels.length / (classes * count)));
}

/** l2 · Σ kernel², over all layers, as Keras' `regularizers.l2` adds to the loss. */
export function penalty(head: TrainedHead): number {
  if (head.spec.l2 === 0) return 0;
  let sum = 0;
  for (const { kernel } of head.layers) for (const weight of kernel) sum += weight * weight;
  return head.spec.l2 * sum;
}

/** Adds the penalty's gradient, 2 · l2 · kernel, to `gradient` in place. */
export function addPenaltyGradient(gradient: Float32Array, kernel: Float32Array, l2: number): void {
  for (let i = 0; i < kernel.length; i++) gradient[i]! += 2 * l2 * kernel[i]!;
}
