import { softmax, headLogits, type TrainedHead } from '../heads/head';
import { activationMap, type ActivationMap } from './activation-map';
import { pooled, type FeatureMap } from './feature-map';

/** One picture as a base saw it, and what the base made of it. */
export interface Look {
  /** Pixels a side of the square. */
  readonly side: number;
  /** [side, side, 3] RGB */
  readonly square: Uint8Array;
  readonly map: FeatureMap;
  /** The map's mean over all places: what heads take. */
  readonly vector: Float32Array;
}

/** What a head makes of a look. */
export interface Account {
  /** In the order of the head's outputs. */
  readonly probabilities: Float32Array;
  /** The class that is explained. */
  readonly target: number;
  readonly map: ActivationMap;
}

/** The class that is explained is the most probable one unless another is named. */
export function account(head: TrainedHead, map: FeatureMap, target?: number): Account {
  const probabilities = softmax(headLogits(head, pooled(map), 1), head.classes);
  const best = probabilities.indexOf(Math.max(...probabilities));
  const explained = target ?? best;
  return { probabilities, target: explained, map: activationMap(head, map, explained) };
}
