import type { Projection } from '../engine/analysis/projection';
import type { RecordLookup } from '../session/records';
import type { ChartTable } from './parts/chart-export';
import { words } from './words';
import { en } from './words/en';

/** Marks of ten classes; of more, colours cannot tell, and one is chosen. Told apart by lightness too, and named on the map. */
export const classColours: readonly string[] = [
  'light-dark(#1d55b5, #86b4ff)',
  'light-dark(#b04a00, #ffb366)',
  'light-dark(#00734f, #4fd6a5)',
  'light-dark(#9a1f5c, #f49ac1)',
  'light-dark(#6a5a00, #e2cf4a)',
  'light-dark(#5b3fb0, #bfa8ff)',
  'light-dark(#00707f, #5fd3e6)',
  'light-dark(#7a2e12, #e79b7a)',
  'light-dark(#3d4a54, #c3cdd4)',
  'light-dark(#a3182a, #ff8f96)',
];

/** By the number that a projection has for it. */
export const shareNames = (): readonly string[] => {
  const { train, validation, test } = words.shares.names;
  return [train, validation, test];
};

/** What of a map is drawn. */
export interface MapChoice {
  /** Indices of classes and of shares that are left out. */
  readonly hiddenClasses: ReadonlySet<number>;
  readonly hiddenShares: ReadonlySet<number>;
}

export interface Placed {
  /** [points] each, in pixels; of every point, drawn or not. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Indices of the points that are drawn. */
  readonly drawn: Uint32Array;
}

export const isMistaken = ({ predicted, labels }: Projection, i: number): boolean =>
  predicted[i]! >= 0 && predicted[i] !== labels[i];

/** Points on a ground of that size, both axes to one scale so that distances are what they seem. */
export function placed(
  map: Projection,
  width: number,
  height: number,
  margin: number,
  choice: MapChoice,
): Placed {
  const n = map.ids.length;
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    const [x, y] = [map.xy[2 * i]!, map.xy[2 * i + 1]!];
    left = Math.min(left, x);
    right = Math.max(right, x);
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  const scale = Math.min(
    (width - 2 * margin) / Math.max(right - left, 1e-9),
    (height - 2 * margin) / Math.max(high - low, 1e-9),
  );
  const x = new Float32Array(n);
  const y = new Float32Array(n);
  const drawn = new Uint32Array(n);
  let count = 0;
  for (let i = 0; i < n; i++) {
    x[i] = width / 2 + (map.xy[2 * i]! - (left + right) / 2) * scale;
    // Up is up.
    y[i] = height / 2 - (map.xy[2 * i + 1]! - (low + high) / 2) * scale;
    if (!choice.hiddenClasses.has(map.labels[i]!) && !choice.hiddenShares.has(map.share[i]!))
      drawn[count++] = i;
  }
  return { x, y, drawn: drawn.subarray(0, count) };
}

/** The drawn point nearest to a place, at most `reach` pixels away; null: none. */
export function pointAt({ x, y, drawn }: Placed, px: number, py: number, reach: number): number | null {
  let best: number | null = null;
  let least = reach * reach;
  for (const i of drawn) {
    const square = (x[i]! - px) ** 2 + (y[i]! - py) ** 2;
    if (square <= least) [best, least] = [i, square];
  }
  return best;
}

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Where a key leads from a point: to the next one in that direction, or the first or last; null: not a key of ours. */
export function pointByKey({ x, y, drawn }: Placed, key: string, from: number | null): number | null {
  if (drawn.length === 0) return null;
  if (key === 'Home') return drawn[0]!;
  if (key === 'End') return drawn.at(-1)!;
  const direction = directions[key];
  if (direction === undefined) return null;
  if (from === null || !drawn.includes(from)) return drawn[0]!;
  const [dx, dy] = direction;
  let best = from;
  let least = Infinity;
  for (const i of drawn) {
    const [ax, ay] = [x[i]! - x[from]!, y[i]! - y[from]!];
    const along = ax * dx + ay * dy;
    const aside = Math.abs(ax * dy) + Math.abs(ay * dx);
    // Within 45 degrees: each point is reached from each by some way.
    if (along <= 0 || aside > along) continue;
    const cost = along + 2 * aside;
    if (cost < least) [best, least] = [i, cost];
  }
  return best;
}

export interface ClassOnMap {
  readonly index: number;
  readonly label: string;
  readonly images: number;
  readonly judged: number;
  readonly mistaken: number;
  /** Medians on the map, in its own units; null without images. */
  readonly centre: readonly [number, number] | null;
  /** The class whose centre is nearest on the map. */
  readonly neighbour: string | null;
}

/** What a map says of each class, for the table and for the names on the map. */
export function classesOnMap(map: Projection): ClassOnMap[] {
  const members = membersOf(map);
  const centres = members.map((own): readonly [number, number] | null =>
    own.length === 0 ? null : [middle(own, (i) => map.xy[2 * i]!), middle(own, (i) => map.xy[2 * i + 1]!)],
  );
  return map.classes.map((label, index) => {
    const own = members[index]!;
    const centre = centres[index] ?? null;
    let neighbour: string | null = null;
    let least = Infinity;
    for (const [other, at] of centres.entries()) {
      if (other === index || at === null || centre === null) continue;
      const distance = Math.hypot(at[0] - centre[0], at[1] - centre[1]);
      if (distance < least) [neighbour, least] = [map.classes[other]!, distance];
    }
    return {
      index,
      label,
      images: own.length,
      judged: own.reduce((sum, i) => sum + Number(map.predicted[i]! >= 0), 0),
      mistaken: own.reduce((sum, i) => sum + Number(isMistaken(map, i)), 0),
      centre,
      neighbour,
    };
  });
}

/** The points of each class, of those that are `wanted`. */
export function membersOf({ labels, classes }: Projection, wanted?: Uint32Array): Uint32Array[] {
  const n = wanted?.length ?? labels.length;
  const point = (k: number) => wanted?.[k] ?? k;
  const sizes = new Uint32Array(classes.length);
  for (let k = 0; k < n; k++) sizes[labels[point(k)]!]!++;
  const members = Array.from(sizes, (size) => new Uint32Array(size));
  sizes.fill(0);
  for (let k = 0; k < n; k++) {
    const label = labels[point(k)]!;
    members[label]![sizes[label]!++] = point(k);
  }
  return members;
}

/** Median of a value of points. */
export function middle(points: Uint32Array, value: (point: number) => number): number {
  // Typed arrays sort by number, and fast.
  return Float32Array.from(points, value).sort()[Math.floor(points.length / 2)]!;
}

/** Half a mark's size in pixels: many points are small ones. */
export const markSize = (points: number): number => (points > 6000 ? 1.75 : points > 1200 ? 2.5 : 4);

/** One row a point: what the map is made of. */
export function pointTable(map: Projection, records: RecordLookup): ChartTable {
  return {
    head: ['Image', 'File', 'Class', 'Share', 'Answer', 'x', 'y'],
    rows: map.ids.map((id, i) => [
      id,
      records.get(id)?.path ?? null,
      map.classes[map.labels[i]!]!,
      en.shares.names[(['train', 'validation', 'test'] as const)[map.share[i]!]!],
      map.predicted[i]! < 0 ? null : map.classes[map.predicted[i]!]!,
      map.xy[2 * i]!,
      map.xy[2 * i + 1]!,
    ]),
  };
}
