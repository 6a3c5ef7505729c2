import type { CurveAnswer, Gain, LearningCurve } from '../engine/analysis/learning-curve';
import { images, integer, percent } from './format';
import { points } from './verdict-view';
import { words } from './words';

/** “would more images help?”, in a sentence. */
export const answerText = ({ moreImages }: CurveAnswer): string => words.learning.answers[moreImages];

const interval = ({ interval: { low, high } }: Gain): string =>
  words.learning.interval(points(low), points(high));

/** What the answer rests on: the last doubling, and the next one if the curve goes on as it has. */
export function evidenceText({ lastDoubling, nextDoubling, points: measured }: CurveAnswer): string {
  const sentences: string[] = [];
  if (lastDoubling)
    sentences.push(
      words.learning.lastDoubling(
        integer(lastDoubling.from),
        images(lastDoubling.to),
        points(lastDoubling.gain),
        interval(lastDoubling),
      ),
    );
  if (nextDoubling)
    sentences.push(
      words.learning.nextDoubling(
        integer(nextDoubling.to),
        points(nextDoubling.gain),
        interval(nextDoubling),
      ),
    );
  else sentences.push(words.learning.tooFew(measured.length));
  return sentences.join(' ');
}

/** How it was measured. */
export function curveMethodText(curve: LearningCurve): string {
  const { repeats, validationImages, l2, points: measured } = curve;
  const onceForAll = measured.at(-1)!.repeats.length === 1 && repeats > 1;
  const method = words.learning.method(repeats, onceForAll, images(validationImages), l2 !== null);
  return curve.withoutCopies ? `${method} ${words.learning.withoutCopies}` : method;
}

/** A point in words. */
export function pointText({ points: measured }: CurveAnswer, index: number): string {
  const { images: n, accuracy, interval: of } = measured[index]!;
  return words.learning.point(images(n), percent(accuracy), percent(of.low), percent(of.high));
}
