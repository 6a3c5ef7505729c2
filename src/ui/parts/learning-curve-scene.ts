import { scaleLinear, scaleLog } from 'd3-scale';
import type { CurveAnswer } from '../../engine/analysis/learning-curve';
import { accuracyAt } from '../../engine/analysis/power-law';
import { circle, dashes, marks, path, text, type Shape } from './chart-shapes';
import type { ShareAxes, ShareScene } from './share-scene';
import { percent } from '../words/numbers';

const round = (value: number): number => Math.round(value * 100) / 100;
const thousands = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/**
 * Accuracy over the number of training images, each doubling a step to the right: means with the band of their 95 %
 * intervals, repeats as dots, and the law dashed up to twice as many images, where its own interval stands.
 */
export function learningCurveScene(
  { points, law, nextDoubling }: CurveAnswer,
  { width, height, xLabel, yLabel }: ShareAxes,
): ShareScene {
  const shapes: Shape[] = [];
  const last = points.at(-1)!;
  const beyond = law && nextDoubling ? nextDoubling.to : last.images;
  const plot = { left: 44, right: width - 18, top: 26, bottom: height - 38 };
  const x = scaleLog([points[0]!.images, beyond], [plot.left + 10, plot.right]);
  const ahead = nextDoubling
    ? [last.accuracy + nextDoubling.interval.low, last.accuracy + nextDoubling.interval.high]
    : [];
  const values = [
    ...points.flatMap(({ interval, repeats }) => [interval.low, interval.high, ...repeats]),
    ...ahead,
  ];
  const domain = [Math.max(0, Math.min(...values) - 0.02), Math.min(1, Math.max(...values) + 0.02)];
  const y = scaleLinear(domain, [plot.bottom, plot.top]).nice(5);
  shapes.push(text(4, 14, yLabel));
  for (const tick of y.ticks(5)) {
    shapes.push(path(`M${plot.left} ${round(y(tick))}H${plot.right}`, 'var(--line)', 1));
    shapes.push(text(plot.left - 6, round(y(tick)) + 4, percent(tick, 0), 'end'));
  }
  // From the right, because the largest numbers matter most.
  let free = Infinity;
  for (const images of [
    ...points.map((point) => point.images),
    ...(beyond > last.images ? [beyond] : []),
  ].toSorted((a, b) => b - a)) {
    const at = round(x(images));
    shapes.push(path(`M${at} ${plot.bottom}v4`, 'var(--line-strong)', 1));
    const label = thousands.format(images);
    const half = label.length * 3.6;
    const right = Math.min(at + half, width - 2);
    if (right + 6 > free) continue;
    free = right - 2 * half;
    shapes.push(text(round(right), plot.bottom + 17, label, 'end'));
  }
  shapes.push(path(`M${plot.left} ${plot.bottom}H${plot.right}`, 'var(--line-strong)', 1));
  shapes.push(text((plot.left + plot.right) / 2, height - 4, xLabel, 'middle'));

  const upper = points.map(({ images, interval }) => `${round(x(images))} ${round(y(interval.high))}`);
  const lower = points.map(({ images, interval }) => `${round(x(images))} ${round(y(interval.low))}`);
  shapes.push(
    path(`M${upper.join('L')}L${lower.toReversed().join('L')}z`, 'none', 0, '', 'var(--accent-soft)'),
  );
  if (law && beyond > last.images) {
    // From the last point on, not from the law's own idea of it.
    const offset = last.accuracy - accuracyAt(law, last.images);
    const steps = Array.from({ length: 9 }, (_, i) => last.images * 2 ** (i / 8));
    const line = steps.map(
      (images) => `${round(x(images))} ${round(y(Math.min(1, accuracyAt(law, images) + offset)))}`,
    );
    shapes.push(path(`M${line.join('L')}`, 'var(--base-2)', 1.75, dashes.dashed));
    const [low, high] = ahead.map((value) => round(y(Math.min(1, value))));
    const at = round(x(beyond));
    shapes.push(
      path(`M${at - 5} ${high}h10M${at} ${high}V${low}M${at - 5} ${low}h10`, 'var(--base-2)', 1.75),
    );
  }
  for (const { images, repeats } of points)
    if (repeats.length > 1)
      for (const value of repeats)
        shapes.push(path(circle(x(images), y(value), 1.5), 'none', 0, '', 'var(--line-strong)'));
  const line = points.map(({ images, accuracy }) => `${round(x(images))} ${round(y(accuracy))}`);
  shapes.push(path(`M${line.join('L')}`, 'var(--accent)', 2.25));
  for (const { images, accuracy } of points)
    shapes.push(...marks(0, 0, x(images), y(accuracy), 'var(--accent)'));
  return { shapes, plot, x, y };
}
