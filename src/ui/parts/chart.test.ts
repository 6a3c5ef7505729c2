import { describe, expect, it } from 'vitest';
import { chartTable, csv, standaloneSvg } from './chart-export';
import { chartScene, wholeTicks, type ChartInput, type ChartSeries } from './chart-scene';
import { endLabels, marks, spread } from './chart-shapes';

const series = (values: readonly number[], patch: Partial<ChartSeries> = {}): ChartSeries => ({
  id: 'a',
  name: 'ResNet50',
  colour: 'var(--base-1)',
  marker: 0,
  ring: null,
  lines: [
    {
      share: 'validation',
      label: 'validation',
      style: 'solid',
      points: values.map((y, index) => ({ x: index + 1, y })),
    },
    { share: 'train', label: 'training', style: 'dashed', points: [{ x: 1, y: 0.5 }] },
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

describe('names at the ends of lines', () => {
  it('move apart as little as they must, within bounds, and keep their order', () => {
    expect(spread([10, 50, 90], 14, 0, 100)).toEqual([10, 50, 90]);
    expect(spread([50, 51, 49], 14, 0, 100)).toEqual([50, 64, 36]);
    const low = spread([98, 99, 97], 14, 0, 100);
    expect(Math.max(...low)).toBe(100);
    expect(low.toSorted((a, b) => a - b)).toEqual([72, 86, 100]);
    const crowded = spread(
      Array.from({ length: 30 }, () => 50),
      14,
      0,
      100,
    );
    expect(Math.min(...crowded)).toBeCloseTo(0, 6);
    expect(Math.max(...crowded)).toBeCloseTo(100, 6);
    expect(spread([], 14, 0, 100)).toEqual([]);
  });
  it('are led to by a line where they had to move', () => {
    const plot = { left: 0, right: 200, top: 0, bottom: 100 };
    const tip = (y: number) => ({ x: 200, y, text: 'a', colour: 'red' });
    expect(endLabels([tip(50)], plot)).toHaveLength(1);
    expect(endLabels([tip(50), tip(50)], plot)).toHaveLength(4);
  });
  it('are short where the chart is narrow', () => {
    const named = [series([0.5, 0.9], { label: 'ResNet50 Dense 512', tag: 'R' })];
    const wide = chartScene({ ...input(named), width: 700 });
    const narrow = chartScene({ ...input(named), width: 320 });
    expect(JSON.stringify(wide.shapes)).toContain('Dense 512');
    expect(JSON.stringify(narrow.shapes)).not.toContain('Dense 512');
    expect(narrow.plot.right).toBeGreaterThan(280);
  });
});

it('tells several runs of one base apart by how their marker is filled', () => {
  const looks = [0, 1, 2].map((variant) => JSON.stringify(marks(2, variant, 0, 0, 'red')));
  expect(new Set(looks).size).toBe(3);
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
  it('is a CSV that no spreadsheet runs', () => {
    expect(csv({ head: ['=1+1', '-x'], rows: [['@a', -1]] })).toBe("'=1+1,'-x\r\n'@a,-1\r\n");
  });
});
