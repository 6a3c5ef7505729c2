import type { Remedy } from './finding';
import type { Sided } from './sided';

/** For groups with images on both sides: those that train go, or move to the side of their twins. */
export function sharesRemedies(groups: readonly (readonly Sided[])[]): Remedy[] {
  const of = (group: readonly Sided[], trains: boolean) =>
    group.filter(({ side }) => (side === 'train') === trains);
  const trained = groups.flatMap((group) => (of(group, false).length > 0 ? of(group, true) : []));
  const remedies: Remedy[] = [];
  if (trained.length > 0) remedies.push({ kind: 'drop', images: trained.map(({ id }) => id) });
  for (const to of ['validation', 'test'] as const) {
    const images = groups
      .filter((group) => (of(group, false)[0]?.side ?? 'train') === to)
      .flatMap((group) => of(group, true).map(({ id }) => id));
    if (images.length > 0) remedies.push({ kind: 'move', images, to });
  }
  return remedies;
}
