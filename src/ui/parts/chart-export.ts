import { chartScene, dashes, marker, path, text, type ChartInput, type Shape } from './chart-scene';

const escapeXml = (value: string): string =>
  value.replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]!,
  );

/** A drawing that stands alone: title, legend and plot, with the colours that `resolve` gives for CSS ones. */
export function standaloneSvg(title: string, input: ChartInput, resolve: (colour: string) => string): string {
  const shapes: Shape[] = [text(12, 22, title, 'start', 'var(--ink)', true)];
  let row = 44;
  for (const { name, colour, marker: kind, lines } of input.series) {
    shapes.push(
      path(marker(kind, 18, row - 4), 'none', 0, '', colour),
      text(30, row, name, 'start', 'var(--ink)'),
    );
    row += 18;
    if (lines.length < 2) continue;
    let column = 30;
    for (const one of lines) {
      shapes.push(
        path(`M${column} ${row - 4}h26`, colour, one.style === 'solid' ? 2.5 : 1.75, dashes[one.style]),
      );
      shapes.push(text(column + 32, row, one.label));
      column += 48 + one.label.length * 7;
    }
    row += 20;
  }
  const height = row + input.height;
  const colour = (css: string) => escapeXml(css === 'none' ? css : resolve(css));
  const element = (shape: Shape): string =>
    shape.kind === 'path'
      ? `<path d="${shape.d}" fill="${colour(shape.fill)}" stroke="${colour(shape.stroke)}" stroke-width="${shape.width}"${shape.dash ? ` stroke-dasharray="${shape.dash}"` : ''} stroke-linejoin="round"/>`
      : `<text x="${shape.x}" y="${shape.y}" text-anchor="${shape.anchor}" fill="${colour(shape.fill)}"${shape.bold ? ' font-weight="600"' : ''}>${escapeXml(shape.text)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${input.width}" height="${height}" viewBox="0 0 ${input.width} ${height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="100%" height="100%" fill="${colour('var(--surface)')}"/>`,
    ...shapes.map(element),
    `<g transform="translate(0 ${row})">`,
    ...chartScene(input).shapes.map(element),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (number | null)[])[];
}

/** One row for each x, one column for each line. */
export function chartTable({ series, xLabel }: Pick<ChartInput, 'series' | 'xLabel'>): ChartTable {
  const columns = series.flatMap(({ name, lines }) =>
    lines.map((one) => ({
      title: `${name}, ${one.label}`,
      values: new Map(one.points.map((point) => [point.x, point.y])),
    })),
  );
  const xs = [...new Set(columns.flatMap(({ values }) => [...values.keys()]))].sort((a, b) => a - b);
  return {
    head: [xLabel, ...columns.map(({ title }) => title)],
    rows: xs.map((x) => [x, ...columns.map(({ values }) => values.get(x) ?? null)]),
  };
}

/** RFC 4180; full precision. */
export function csv({ head, rows }: ChartTable): string {
  const cell = (value: string | number | null): string => {
    const plain = value === null ? '' : String(value);
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}
