import { scaleLinear } from 'd3-scale';
import type { CutProbe } from '../../engine/analysis/advice';
import { marks, path, ring, text, type Shape } from './chart-shapes';
import { words } from '../words';
import { percent } from '../words/numbers';

export interface ProbeInput {
  /** From the lowest cut to the last. */
  readonly probes: readonly Pick<CutProbe, 'cut' | 'accuracy' | 'interval'>[];
  /** Gets a ring. */
  readonly best: string;
  readonly colour: string;
  readonly marker: number;
  readonly width: number;
  readonly height: number;
}

/** Accuracy of a linear probe, or of runs, upwards, with its interval, over the depth of its cut; cuts are equally far apart. */
export function probeScene({ probes, best, colour, marker, width, height }: ProbeInput): Shape[] {
  const plot = { left: 44, right: width - 24, top: 16, bottom: height - 44 };
  const inset = Math.min(46, width / 10);
  const x = scaleLinear([0, Math.max(1, probes.length - 1)], [plot.left + inset, plot.right - inset]);
  const least = Math.min(...probes.map(({ interval }) => interval.low));
  const most = Math.max(...probes.map(({ interval }) => interval.high));
  const y = scaleLinear([Math.max(0, least - 0.03), Math.min(1, most + 0.03)], [plot.bottom, plot.top]).nice(
    5,
  );
  const place = (value: number): number => Math.round(value * 100) / 100;

  const shapes: Shape[] = [];
  for (const tick of y.ticks(5)) {
    shapes.push(path(`M${plot.left} ${place(y(tick))}H${plot.right}`, 'var(--line)', 1));
    shapes.push(text(plot.left - 6, place(y(tick)) + 4, percent(tick, 0), 'end'));
  }
  shapes.push(path(`M${plot.left} ${plot.bottom}H${plot.right}`, 'var(--line-strong)', 1));
  // Long names of neighbours would meet; the table has them whole. As many as fit, counted from the deepest.
  const apart = x(1) - x(0);
  const brief = probes.map(({ cut }) => cut.replace(/_(block\d+_out|relu|pool)$/, ''));
  const isBrief = apart < 108 && new Set(brief).size === probes.length;
  const each = Math.ceil((isBrief ? 36 : 108) / apart);
  for (const [i, { cut }] of probes.entries()) {
    const at = place(x(i));
    shapes.push(path(`M${at} ${plot.bottom}v4`, 'var(--line-strong)', 1));
    const name = isBrief ? brief[i]! : cut;
    if ((probes.length - 1 - i) % each === 0) shapes.push(text(at, plot.bottom + 17, name, 'middle'));
  }
  shapes.push(text((plot.left + plot.right) / 2, height - 4, words.advice.depth, 'middle'));

  const line = probes.map(({ accuracy }, i) => `${i === 0 ? 'M' : 'L'}${place(x(i))} ${place(y(accuracy))}`);
  shapes.push(path(line.join(''), colour, 2.25));
  for (const [i, { interval }] of probes.entries()) {
    const [at, low, high] = [place(x(i)), place(y(interval.low)), place(y(interval.high))];
    shapes.push(path(`M${at} ${low}V${high}M${at - 4} ${high}h8M${at - 4} ${low}h8`, colour, 1.5));
  }
  for (const [i, { cut, accuracy }] of probes.entries()) {
    shapes.push(...marks(marker, 0, x(i), y(accuracy), colour));
    if (cut === best) shapes.push(ring(x(i), y(accuracy), colour));
  }
  return shapes;
}
