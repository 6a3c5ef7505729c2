import { delMany, getMany, set } from 'idb-keyval';
import { deletePrefix, guarded, keysWithPrefix, readEach, type Storage } from '../storage';
import { sha256Hex } from './digest';
import type { WeightFile, WeightSource } from './sources';

/**
 * The local copy of weight files: `weights/<source id>/<file>`, each written as soon as it is checked, so that a
 * download goes on where it stopped and the next visit needs none. Beside them the digest of the frozen base.
 */
export const folder = (source: Pick<WeightSource, 'id'>) => `weights/${source.id}/`;
const digestKey = (source: WeightSource) => `${folder(source)}.digest`;
const hostKey = (source: WeightSource) => `${folder(source)}.host`;

/** Bump when `freeze` or `weightsDigest` changes what it computes: a kept digest is only good for the same recipe. */
const recipe = 1;

export async function keepFile(
  storage: Storage,
  source: WeightSource,
  file: WeightFile,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await guarded(set(folder(source) + file.name, bytes, storage));
}

/**
 * The files that are here. One whose length or checksum is wrong, or that the browser cannot read, has been damaged
 * since it was stored: it is forgotten, and so downloaded again.
 */
export async function keptFiles(
  storage: Storage,
  source: WeightSource,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const keys = source.files.map(({ name }) => folder(source) + name);
  const values = await readEach<unknown>(storage, keys);
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const damaged: string[] = [];
  for (const [i, { name, bytes, sha256 }] of source.files.entries()) {
    const value = values[i];
    const isSound =
      value instanceof Uint8Array &&
      (bytes === null || value.length === bytes) &&
      (sha256 === null || (await sha256Hex(value as Uint8Array<ArrayBuffer>)) === sha256);
    if (isSound) files.set(name, value as Uint8Array<ArrayBuffer>);
    else damaged.push(keys[i]!);
  }
  if (damaged.length > 0) await guarded(delMany(damaged, storage));
  return files;
}

/** Names of the files that are here, without reading them. */
export async function keptNames(storage: Storage, source: WeightSource): Promise<Set<string>> {
  const prefix = folder(source);
  const keys = await keysWithPrefix(storage, prefix);
  return new Set(keys.map((key) => key.slice(prefix.length)));
}

export async function isComplete(storage: Storage, source: WeightSource): Promise<boolean> {
  const names = await keptNames(storage, source);
  return source.files.every(({ name }) => names.has(name));
}

/** Remembers, for people, who gave the files. */
export async function keepHost(storage: Storage, source: WeightSource, host: string): Promise<void> {
  await guarded(set(...hostEntry(source, host), storage));
}

export function hostEntry(source: WeightSource, host: string): [key: string, value: unknown] {
  return [hostKey(source), host];
}

export async function keptHost(storage: Storage, source: WeightSource): Promise<string | null> {
  const [value] = await guarded(getMany<unknown>([hostKey(source)], storage));
  return typeof value === 'string' ? value : null;
}

export function digestEntry(source: WeightSource, digest: string): [key: string, value: unknown] {
  return [digestKey(source), { recipe, digest }];
}

export async function keepDigest(storage: Storage, source: WeightSource, digest: string): Promise<void> {
  await guarded(set(...digestEntry(source, digest), storage));
}

export async function keptDigest(storage: Storage, source: WeightSource): Promise<string | null> {
  const [value] = await guarded(getMany<unknown>([digestKey(source)], storage));
  const { recipe: by, digest } = (value ?? {}) as { recipe?: unknown; digest?: unknown };
  return by === recipe && typeof digest === 'string' ? digest : null;
}

export function forget(storage: Storage, source: WeightSource): Promise<void> {
  return deletePrefix(storage, folder(source));
}
