import type { Examples } from '../heads/examples';
import { headLogits, type TrainedHead } from '../heads/head';
import { score } from '../heads/loss';
import { wilsonInterval, type Interval } from './statistics';

/** How a head does on examples that it was not trained on. */
export interface Evaluation {
  readonly examples: number;
  readonly correct: number;
  readonly accuracy: number;
  /** 95 %, Wilson. */
  readonly accuracyInterval: Interval;
  /** Mean cross-entropy in nats, without L2. */
  readonly crossEntropy: number;
}

/** Scores logits [n, classes] against labels [n]. */
export function evaluateLogits(logits: Float32Array, labels: Uint16Array, classes: number): Evaluation {
  const examples = labels.length;
  const { loss, correct } = score(logits, labels, classes);
  return {
    examples,
    correct,
    accuracy: correct / examples,
    accuracyInterval: wilsonInterval(correct, examples),
    crossEntropy: loss / examples,
  };
}

/** In plain JavaScript, for small sets; for thousands of examples make the logits on a backend. */
export function evaluate(head: TrainedHead, { features, labels }: Examples): Evaluation {
  return evaluateLogits(headLogits(head, features, labels.length), labels, head.classes);
}

/**
 * Share of examples whose label is among the k largest logits. Of equal logits the earlier class counts as larger, so
 * that k = 1 is the accuracy.
 */
export function topKAccuracy(logits: Float32Array, labels: Uint16Array, classes: number, k: number): number {
  let hits = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    const own = logits[row * classes + label]!;
    let above = 0;
    for (let c = 0; c < classes; c++) {
      const other = logits[row * classes + c]!;
      if (other > own || (other === own && c < label)) above++;
    }
    if (above < k) hits++;
  }
  return hits / labels.length;
}
