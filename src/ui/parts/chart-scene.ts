import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

export interface ChartPoint {
  readonly x: number;
  readonly y: number;
}
export interface ChartLine {
  readonly label: string;
  readonly style: 'solid' | 'dashed';
  readonly points: readonly ChartPoint[];
}
/** What is drawn in one colour: a run, with a line for validation and one for training. */
export interface ChartSeries {
  readonly id: string;
  readonly name: string;
  /** A CSS colour, custom properties included. */
  readonly colour: string;
  /** The shape at the line's end, for those who cannot tell colours apart. */
  readonly marker: number;
  readonly lines: readonly ChartLine[];
  /** An x worth a ring on the solid line. */
  readonly ring: number | null;
}

export interface ChartInput {
  readonly series: readonly ChartSeries[];
  readonly width: number;
  readonly height: number;
  readonly xLabel: string;
  readonly format: 'percent' | 'number';
}

/** A drawing as data, so that the page and the saved file show the same. Colours are CSS. */
export type Shape =
  | {
      readonly kind: 'path';
      readonly d: string;
      readonly stroke: string;
      readonly fill: string;
      readonly width: number;
      readonly dash: string;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly fill: string;
      readonly bold: boolean;
    };

export interface Scene {
  readonly shapes: readonly Shape[];
  readonly plot: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** The x values that exist, ascending. */
  readonly xs: readonly number[];
  /** The x value nearest to a place. */
  readonly nearest: (pixel: number) => number | null;
}

export const dashes = { solid: '', dashed: '5 4' } as const;

export const path = (d: string, stroke: string, width: number, dash = '', fill = 'none'): Shape => ({
  kind: 'path',
  d,
  stroke,
  fill,
  width,
  dash,
});
export const text = (
  x: number,
  y: number,
  value: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
  fill = 'var(--muted)',
  bold = false,
): Shape => ({ kind: 'text', x, y, text: value, anchor, fill, bold });

/** Circle, square, triangle: about the same area. */
export function marker(kind: number, x: number, y: number): string {
  if (kind === 1) return `M${x - 3.5} ${y - 3.5}h7v7h-7z`;
  if (kind === 2) return `M${x} ${y - 4.5}l4.5 8h-9z`;
  return circle(x, y, 4);
}

function circle(x: number, y: number, r: number): string {
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
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

export function chartScene({ series, width, height, xLabel, format }: ChartInput): Scene {
  const points = series.flatMap(({ lines }) => lines.flatMap((one) => one.points));
  const finite = points.filter(({ y }) => Number.isFinite(y));
  const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
  const plot = { left: 44, right: width - 12, top: 12, bottom: height - 38 };
  const firstX = Math.min(1, xs[0] ?? 1);
  const lastX = Math.max(firstX + 1, xs.at(-1) ?? 10);
  const x = scaleLinear([firstX, lastX], [plot.left + 6, plot.right]);
  const least = Math.min(...finite.map((p) => p.y));
  const most = Math.max(...finite.map((p) => p.y));
  const domain: [number, number] =
    finite.length === 0
      ? [0, 1]
      : format === 'percent'
        ? [Math.max(0, least - 0.05), 1]
        : [0, most > 0 ? most * 1.05 : 1];
  const y = scaleLinear(domain, [plot.bottom, plot.top]).nice(5);

  const shapes: Shape[] = [];
  for (const tick of y.ticks(5)) {
    shapes.push(path(`M${plot.left} ${y(tick)}H${plot.right}`, 'var(--line)', 1));
    const label = format === 'percent' ? `${Math.round(tick * 100)}%` : y.tickFormat(5)(tick);
    shapes.push(text(plot.left - 6, y(tick) + 4, label, 'end'));
  }
  for (const tick of wholeTicks(firstX, lastX, Math.max(2, Math.floor(width / 50)))) {
    shapes.push(path(`M${x(tick)} ${plot.bottom}v4`, 'var(--line-strong)', 1));
    shapes.push(text(x(tick), plot.bottom + 17, `${tick}`, 'middle'));
  }
  shapes.push(path(`M${plot.left} ${plot.bottom}H${plot.right}`, 'var(--line-strong)', 1));
  shapes.push(text((plot.left + plot.right) / 2, height - 4, xLabel, 'middle'));

  const draw = line<ChartPoint>(
    (p) => x(p.x),
    (p) => y(p.y),
  )
    .defined((p) => Number.isFinite(p.y))
    .digits(2);
  // Dashed lines go below, so that the solid ones, which matter, are never covered.
  for (const style of ['dashed', 'solid'] as const)
    for (const { lines, colour, marker: kind, ring } of series)
      for (const one of lines.filter((candidate) => candidate.style === style)) {
        shapes.push(path(draw(one.points) ?? '', colour, style === 'solid' ? 2.5 : 1.75, dashes[style]));
        if (style === 'dashed') continue;
        const marked = one.points.find((p) => p.x === ring);
        if (marked && Number.isFinite(marked.y))
          shapes.push(path(circle(x(marked.x), y(marked.y), 7), colour, 1.5));
        const last = one.points.at(-1);
        if (last && Number.isFinite(last.y))
          shapes.push(path(marker(kind, x(last.x), y(last.y)), 'none', 0, '', colour));
      }

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
