import { describe, expect, it } from 'vitest';
import { chartTable, csv, standaloneSvg } from './chart-export';
import { chartScene, wholeTicks, type ChartInput, type ChartSeries } from './chart-scene';

const series = (values: readonly number[], patch: Partial<ChartSeries> = {}): ChartSeries => ({
  id: 'a',
  name: 'ResNet50',
  colour: 'var(--base-1)',
  marker: 0,
  ring: null,
  lines: [
    { label: 'validation', style: 'solid', points: values.map((y, index) => ({ x: index + 1, y })) },
    { label: 'training', style: 'dashed', points: [{ x: 1, y: 0.5 }] },
  ],
  ...patch,
});
const input = (all: readonly ChartSeries[], format: ChartInput['format'] = 'percent'): ChartInput => ({
  series: all,
  width: 480,
  height: 260,
  xLabel: 'Epoch',
  format,
});

describe('the drawing', () => {
  it('maps epochs and values into the plot, upwards', () => {
    const { x, y, plot, xs } = chartScene(input([series([0.5, 0.7, 0.9])]));
    expect(xs).toEqual([1, 2, 3]);
    expect(x(3)).toBe(plot.right);
    expect(y(0.9)).toBeLessThan(y(0.5));
    expect(y(1)).toBe(plot.top);
  });
  it('finds the epoch under the pointer', () => {
    const { nearest, x } = chartScene(input([series([0.5, 0.7, 0.9])]));
    expect(nearest(x(2) + 10)).toBe(2);
    expect(nearest(-100)).toBe(1);
    expect(chartScene(input([])).nearest(3)).toBeNull();
  });
  it('survives no data, one epoch, and a loss that is not a number', () => {
    for (const values of [[], [0.5], [Number.NaN, 0.5, Infinity]]) {
      const { shapes } = chartScene(input([series(values)], 'number'));
      expect(JSON.stringify(shapes)).not.toMatch(/NaN|null|Infinity/);
    }
  });
  it('ticks at whole epochs, never too many', () => {
    expect(wholeTicks(1, 5, 8)).toEqual([1, 2, 3, 4, 5]);
    expect(wholeTicks(1, 100, 8)).toEqual([1, 20, 40, 60, 80, 100]);
    expect(wholeTicks(1, 1000, 5).length).toBeLessThanOrEqual(6);
  });
});

describe('what is saved', () => {
  it('is an SVG that stands alone: colours resolved, names escaped', () => {
    const svg = standaloneSvg(
      'Accuracy',
      input([series([0.5, 0.9], { name: '<b>&"', ring: 2 })]),
      () => 'rgb(1, 2, 3)',
    );
    expect(svg).not.toContain('var(');
    expect(svg).not.toContain('<b>');
    expect(svg).toContain('&lt;b&gt;&amp;&quot;');
    expect(svg).toContain('stroke-dasharray="5 4"');
    expect(svg).toContain('>Accuracy</text>');
  });
  it('is a CSV with a row for each epoch and a column for each line, gaps empty', () => {
    const table = chartTable({ series: [series([0.5, 0.9], { name: 'ResNet50, "mine"' })], xLabel: 'Epoch' });
    expect(csv(table)).toBe(
      'Epoch,"ResNet50, ""mine"", validation","ResNet50, ""mine"", training"\r\n1,0.5,0.5\r\n2,0.9,\r\n',
    );
  });
});
