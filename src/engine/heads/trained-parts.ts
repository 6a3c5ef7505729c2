import type { FeatureSpec } from '../features/key';
import type { RunEvaluation } from '../results/evaluation';
import type { TrainedHeadResult } from './train';

/** What training leaves, whichever way it went. */
export interface TrainedParts extends TrainedHeadResult {
  /** What the head reads. */
  readonly spec: FeatureSpec;
  readonly evaluation: RunEvaluation;
}
