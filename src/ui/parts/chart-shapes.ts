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

export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
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

const place = (value: number): number => Math.round(value * 100) / 100;

/** Circle, square, triangle, diamond: about the same area. */
export function marker(kind: number, x: number, y: number): string {
  const [left, top] = [place(x), place(y)];
  if (kind === 1) return `M${place(x - 3.5)} ${place(y - 3.5)}h7v7h-7z`;
  if (kind === 2) return `M${left} ${place(y - 4.5)}l4.5 8h-9z`;
  if (kind === 3) return `M${left} ${place(y - 5)}l5 5l-5 5l-5 -5z`;
  return circle(left, top, 4);
}

export function circle(x: number, y: number, r: number): string {
  return `M${place(x - r)} ${place(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}

/** A marker that its variant fills: with colour, hollow, hollow with a dot; then again. */
export function marks(kind: number, variant: number, x: number, y: number, colour: string): Shape[] {
  const shape = marker(kind, x, y);
  if (variant % 3 === 0) return [path(shape, 'none', 0, '', colour)];
  const hollow = path(shape, colour, 1.75, '', 'var(--surface)');
  if (variant % 3 === 1) return [hollow];
  return [hollow, path(circle(x, kind === 2 ? y + 0.75 : y, 1.25), 'none', 0, '', colour)];
}

export const ring = (x: number, y: number, colour: string): Shape => path(circle(x, y, 7.5), colour, 1.25);

export interface Tip {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly colour: string;
}

/**
 * Moves places apart until none is nearer than `gap` to the next, as little as that takes, within bounds; in the
 * order they came in. (Isotonic regression, by pooling neighbours that are too near.)
 */
export function spread(places: readonly number[], gap: number, from: number, to: number): number[] {
  const order = [...places.keys()].sort((a, b) => places[a]! - places[b]! || a - b);
  const room = Math.min(gap, (to - from) / Math.max(1, places.length - 1));
  const pools: { sum: number; count: number }[] = [];
  for (const [rank, index] of order.entries()) {
    let pool = { sum: places[index]! - rank * room, count: 1 };
    for (
      let last = pools.at(-1);
      last && last.sum / last.count > pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
      pools.pop();
    }
    pools.push(pool);
  }
  const moved = [...places];
  let rank = 0;
  for (const { sum, count } of pools) {
    const least = Math.max(from, Math.min(to - (places.length - 1) * room, sum / count));
    for (const end = rank + count; rank < end; rank++) moved[order[rank]!] = least + rank * room;
  }
  return moved;
}

/** Names at the right of the plot, each beside the end of its line; a thin line leads there where it had to move. */
export function endLabels(tips: readonly Tip[], plot: Plot): Shape[] {
  const ys = spread(
    tips.map(({ y }) => y),
    14,
    plot.top + 2,
    plot.bottom - 4,
  );
  return tips.flatMap(({ x, y, text: value, colour }, index) => {
    const at = ys[index]!;
    const near = plot.right + 13;
    const lead =
      x < plot.right - 2 || Math.abs(at - y) > 4
        ? [path(`M${place(x + 6)} ${place(y)}L${place(near - 3)} ${place(at)}`, colour, 1, '1 3')]
        : [];
    return [...lead, text(near, place(at + 4), value, 'start', 'var(--ink)')];
  });
}

/** A number in a disc, with words in a pill, beside a point and inside the plot. */
export function keyBadge(words: string, x: number, y: number, plot: Plot): Shape[] {
  const half = words.length < 3 ? 0 : words.length * 3.4;
  const dx = x + 2 * half + 32 > plot.right ? -16 - half : 16 + half;
  const dy = y + 36 > plot.bottom ? -26 : 26;
  const [cx, cy] = [place(x + dx), place(y + dy)];
  const near = cx - Math.sign(dx) * half;
  return [
    path(`M${place(x)} ${place(y)}L${place(near)} ${cy}`, 'var(--ink)', 1),
    path(circle(x, y, 2), 'none', 0, '', 'var(--ink)'),
    path(
      `M${place(cx - half)} ${cy - 9}h${place(2 * half)}a9 9 0 0 1 0 18h${place(-2 * half)}a9 9 0 0 1 0 -18z`,
      'var(--surface)',
      1.5,
      '',
      'var(--ink)',
    ),
    text(cx, place(cy + 4), words, 'middle', 'var(--surface)', true),
  ];
}
