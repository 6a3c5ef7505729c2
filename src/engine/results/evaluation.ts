import type { ImageId } from '../data/records';
import { softmax } from '../heads/head';
import type { LabelledIds, ShareScore } from '../run';
import { predictedClasses } from './confusion';

/** A share of the images as a finished head sees it. */
export interface ShareEvaluation extends LabelledIds {
  /** [images, classes] */
  readonly logits: Float32Array;
}

/** All that results are computed from, kept beside a run. */
export interface RunEvaluation {
  readonly validation: ShareEvaluation;
  /** Null: no image was kept for testing. */
  readonly test: ShareEvaluation | null;
}

export type EvaluatedShare = keyof RunEvaluation;

/** The answer for one image. */
export interface ImagePrediction {
  readonly id: ImageId;
  /** Index of its class. */
  readonly label: number;
  readonly predicted: number;
  /** Of the predicted class. */
  readonly confidence: number;
  /** Cross-entropy in nats: −ln of the probability given to the label. */
  readonly loss: number;
}

/** 1 for each image whose label has the (first) largest logit, else 0. */
export function hits({ logits, labels }: ShareEvaluation, classes: number): Uint8Array {
  const predicted = predictedClasses(logits, classes);
  return Uint8Array.from(labels, (label, i) => (predicted[i] === label ? 1 : 0));
}

export function shareScore(share: ShareEvaluation, classes: number): ShareScore {
  return { correct: hits(share, classes).reduce((sum, hit) => sum + hit, 0), images: share.ids.length };
}

/** In the order of the share's images. */
export function imagePredictions(share: ShareEvaluation, classes: number): ImagePrediction[] {
  const { ids, labels, logits } = share;
  const predicted = predictedClasses(logits, classes);
  const probabilities = softmax(logits, classes);
  return ids.map((id, row) => {
    const start = row * classes;
    const label = labels[row]!;
    let max = -Infinity;
    for (let c = 0; c < classes; c++) max = Math.max(max, logits[start + c]!);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(logits[start + c]! - max);
    return {
      id,
      label,
      predicted: predicted[row]!,
      confidence: probabilities[start + predicted[row]!]!,
      // Through the logarithm of the sum: a hopeless image costs much, but never infinity.
      loss: Math.log(sum) + max - logits[start + label]!,
    };
  });
}
