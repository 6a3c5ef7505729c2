import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { dashes, endLabels, keyBadge, marks, path, ring, text, type Plot, type Shape } from './chart-shapes';
import { fixed, percent } from '../format';

export interface ChartPoint {
  readonly x: number;
  readonly y: number;
}
export interface ChartLine {
  readonly share: 'train' | 'validation';
  readonly label: string;
  readonly style: 'solid' | 'dashed';
  readonly points: readonly ChartPoint[];
}
/** What is drawn in one colour: a run, with a line for validation and one for training. */
export interface ChartSeries {
  readonly id: string;
  readonly name: string;
  /** At the line's end; `tag` where there is little room. Without them there is only the legend. */
  readonly label?: string;
  readonly tag?: string;
  /** A CSS colour, custom properties included. */
  readonly colour: string;
  /** The shape at the line's end, for those who cannot tell colours apart. */
  readonly marker: number;
  /** Several of one colour and shape: how it is filled. */
  readonly variant?: number;
  readonly lines: readonly ChartLine[];
  /** An x worth a ring on the solid line. */
  readonly ring: number | null;
}

/** A number beside a point of a curve, with a word where there is room; the rest is told below the chart. */
export interface ChartNote {
  readonly key: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export interface ChartInput {
  readonly series: readonly ChartSeries[];
  readonly width: number;
  readonly height: number;
  readonly xLabel: string;
  readonly format: 'percent' | 'number';
  /** Of y; otherwise what the data ask for. */
  readonly domain?: readonly [number, number] | null;
  readonly notes?: readonly ChartNote[];
}

export interface Scene {
  readonly shapes: readonly Shape[];
  readonly plot: Plot;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** The x values that exist, ascending. */
  readonly xs: readonly number[];
  /** The x value nearest to a place. */
  readonly nearest: (pixel: number) => number | null;
}

/** Ticks at whole epochs, about `room` of them. */
export function wholeTicks(from: number, to: number, room: number): number[] {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
  const step = steps.find((size) => (to - from) / size <= room) ?? 1000;
  const ticks: number[] = [];
  for (let value = Math.ceil(from / step) * step; value <= to; value += step) ticks.push(value);
  return ticks.includes(from) || step === 1
    ? ticks
    : [from, ...ticks.filter((value) => value - from >= step / 2)];
}

/** Below this width lines end in tags rather than in labels. */
export const narrowChart = 420;

/** What is written at the lines' ends, in the order of the series. */
export function lineEnds(series: readonly ChartSeries[], width: number): string[] {
  return series.map(({ label = '', tag = label }) => (width < narrowChart ? tag : label));
}

/** 12 px sans serif: about 6.6 px a letter. */
export const textWidth = (value: string): number => value.length * 6.6;

export function chartScene(input: ChartInput): Scene {
  const { series, width, height, xLabel, format } = input;
  const points = series.flatMap(({ lines }) => lines.flatMap((one) => one.points));
  const finite = points.filter(({ y }) => Number.isFinite(y));
  const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
  const ends = lineEnds(series, width);
  const margin = Math.min(0.34 * width, Math.max(0, ...ends.map(textWidth)));
  const plot = { left: 44, right: width - (margin > 0 ? margin + 18 : 12), top: 12, bottom: height - 38 };
  const firstX = Math.min(1, xs[0] ?? 1);
  const lastX = Math.max(firstX + 1, xs.at(-1) ?? 10);
  const x = scaleLinear([firstX, lastX], [plot.left + 6, plot.right]);
  const y = scaleLinear(input.domain ?? domain(finite, format), [plot.bottom, plot.top]).nice(5);

  const shapes: Shape[] = [];
  // As many digits as tell the ticks apart.
  const digits = y.tickFormat(5)(0).split('.')[1]?.length ?? 0;
  for (const tick of y.ticks(5)) {
    shapes.push(path(`M${plot.left} ${y(tick)}H${plot.right}`, 'var(--line)', 1));
    const label = format === 'percent' ? percent(tick, 0) : fixed(tick, digits);
    shapes.push(text(plot.left - 6, y(tick) + 4, label, 'end'));
  }
  const room = Math.max(2, Math.floor((plot.right - plot.left) / 44));
  for (const tick of wholeTicks(firstX, lastX, room)) {
    shapes.push(path(`M${x(tick)} ${plot.bottom}v4`, 'var(--line-strong)', 1));
    shapes.push(text(x(tick), plot.bottom + 17, `${tick}`, 'middle'));
  }
  shapes.push(path(`M${plot.left} ${plot.bottom}H${plot.right}`, 'var(--line-strong)', 1));
  shapes.push(text((plot.left + plot.right) / 2, height - 4, xLabel, 'middle'));
  shapes.push(...curves(series, x, y));

  const tips = series.flatMap(({ lines, colour }, index) => {
    const end = (lines.find(({ style }) => style === 'solid') ?? lines[0])?.points.findLast((p) =>
      Number.isFinite(p.y),
    );
    return end && ends[index] ? [{ x: x(end.x), y: y(end.y), text: ends[index], colour }] : [];
  });
  shapes.push(...endLabels(tips, plot));
  for (const { key, text: word, ...at } of input.notes ?? [])
    shapes.push(...keyBadge(width < narrowChart ? key : `${key}  ${word}`, x(at.x), y(at.y), plot));

  return {
    shapes,
    plot,
    x,
    y,
    xs,
    nearest: (pixel) =>
      xs.length === 0
        ? null
        : xs.reduce((best, value) => (Math.abs(x(value) - pixel) < Math.abs(x(best) - pixel) ? value : best)),
  };
}

function domain(points: readonly ChartPoint[], format: ChartInput['format']): [number, number] {
  if (points.length === 0) return [0, 1];
  const values = points.map(({ y }) => y);
  if (format === 'percent') return [Math.max(0, Math.min(...values) - 0.05), 1];
  const most = Math.max(...values);
  return [0, most > 0 ? most * 1.05 : 1];
}

function curves(
  series: readonly ChartSeries[],
  x: (value: number) => number,
  y: (value: number) => number,
): Shape[] {
  const shapes: Shape[] = [];
  const draw = line<ChartPoint>(
    (p) => x(p.x),
    (p) => y(p.y),
  )
    .defined((p) => Number.isFinite(p.y))
    .digits(2);
  // Dashed lines go below, so that the solid ones, which matter, are never covered.
  for (const style of ['dashed', 'solid'] as const)
    for (const [index, { lines, colour, marker, variant = 0, ring: ringed }] of series.entries())
      for (const one of lines.filter((candidate) => candidate.style === style)) {
        shapes.push(path(draw(one.points) ?? '', colour, style === 'solid' ? 2.25 : 1.5, dashes[style]));
        if (style === 'dashed') continue;
        const marked = one.points.find((p) => p.x === ringed);
        if (marked && Number.isFinite(marked.y)) shapes.push(ring(x(marked.x), y(marked.y), colour));
        for (const point of markedPoints(one.points, index, series.length))
          shapes.push(...marks(marker, variant, x(point.x), y(point.y), colour));
      }
  return shapes;
}

/** The last point; of several lines some on the way too, each line at other places, to tell them where they cross. */
function markedPoints(points: readonly ChartPoint[], index: number, of: number): ChartPoint[] {
  const step = Math.max(4, Math.ceil(points.length / 3));
  return points.filter(
    (point, i) =>
      Number.isFinite(point.y) &&
      (i === points.length - 1 ||
        (of > 2 && i % step === (index * 2 + 1) % step && points.length - 1 - i > 1)),
  );
}
