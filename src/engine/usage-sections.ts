import { get } from 'idb-keyval';
import { folder } from './bases/kept';
import { ownId } from './bases/own-source';
import { sourcesOf } from './bases/sources';
import { tunedRoot } from './bases/tuned';
import { byteSize } from './byte-size';
import { cutNames, featureWidth, shapeAt } from './cuts';
import { ImageStore } from './data/image-store';
import { squareBytes, squaresPrefix } from './data/squares';
import { FeatureStore } from './features/store';
import { baseIds, nets, type BaseId } from './nets';
import { runKinds } from './results/run-store';
import { guarded, keysWithPrefix, type Storage } from './storage';

/**
 * `removed`: images that only the last edit's undo could bring back. `unfinished`: a training to go on with.
 * `cifar10`: its downloaded files. `other`: what this version of the page knows nothing of.
 */
export type StoredKind =
  'images' | 'removed' | 'features' | 'maps' | 'weights' | 'runs' | 'unfinished' | 'cifar10' | 'other';

/** Something that is stored and can be removed by itself. */
export interface StoredEntry {
  /** What `free` takes. */
  readonly id: string;
  readonly kind: StoredKind;
  /** Whose features, maps or weights they are; null for all else. */
  readonly base: BaseId | null;
  /** Of features and maps the cut, of weights their source; else empty. */
  readonly detail: string;
  /** Images, runs or files. */
  readonly count: number;
  /** Of the images, files and arrays themselves; a database takes somewhat more. */
  readonly bytes: number;
}

/** An entry with all that belongs to it. */
export interface Section extends StoredEntry {
  readonly keys: readonly string[];
}

/** Small records, which go with what they belong to. */
const small = ['records/', 'thumb/', 'undo/', 'import/', 'session/', 'settings/', 'version'];

/** What takes room. Large values are not read for it: their sizes follow from what they are. */
export async function sections(storage: Storage): Promise<Section[]> {
  const left = new Set(await keysWithPrefix(storage, ''));
  const take = (...prefixes: readonly string[]) => {
    const keys = [...left].filter((key) => prefixes.some((prefix) => key.startsWith(prefix)));
    for (const key of keys) left.delete(key);
    return keys;
  };
  take(...small);
  const found = [...(await imageSections(storage, take('image/'), take(squaresPrefix)))];
  for (const root of ['features/', 'maps/'] as const)
    found.push(...(await featureSections(storage, root, take(root))));
  for (const base of baseIds)
    for (const { id, files } of [{ id: ownId(base), files: [] }, ...sourcesOf(nets[base])]) {
      const prefix = folder({ id });
      const keys = take(prefix);
      const known = new Map(files.map(({ name, bytes }) => [prefix + name, bytes]));
      if (keys.length === 0) continue;
      const unknown = keys.filter((key) => (known.get(key) ?? null) === null);
      const bytes = sum(keys.map((key) => known.get(key) ?? 0)) + (await measured(storage, unknown));
      found.push({ id: prefix, kind: 'weights', base, detail: id, count: keys.length, bytes, keys });
    }
  const rest = [
    ['runs', take(...runKinds, tunedRoot)],
    ['unfinished', take('checkpoint/')],
    ['cifar10', take('cifar10/')],
    ['other', [...left]],
  ] as const;
  for (const [kind, keys] of rest)
    if (keys.length > 0) {
      const count = kind === 'runs' ? keys.filter((key) => key.startsWith('run/')).length : keys.length;
      const bytes = await measured(storage, keys);
      found.push({ id: kind, kind, base: null, detail: '', count, bytes, keys });
    }
  return found;
}

/** Sizes of images are known from their records; only what `undo` keeps has none. */
async function imageSections(
  storage: Storage,
  keys: readonly string[],
  squares: readonly string[],
): Promise<Section[]> {
  const records = await new ImageStore(storage).records();
  const known = new Set(records.map(({ id }) => `image/${id}`));
  const removed = keys.filter((key) => !known.has(key));
  const [kept, dropped] = [true, false].map((isKept) =>
    sum(squares.filter((key) => known.has(`image/${key.split('/')[1]!}`) === isKept).map(squareBytes)),
  ) as [number, number];
  const common = { base: null, detail: '' };
  return [
    {
      id: 'images',
      kind: 'images',
      ...common,
      count: known.size,
      bytes: sum(records.map(({ bytes }) => bytes)) + kept,
      keys,
    },
    {
      id: 'removed',
      kind: 'removed',
      ...common,
      count: removed.length,
      bytes: (await measured(storage, removed)) + dropped,
      keys: removed,
    },
  ].filter(({ count }) => count > 0) as Section[];
}

function bySpec(root: string, keys: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const key of keys) {
    const id = key.slice(0, key.indexOf('/', root.length) + 1);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [key]);
    else group.push(key);
  }
  return groups;
}

/** Arrays of numbers, as large as the base is wide at their cut. */
async function featureSections(
  storage: Storage,
  root: 'features/' | 'maps/',
  keys: readonly string[],
): Promise<Section[]> {
  const images = new Map((await new FeatureStore(storage).list()).map(({ key, images }) => [key, images]));
  const found: Section[] = [];
  for (const [id, group] of bySpec(root, keys)) {
    const spec = id.slice(root.length, -1);
    const [name = '', , , , cut = ''] = spec.split('.');
    const base = baseIds.find((known) => known === name && cutNames(known).includes(cut)) ?? null;
    const count = root === 'maps/' ? group.length : (images.get(spec) ?? 0);
    const values =
      base === null ? 0 : root === 'maps/' ? product(shapeAt(base, cut)) : featureWidth(base, cut);
    const bytes =
      base === null ? await measured(storage, group) : count * values * (root === 'maps/' ? 2 : 4);
    const kind = root === 'maps/' ? 'maps' : 'features';
    found.push({ id, kind, base, detail: cut, count, bytes, keys: group });
  }
  return found;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const product = (values: readonly number[]) => values.reduce((total, value) => total * value, 1);

/** By reading them, one at a time. */
async function measured(storage: Storage, keys: readonly string[]): Promise<number> {
  let total = 0;
  for (const key of keys) total += byteSize(await guarded(get(key, storage)));
  return total;
}
