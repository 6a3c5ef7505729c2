import { get } from 'idb-keyval';
import { baseIds, type BaseId } from '../nets';
import { deletePrefix, guarded, keysWithPrefix, type Storage } from '../storage';
import { folder } from './kept';
import type { WeightSource } from './sources';

/** Weights that the user gave for a base; they come before every published source. */
export interface OwnWeights {
  /** For people. */
  readonly name: string;
  /** Keras' own file, known by its checksum. */
  readonly verified: boolean;
  readonly bytes: number;
}

export const ownId = (base: BaseId) => `own/${base}`;
export const recordKey = (base: BaseId) => `${folder({ id: ownId(base) })}.own`;

/** Beside the files, which it describes. */
export interface OwnRecord {
  readonly source: WeightSource;
  readonly own: OwnWeights;
}

/** Published sources again. */
export function removeOwnWeights(storage: Storage, base: BaseId): Promise<void> {
  return deletePrefix(storage, folder({ id: ownId(base) }));
}

/** The user's own weights of a base as a source that is kept here; null: none. */
export async function ownSource(storage: Storage, base: BaseId): Promise<WeightSource | null> {
  return (await record(storage, base))?.source ?? null;
}

export async function ownWeights(storage: Storage): Promise<Partial<Record<BaseId, OwnWeights>>> {
  const found: Partial<Record<BaseId, OwnWeights>> = {};
  // One look at the keys, so that the usual visit, which has none, costs one request.
  const keys = await keysWithPrefix(storage, folder({ id: 'own' }));
  for (const base of baseIds) {
    if (!keys.includes(recordKey(base))) continue;
    const entry = await record(storage, base);
    if (entry !== null) found[base] = entry.own;
  }
  return found;
}

async function record(storage: Storage, base: BaseId): Promise<OwnRecord | null> {
  return (await guarded(get<OwnRecord>(recordKey(base), storage))) ?? null;
}
