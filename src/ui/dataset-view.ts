import type { ImageRecord, LeftOut, LeftOutReason, Share } from '../engine/data/records';
import type { RunRequest } from '../engine/run';
import { countsByShare, recordsByClass, type ShareCounts } from '../session/records';
import { integer, list, percent } from './format';
import { words } from './words';

/** What the class tree shows of a class. */
export interface ClassView {
  readonly label: string;
  readonly records: readonly ImageRecord[];
  /** By the user's own folders; null where they say nothing. */
  readonly shares: Readonly<Record<Share, number>> | null;
}

/** Classes in the order of their labels, images in the order of the records. */
export function classViews(records: readonly ImageRecord[]): ClassView[] {
  return recordsByClass(records).map(({ label, records: own, counts }) => ({
    label,
    records: own,
    shares: named(counts),
  }));
}

export function shares(records: readonly ImageRecord[]): ClassView['shares'] {
  return named(countsByShare(records));
}

function named({ train, validation, test }: ShareCounts): ClassView['shares'] {
  return train + validation + test === 0 ? null : { train, validation, test };
}

/** 30 train, 5 validation */
export function sharesText(counts: Readonly<Record<Share, number>>): string {
  return (['train', 'validation', 'test'] as const)
    .filter((share) => counts[share] > 0)
    .map((share) => words.shares.counted[share](integer(counts[share])))
    .join(', ');
}

/**
 * What will be drawn for judging, where folders do not say it (`counts`): “Held out: 20% of each class for validation.”
 */
export function heldText(
  counts: ClassView['shares'],
  { validationShare, testShare }: Pick<RunRequest, 'validationShare' | 'testShare'>,
): string {
  const drawn = [
    ...(counts?.validation ? [] : [[validationShare, 'validation'] as const]),
    ...(counts?.test || testShare === 0 ? [] : [[testShare, 'test'] as const]),
  ].map(([share, what], i) => words.shares.drawn[what](percent(share, 0), i === 0));
  return drawn.length === 0 ? '' : words.shares.heldOut(list(drawn));
}

export interface LeftOutGroup {
  readonly reason: LeftOutReason;
  readonly sentence: string;
  readonly items: readonly LeftOut[];
}

/** Most frequent reason first. */
export function leftOutGroups(items: readonly LeftOut[]): LeftOutGroup[] {
  const groups = new Map<LeftOutReason, LeftOut[]>();
  for (const item of items) {
    const group = groups.get(item.reason);
    if (group) group.push(item);
    else groups.set(item.reason, [item]);
  }
  return [...groups]
    .map(([reason, group]) => ({
      reason,
      sentence: words.leftOut.reasons[reason](group.length),
      items: group,
    }))
    .sort((a, b) => b.items.length - a.items.length);
}
