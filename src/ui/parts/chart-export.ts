import { chartScene, type ChartInput, type ChartLine } from './chart-scene';
import { dashes, marks, path, text, type Shape } from './chart-shapes';

const escapeXml = (value: string): string =>
  value.replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]!,
  );

export interface Drawing {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  /** Between the title and the drawing. */
  readonly legend: readonly Shape[];
  readonly legendHeight: number;
}

/** A drawing that stands alone: title, legend and plot, with the colours that `resolve` gives for CSS ones. */
export function svgFile(drawing: Drawing, resolve: (colour: string) => string): string {
  const { title, width, height, shapes, legend, legendHeight } = drawing;
  const top = 34 + legendHeight;
  const colour = (css: string) => escapeXml(css === 'none' ? css : resolve(css));
  const element = (shape: Shape): string =>
    shape.kind === 'path'
      ? `<path d="${shape.d}" fill="${colour(shape.fill)}" stroke="${colour(shape.stroke)}" stroke-width="${shape.width}"${shape.dash ? ` stroke-dasharray="${shape.dash}"` : ''} stroke-linejoin="round"/>`
      : `<text x="${shape.x}" y="${shape.y}" text-anchor="${shape.anchor}" fill="${colour(shape.fill)}"${shape.bold ? ' font-weight="600"' : ''}>${escapeXml(shape.text)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + top}" viewBox="0 0 ${width} ${height + top}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="100%" height="100%" fill="${colour('var(--surface)')}"/>`,
    element(text(12, 22, title, 'start', 'var(--ink)', true)),
    ...legend.map(element),
    `<g transform="translate(0 ${top})">`,
    ...shapes.map(element),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** A line chart as a file. */
export function standaloneSvg(title: string, input: ChartInput, resolve: (colour: string) => string): string {
  const legend: Shape[] = [];
  let row = 44;
  for (const { name, colour, marker: kind, variant = 0 } of input.series) {
    legend.push(...marks(kind, variant, 18, row - 4, colour), text(30, row, name, 'start', 'var(--ink)'));
    row += 18;
  }
  const styles = new Map(
    input.series.flatMap(({ lines }) => lines.map(({ label, style }) => [label, style] as const)),
  );
  if (styles.size > 1) {
    let column = 12;
    for (const [label, style] of styles) {
      const width = style === 'solid' ? 2.25 : 1.5;
      legend.push(
        path(`M${column} ${row - 4}h26`, 'var(--muted)', width, dashes[style]),
        text(column + 32, row, label),
      );
      column += 60 + label.length * 7;
    }
    row += 18;
  }
  const { shapes } = chartScene(input);
  const { width, height } = input;
  return svgFile({ title, width, height, shapes, legend, legendHeight: row - 34 }, resolve);
}

export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (number | string | null)[])[];
}

/** One row for each x, one column for each line. */
export function chartTable(
  { series, xLabel }: Pick<ChartInput, 'series' | 'xLabel'>,
  lineLabel = ({ label }: ChartLine): string => label,
): {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (number | null)[])[];
} {
  const columns = series.flatMap(({ name, lines }) =>
    lines.map((one) => ({
      title: `${name}, ${lineLabel(one)}`,
      values: new Map(one.points.map((point) => [point.x, point.y])),
    })),
  );
  const xs = [...new Set(columns.flatMap(({ values }) => [...values.keys()]))].sort((a, b) => a - b);
  return {
    head: [xLabel, ...columns.map(({ title }) => title)],
    rows: xs.map((x) => [x, ...columns.map(({ values }) => values.get(x) ?? null)]),
  };
}

/**
 * RFC 4180; full precision. A file is for other programs: its headings and codes are English in any language, its numbers
 * have a point, and only what the page calls a run is as the page says it. A text that a spreadsheet would run as a formula is quoted with an
 * apostrophe.
 */
export function csv({ head, rows }: ChartTable): string {
  const cell = (value: string | number | null): string => {
    if (typeof value === 'number') return String(value);
    const plain = value === null ? '' : value.replace(/^[=+\-@\t\r]/, "'$&");
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}
