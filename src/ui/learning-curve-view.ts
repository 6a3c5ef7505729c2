import type { CurveAnswer, Gain, LearningCurve } from '../engine/analysis/learning-curve';
import { images, integer, percent } from './format';
import { points } from './verdict-view';

const answers = {
  yes: 'More images would probably help.',
  hardly: 'More images would hardly help.',
  'cannot tell': 'Whether more images would help cannot be told.',
} as const;

/** “would more images help?”, in a sentence. */
export const answerText = ({ moreImages }: CurveAnswer): string => answers[moreImages];

const interval = ({ interval: { low, high } }: Gain): string =>
  `95% interval ${points(low)} to ${points(high)}`;

/** What the answer rests on: the last doubling, and the next one if the curve goes on as it has. */
export function evidenceText({ lastDoubling, nextDoubling, points: measured }: CurveAnswer): string {
  const sentences: string[] = [];
  if (lastDoubling)
    sentences.push(
      `The last doubling, from ${integer(lastDoubling.from)} to ${images(lastDoubling.to)}, gained ` +
        `${points(lastDoubling.gain)} points of accuracy (${interval(lastDoubling)}).`,
    );
  if (nextDoubling)
    sentences.push(
      `Another one, to ${integer(nextDoubling.to)}, would gain about ${points(nextDoubling.gain)} ` +
        `(${interval(nextDoubling)}), if the curve goes on as the inverse power law through its points.`,
    );
  else sentences.push(`${measured.length} numbers of images are too few to look ahead.`);
  return sentences.join(' ');
}

/** How it was measured. */
export function curveMethodText(curve: LearningCurve): string {
  const { repeats, validationImages, l2, points: measured } = curve;
  const times =
    measured.at(-1)!.repeats.length === 1 && repeats > 1
      ? `${repeats} times at each number of images below all`
      : `${repeats} times at each number of images`;
  return (
    `The run’s own head and settings, trained ${times} on stratified subsets that contain each other, judged on the ` +
    `same ${images(validationImages)}. The band is the 95% interval for other training and other validation images ` +
    `(Wilson’s interval, and the variance between repeats corrected for their overlap); dots are the repeats.` +
    (l2 === null
      ? ''
      : ' The exact head’s penalty is that of all images in total, so that fewer images are held tighter.')
  );
}

/** A point in words. */
export function pointText({ points: measured }: CurveAnswer, index: number): string {
  const { images: n, accuracy, interval: of } = measured[index]!;
  return `${images(n)}: ${percent(accuracy)}, 95% interval ${percent(of.low)} to ${percent(of.high)}`;
}
