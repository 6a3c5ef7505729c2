import type { Projection } from '../../engine/analysis/projection';
import { classColours, isMistaken, markSize, membersOf, middle, shareNames, type Placed } from '../map-view';
import { circle, path, text, type Shape } from './chart-shapes';
import { words } from '../words';

/** A circle, a square or a triangle of about the same area. */
export function shareMark(share: number, x: number, y: number, half: number): string {
  const r = (value: number) => Math.round(value * 10) / 10;
  if (share === 1)
    return `M${r(x - 0.9 * half)} ${r(y - 0.9 * half)}h${r(1.8 * half)}v${r(1.8 * half)}h${r(-1.8 * half)}z`;
  if (share === 2)
    return `M${r(x)} ${r(y - 1.2 * half)}l${r(1.15 * half)} ${r(2.1 * half)}h${r(-2.3 * half)}z`;
  return circle(r(x), r(y), half);
}

/** Colour of a class: its own while there are few, else only the chosen one's. */
export function colourOf(index: number, classes: number, chosen: number): string {
  if (classes <= classColours.length) return classColours[index]!;
  return index === chosen ? classColours[0]! : 'var(--line-strong)';
}

/** Points with a ring: the mistakes; of many classes those that the chosen one has a part in. */
export function ringed(map: Projection, { drawn }: Placed, chosen: number): number[] {
  const isOne = map.classes.length > classColours.length;
  return [...drawn].filter(
    (i) => isMistaken(map, i) && (!isOne || map.labels[i] === chosen || map.predicted[i] === chosen),
  );
}

/** Points that are drawn alike, those below first. */
export interface MarkGroup {
  readonly colour: string;
  readonly share: number;
  readonly points: readonly number[];
}

export function markGroups(map: Projection, at: Placed, chosen: number): MarkGroup[] {
  const groups = new Map<number, { colour: string; share: number; points: number[] }>();
  const isOne = map.classes.length > classColours.length;
  // The chosen class on top.
  const order = isOne
    ? [
        ...at.drawn.filter((i) => map.labels[i] !== chosen),
        ...at.drawn.filter((i) => map.labels[i] === chosen),
      ]
    : at.drawn;
  for (const i of order) {
    const [label, share] = [map.labels[i]!, map.share[i]!];
    const key = (isOne ? Number(label === chosen) : label) * shareNames().length + share;
    let group = groups.get(key);
    if (group === undefined)
      groups.set(key, (group = { colour: colourOf(label, map.classes.length, chosen), share, points: [] }));
    group.points.push(i);
  }
  return [...groups.values()];
}

/** Names of classes where the middle of each lies, apart from each other. */
export function classNames(
  map: Projection,
  at: Placed,
  shown: (index: number) => boolean,
): { readonly label: string; readonly x: number; readonly y: number; readonly index: number }[] {
  const names = membersOf(map, at.drawn).flatMap((own, index) => {
    if (own.length === 0 || !shown(index)) return [];
    const label = map.classes[index]!;
    const short = label.length > 24 ? `${label.slice(0, 23)}…` : label;
    return [{ label: short, index, x: middle(own, (i) => at.x[i]!), y: middle(own, (i) => at.y[i]!) }];
  });
  names.sort((a, b) => a.y - b.y);
  for (const [i, name] of names.entries())
    for (const above of names.slice(0, i))
      if (Math.abs(above.x - name.x) < 70 && name.y - above.y < 15) name.y = above.y + 15;
  return names;
}

/** What the marks mean, for a file. */
export function mapLegend(
  map: Projection,
  chosen: number,
): { readonly shapes: readonly Shape[]; readonly height: number } {
  const shapes: Shape[] = [];
  let row = 10;
  const entry = (mark: Shape, label: string) => {
    shapes.push(mark, text(30, row + 34, label, 'start', 'var(--ink)'));
    row += 18;
  };
  const filled = (share: number, colour: string) =>
    path(shareMark(share, 18, row + 30, 5), 'none', 0, '', colour);
  if (map.classes.length > classColours.length) entry(filled(0, classColours[0]!), map.classes[chosen]!);
  else for (const [i, label] of map.classes.entries()) entry(filled(0, classColours[i]!), label);
  for (const [share, name] of shareNames().entries())
    if (map.share.includes(share)) entry(filled(share, 'var(--ink)'), name);
  entry(path(shareMark(0, 18, row + 30, 6), 'var(--ink)', 1.5), words.map.mistaken);
  return { shapes, height: row };
}

/** The whole map as shapes, for a file. */
export function mapShapes(
  map: Projection,
  at: Placed,
  chosen: number,
  named: (index: number) => boolean,
): Shape[] {
  const half = markSize(at.drawn.length);
  const shapes: Shape[] = markGroups(map, at, chosen).map(({ colour, share, points }) =>
    path(points.map((i) => shareMark(share, at.x[i]!, at.y[i]!, half)).join(''), 'none', 0, '', colour),
  );
  const wrong = ringed(map, at, chosen);
  if (wrong.length > 0)
    shapes.push(
      path(wrong.map((i) => shareMark(0, at.x[i]!, at.y[i]!, half + 2.5)).join(''), 'var(--ink)', 1.5),
    );
  for (const { label, x, y } of classNames(map, at, named))
    shapes.push(text(Math.round(x), Math.round(y), label, 'middle', 'var(--ink)', true));
  return shapes;
}
