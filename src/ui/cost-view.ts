import type { ComparisonRow } from './comparison-view';
import { bytes, decimal, large } from './format';
import type { CostPoint } from './parts/cost-scene';
import type { RunCurves } from './results-view';

/** What an accuracy can be held against. */
export interface CostKind {
  readonly id: 'ms' | 'download' | 'parameters';
  value(row: ComparisonRow): number | null;
  text(value: number): string;
}

export const costKinds: readonly CostKind[] = [
  {
    id: 'ms',
    value: ({ msPerImage }) => msPerImage,
    text: (value) => `${decimal(value)} ms`,
  },
  {
    id: 'download',
    value: ({ downloadBytes }) => downloadBytes,
    text: bytes,
  },
  {
    id: 'parameters',
    value: ({ parameters }) => parameters,
    text: large,
  },
];

/** Shown runs whose cost is known, at the accuracy of the weights that their heads carry. */
export function costPoints(
  rows: readonly ComparisonRow[],
  curves: readonly RunCurves[],
  kind: CostKind,
): CostPoint[] {
  return curves.flatMap(({ id, shown, name, label, tag, colour, marker, variant }) => {
    const row = rows.find((one) => one.id === id);
    const cost = row ? kind.value(row) : null;
    if (!shown || !row?.kept || cost === null) return [];
    const { value, low, high } = row.kept;
    return [{ id, name, label, tag, colour, marker, variant, cost, value, low, high }];
  });
}
