import type { EpochMetrics } from '../run';

/** In how many epochs validation was ahead of the next epoch's training accuracy, and of how many. */
export interface EpochsAhead {
  readonly ahead: number;
  readonly of: number;
}

export interface CurveAlarm extends EpochsAhead {
  /** One or two sentences for people: what was seen and what it may mean. */
  readonly text: string;
  readonly advice: string;
}

/**
 * Training accuracy is a mean over an epoch that begins with the weights just validated and improves on them: where
 * nothing is dropped out, validation on other images should not be ahead of it; on the very same images it often is.
 */
export function epochsAhead(history: readonly EpochMetrics[]): EpochsAhead {
  const next = history.slice(1);
  const ahead = next.filter(({ accuracy }, i) => history[i]!.valAccuracy > accuracy).length;
  return { ahead, of: next.length };
}

/** Fewer epochs say nothing. */
const leastEpochs = 3;

/**
 * Fires when validation is ahead in most epochs: validation images may be among those trained on. Null when it is not,
 * or when there are too few epochs to tell.
 */
export function curveAlarm(history: readonly EpochMetrics[], dropout: number): CurveAlarm | null {
  const { ahead, of } = epochsAhead(history);
  if (of < leastEpochs || ahead <= of / 2) return null;
  const cause =
    dropout > 0
      ? 'Dropout can cause this, because it only handicaps training; so can validation images that were also trained on.'
      : 'Dropout can cause this, but there is none here; more likely validation images were also trained on.';
  return {
    ahead,
    of,
    text: `In ${ahead} of ${of} epochs validation did better than training did right after it. ${cause}`,
    advice:
      dropout > 0
        ? 'Run again without dropout: if it stays so, look for the same images on both sides.'
        : 'Look for the same or nearly the same images on both sides before you trust the validation accuracy.',
  };
}
