import { baseIds, nets, type BaseId } from '../engine/nets';

/** A base's colour and marker are the same wherever it shows. */
export const baseTitle = (base: BaseId): string => nets[base].title;
export const baseIndex = (base: BaseId): number => Math.max(0, baseIds.indexOf(base)) % 3;
export const baseColour = (base: BaseId): string => `var(--base-${baseIndex(base) + 1})`;
