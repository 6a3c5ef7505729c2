import { scaleLinear } from 'd3-scale';
import { narrowChart, textWidth } from './chart-scene';
import { marks, path, text, type Plot, type Shape } from './chart-shapes';
import { percent } from '../words/numbers';

/** A run at its cost and accuracy, with the interval of the accuracy. */
export interface CostPoint {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly tag: string;
  readonly colour: string;
  readonly marker: number;
  readonly variant: number;
  readonly cost: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface CostInput {
  readonly points: readonly CostPoint[];
  readonly width: number;
  readonly height: number;
  readonly xLabel: string;
  readonly show: (cost: number) => string;
}

/** Accuracy upwards with a bar for its interval, cost to the right from zero; every point named where it is. */
export function costScene({ points, width, height, xLabel, show }: CostInput): Shape[] {
  const written = points.map(({ label, tag }) => (width < narrowChart ? tag : label));
  const margin = Math.min(0.22 * width, Math.max(0, ...written.map(textWidth)) + 14);
  const plot = { left: 44, right: width - 12 - margin, top: 16, bottom: height - 42 };
  const most = Math.max(0, ...points.map(({ cost }) => cost)) || 1;
  const x = scaleLinear([0, most], [plot.left, plot.right]).nice(5);
  const least = points.length === 0 ? 0 : Math.min(...points.map(({ low }) => low));
  const highest = points.length === 0 ? 1 : Math.max(...points.map(({ high }) => high));
  const y = scaleLinear(
    [Math.max(0, least - 0.02), Math.min(1, highest + 0.02)],
    [plot.bottom, plot.top],
  ).nice(5);

  const shapes: Shape[] = [];
  const digits = y.domain()[1]! - y.domain()[0]! < 0.05 ? 1 : 0;
  for (const tick of y.ticks(5)) {
    shapes.push(path(`M${plot.left} ${y(tick)}H${plot.right}`, 'var(--line)', 1));
    shapes.push(text(plot.left - 6, y(tick) + 4, percent(tick, digits), 'end'));
  }
  for (const tick of x.ticks(Math.max(2, Math.min(5, Math.floor((plot.right - plot.left) / 90))))) {
    shapes.push(path(`M${x(tick)} ${plot.bottom}v4`, 'var(--line-strong)', 1));
    const anchor = tick === 0 ? 'start' : x(tick) > plot.right - 24 ? 'end' : 'middle';
    shapes.push(text(x(tick), plot.bottom + 17, tick === 0 ? '0' : show(tick), anchor));
  }
  shapes.push(path(`M${plot.left} ${plot.bottom}H${plot.right}`, 'var(--line-strong)', 1));
  shapes.push(text((plot.left + plot.right) / 2, height - 6, xLabel, 'middle'));

  const xs = apart(points.map(({ cost }) => x(cost)));
  for (const [index, point] of points.entries()) {
    const at = xs[index]!;
    const [high, low] = [y(point.high), y(point.low)];
    shapes.push(path(`M${at} ${low}V${high}M${at - 4} ${high}h8M${at - 4} ${low}h8`, point.colour, 1.5));
  }
  for (const [index, point] of points.entries())
    shapes.push(...marks(point.marker, point.variant, xs[index]!, y(point.value), point.colour));

  const bars = points.map(({ low, high }, index): Box => ({
    left: xs[index]! - 6,
    right: xs[index]! + 6,
    top: y(high) - 2,
    bottom: y(low) + 2,
  }));
  const names = placed(
    points.map(({ value }, index) => ({ x: xs[index]!, y: y(value), width: textWidth(written[index]!) })),
    bars,
    { ...plot, right: width - 4 },
  );
  for (const [index, name] of names.entries()) {
    const [markX, markY] = [xs[index]!, y(points[index]!.value)];
    const side = Math.sign(name.x - markX);
    if (Math.abs(name.y - markY) > 3 || Math.abs(name.x - markX) > 14)
      shapes.push(
        path(`M${markX + 6 * side} ${markY}L${name.x - 2 * side} ${name.y}`, points[index]!.colour, 0.75),
      );
    shapes.push(text(name.x, name.y + 4, written[index]!, side > 0 ? 'start' : 'end', 'var(--ink)'));
  }
  return shapes;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
const meet = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

/** Where names go: the nearest place beside their points that covers no bar and no other name. */
function placed(
  points: readonly { readonly x: number; readonly y: number; readonly width: number }[],
  bars: readonly Box[],
  plot: Plot,
): { x: number; y: number }[] {
  const taken: Box[] = [];
  const names: { x: number; y: number }[] = [];
  for (const { x, y, width } of points) {
    let best = { cost: Infinity, x: x + 12, y, box: { left: x, right: x, top: y, bottom: y } };
    for (const side of [1, -1])
      for (const dx of [12, 26, 46, 80])
        for (const dy of [0, -14, 14, -28, 28, -42, 42, -56, 56]) {
          const at = { x: x + side * dx, y: y + dy };
          const start = side > 0 ? at.x : at.x - width;
          const box = { left: start, right: start + width, top: at.y - 7, bottom: at.y + 7 };
          const outside =
            Math.max(0, box.right - plot.right) +
            Math.max(0, plot.left - box.left) +
            Math.max(0, plot.top - 8 - box.top) +
            Math.max(0, box.bottom - plot.bottom);
          const covered = [...bars, ...taken].reduce((sum, other) => sum + meet(box, other), 0);
          const cost = 20 * covered + 500 * outside + dx + Math.abs(dy) + (side < 0 ? 4 : 0);
          if (cost < best.cost) best = { cost, ...at, box };
        }
    taken.push(best.box);
    names.push({ x: best.x, y: best.y });
  }
  return names;
}

/** Points of the same cost stand side by side rather than on each other. */
function apart(xs: readonly number[]): number[] {
  return xs.map((x, index) => {
    const same = [...xs.keys()].filter((other) => Math.abs(xs[other]! - x) < 4);
    return x + (same.indexOf(index) - (same.length - 1) / 2) * 12;
  });
}
