import type { ImageId, ImageRecord, Share } from '../data/records';

/** A record with the share that a run would put it in. */
export interface Sided extends ImageRecord {
  readonly side: Share;
}

/** Whether images of a group differ in something. */
export const across = (group: readonly Sided[], of: (record: Sided) => string): boolean =>
  new Set(group.map(of)).size > 1;

export const idsOf = (groups: readonly (readonly Sided[])[]): ImageId[] => groups.flat().map(({ id }) => id);
export const asGroups = (groups: readonly (readonly Sided[])[]): ImageId[][] =>
  groups.map((group) => group.map(({ id }) => id));
