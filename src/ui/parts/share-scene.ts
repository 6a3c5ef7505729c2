import { scaleLinear } from 'd3-scale';
import type { ReliabilityBin } from '../../engine/results/calibration';
import type { CoveragePoint } from '../../engine/results/coverage';
import type { CurvePoint } from '../../engine/results/ranking-curves';
import { dashes, marks, path, text, type Plot, type Shape } from './chart-shapes';
import { percent } from '../words/numbers';

/** A drawing with a share of 1 on both axes. */
export interface ShareScene {
  readonly shapes: readonly Shape[];
  readonly plot: Plot;
  readonly x: (share: number) => number;
  readonly y: (share: number) => number;
}

export interface ShareAxes {
  readonly width: number;
  readonly height: number;
  readonly xLabel: string;
  readonly yLabel: string;
  /** Of y; otherwise 0 … 1. */
  readonly from?: number;
}

const round = (value: number): number => Math.round(value * 100) / 100;

function axes({ width, height, xLabel, yLabel, from = 0 }: ShareAxes): ShareScene & { shapes: Shape[] } {
  const plot = { left: 44, right: width - 14, top: 26, bottom: height - 38 };
  const x = scaleLinear([0, 1], [plot.left, plot.right]);
  const y = scaleLinear([from, 1], [plot.bottom, plot.top]).nice(5);
  const shapes: Shape[] = [text(4, 14, yLabel)];
  for (const tick of y.ticks(5)) {
    shapes.push(path(`M${plot.left} ${round(y(tick))}H${plot.right}`, 'var(--line)', 1));
    shapes.push(text(plot.left - 6, round(y(tick)) + 4, percent(tick, 0), 'end'));
  }
  for (const tick of x.ticks(width < 320 ? 3 : 5)) {
    shapes.push(path(`M${round(x(tick))} ${plot.bottom}v4`, 'var(--line-strong)', 1));
    shapes.push(text(round(x(tick)), plot.bottom + 17, percent(tick, 0), tick === 1 ? 'end' : 'middle'));
  }
  shapes.push(path(`M${plot.left} ${plot.bottom}H${plot.right}`, 'var(--line-strong)', 1));
  shapes.push(text((plot.left + plot.right) / 2, height - 4, xLabel, 'middle'));
  return { shapes, plot, x, y };
}

/** Through points, straight or in steps (each value holds back to the point before). */
function through(points: readonly CurvePoint[], { x, y }: ShareScene, stepped: boolean): string {
  return points
    .map((point, index) => {
      const [left, top] = [round(x(point.x)), round(y(point.y))];
      if (index === 0) return `M${left} ${top}`;
      return stepped ? `V${top}H${left}` : `L${left} ${top}`;
    })
    .join('');
}

export interface ReliabilitySeries {
  readonly name: string;
  readonly colour: string;
  readonly style: 'solid' | 'dashed';
  readonly marker: number;
  readonly variant: number;
  readonly bins: readonly ReliabilityBin[];
}

/** Accuracy over confidence, a point a bin; along the foot how many images each bin of the first series holds. */
export function reliabilityScene(series: readonly ReliabilitySeries[], size: ShareAxes): ShareScene {
  const scene = axes(size);
  const { shapes, plot, x, y } = scene;
  const first = series[0]?.bins ?? [];
  const most = Math.max(1, ...first.map(({ count }) => count));
  for (const { low, high, count } of first.filter((bin) => bin.count > 0)) {
    const tall = Math.max(1.5, (0.22 * (plot.bottom - plot.top) * count) / most);
    const [left, right] = [round(x(low)) + 1, round(x(high)) - 1];
    shapes.push(
      path(
        `M${left} ${plot.bottom}V${round(plot.bottom - tall)}H${right}V${plot.bottom}z`,
        'none',
        0,
        '',
        'var(--line)',
      ),
    );
  }
  shapes.push(path(`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`, 'var(--line-strong)', 1.25, '2 4'));
  for (const one of series) {
    const points = one.bins.flatMap(({ confidence, accuracy }) =>
      confidence === null || accuracy === null ? [] : [{ x: confidence, y: accuracy }],
    );
    const width = one.style === 'solid' ? 2.25 : 1.5;
    shapes.push(path(through(points, scene, false), one.colour, width, dashes[one.style]));
    for (const point of points)
      shapes.push(...marks(one.marker, one.variant, x(point.x), y(point.y), one.colour));
  }
  return scene;
}

/** Where accuracies of a coverage curve begin, so that their differences can be seen. */
export function lowest(points: readonly CoveragePoint[]): number {
  const least = Math.min(1, ...points.map(({ accuracy }) => accuracy));
  return Math.max(0, Math.floor((least - 0.03) * 20) / 20);
}

/** Accuracy of the answers over the share of images that get one; the threshold's place in it. */
export function coverageScene(
  points: readonly CoveragePoint[],
  at: { readonly coverage: number; readonly accuracy: number } | null,
  size: ShareAxes,
): ShareScene {
  const scene = axes({ ...size, from: lowest(at ? [...points, { threshold: 0, ...at }] : points) });
  const { shapes, plot, x, y } = scene;
  const curve = points.map(({ coverage, accuracy }) => ({ x: coverage, y: accuracy }));
  shapes.push(path(through(curve, scene, false), 'var(--accent)', 2.25));
  if (at) {
    const [left, top] = [round(x(at.coverage)), round(y(at.accuracy))];
    shapes.push(path(`M${left} ${plot.bottom}V${top}H${plot.left}`, 'var(--ink)', 1, '2 3'));
    shapes.push(...marks(0, 1, left, top, 'var(--ink)'));
  }
  return scene;
}

/** One class against all others; `chance`: what guessing gets. */
export function rankingScene(
  kind: 'roc' | 'precision-recall',
  points: readonly CurvePoint[],
  chance: number,
  size: ShareAxes,
): ShareScene {
  const scene = axes(size);
  const { shapes, x, y } = scene;
  const guess = kind === 'roc' ? `M${x(0)} ${y(0)}L${x(1)} ${y(1)}` : `M${x(0)} ${round(y(chance))}H${x(1)}`;
  shapes.push(path(guess, 'var(--line-strong)', 1.25, '2 4'));
  const from = kind === 'roc' || points.length === 0 ? points : [{ x: 0, y: points[0]!.y }, ...points];
  shapes.push(path(through(from, scene, kind !== 'roc'), 'var(--accent)', 2.25));
  return scene;
}

/** At most so many of a list, evenly, the ends among them. */
export function thinned<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]!);
}

/** The point nearest to a place on the screen. */
export function nearestPoint(
  points: readonly CurvePoint[],
  { x, y }: Pick<ShareScene, 'x' | 'y'>,
  left: number,
  top: number,
): number | null {
  let best: number | null = null;
  let least = Infinity;
  for (const [index, point] of points.entries()) {
    const distance = Math.hypot(x(point.x) - left, y(point.y) - top);
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}
