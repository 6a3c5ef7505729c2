import type { ImageId, ImageRecord } from '../data/records';
import { specKey } from '../features/key';
import { FeatureStore } from '../features/store';
import type { JobControl } from '../job';
import type { Storage } from '../storage';
import { closePairs } from './close-pairs';
import { comparable, rowCosine, unitRows, type Comparable } from './feature-similarity';

/** Images up to which all are compared with all. 3,040 of ResNet50's real rows take 0.7 s of one core, n² beyond. */
export const mostSearched = 5_000;

/** Of larger groups every pair is too much, and one false member no matter. */
const largestGroup = 200;
/** Images of groups whose features are in memory at once: 16 MB of 2048 values each. */
const imagesAtOnce = 2_000;

/** Images that belong together, with what the features say: the lowest of each image's cosine with its nearest twin. */
export interface CheckedGroup {
  readonly ids: readonly ImageId[];
  /** Null: the features of one of them at least are not stored. */
  readonly similarity: number | null;
}

/** What features say of near-duplicates. */
export interface FeatureCheck {
  /** The base that was asked. */
  readonly title: string;
  /** The hash's groups, as far as the features do not contradict; images whose features are missing stay in them. */
  readonly alike: readonly CheckedGroup[];
  /** What the features tell apart of what the hash takes for one, with the highest cosine among them. */
  readonly apart: readonly CheckedGroup[];
  /** Pairs that the hash does not find; null: not looked for, there are too many images or too few features. */
  readonly missed: readonly (readonly [ImageId, ImageId, similarity: number])[] | null;
}

/** Pairs among all images, kept from one check to the next: neither the split nor a removal changes them. */
interface Searched {
  readonly key: string;
  readonly ids: ReadonlySet<ImageId>;
  readonly pairs: readonly (readonly [ImageId, ImageId, number])[];
}

/** Checks near-duplicates by what is in the feature store; computes no features. */
export class FeatureChecker {
  readonly #store: FeatureStore;
  #searched: Searched | null = null;

  constructor(storage: Storage) {
    this.#store = new FeatureStore(storage);
  }

  /** Null where no features can tell. Rejects with `cancelled` when `control` says so. */
  async check(
    records: readonly ImageRecord[],
    groups: readonly (readonly ImageId[])[],
    control: JobControl,
  ): Promise<FeatureCheck | null> {
    const all = records.map(({ id }) => id);
    const grouped = groups.flat();
    const by =
      (grouped.length > 0 ? await comparable(this.#store, grouped) : null) ??
      (all.length <= mostSearched ? await comparable(this.#store, all) : null);
    if (by === null) return null;
    const checked: Divided[] = [];
    for (const batch of batches(groups)) {
      checked.push(...(await this.#divide(by, batch)));
      await control.checkpoint();
    }
    return {
      title: by.title,
      alike: checked.flatMap(({ alike }) => alike),
      apart: checked.flatMap(({ apart }) => apart),
      missed: await this.#missed(by, all, groups, control),
    };
  }

  async #divide(by: Comparable, groups: readonly (readonly ImageId[])[]): Promise<Divided[]> {
    const has = groups
      .filter(({ length }) => length <= largestGroup)
      .flatMap((group) => group.filter((id) => by.present.has(id)));
    const rows = await unitRows(this.#store, by, has);
    const rowOf = new Map(has.map((id, row) => [id, row]));
    const cosine: Cosine = (a, b) => {
      const [p, q] = [rowOf.get(a), rowOf.get(b)];
      return p === undefined || q === undefined ? null : rowCosine(rows, by.width, p, q);
    };
    return groups.map((group) =>
      group.length > largestGroup
        ? { alike: [{ ids: group, similarity: null }], apart: [] }
        : divided(group, cosine, by.scale.apart),
    );
  }

  async #missed(
    by: Comparable,
    all: readonly ImageId[],
    groups: readonly (readonly ImageId[])[],
    control: JobControl,
  ): Promise<FeatureCheck['missed']> {
    const ids = all.filter((id) => by.present.has(id));
    if (ids.length < 2 || all.length > mostSearched) return null;
    const key = specKey(by.spec);
    let searched = this.#searched;
    if (searched?.key !== key || ids.some((id) => !searched!.ids.has(id))) {
      const rows = await unitRows(this.#store, by, ids);
      const pairs = await closePairs(rows, by.width, by.scale.alike, control);
      searched = {
        key,
        ids: new Set(ids),
        pairs: pairs.map(({ a, b, similarity }) => [ids[a]!, ids[b]!, similarity] as const),
      };
      this.#searched = searched;
    }
    const here = new Set(ids);
    const group = new Map(groups.flatMap((members, i) => members.map((id) => [id, i] as const)));
    return searched.pairs.filter(
      ([a, b]) => here.has(a) && here.has(b) && (!group.has(a) || group.get(a) !== group.get(b)),
    );
  }
}

/** Null where one of them has no features. */
type Cosine = (a: ImageId, b: ImageId) => number | null;
type Divided = Pick<FeatureCheck, 'alike' | 'apart'>;

/** Groups of together about as many images as are in memory at once. */
function* batches(groups: readonly (readonly ImageId[])[]): Generator<(readonly ImageId[])[]> {
  let batch: (readonly ImageId[])[] = [];
  let images = 0;
  for (const group of groups) {
    batch.push(group);
    images += group.length;
    if (images < imagesAtOnce) continue;
    yield batch;
    [batch, images] = [[], 0];
  }
  if (images > 0) yield batch;
}

/** A group of the hash's into those that the features hold together, and what they tell apart. */
function divided(group: readonly ImageId[], cosine: Cosine, apart: number): Divided {
  const linked = components(group, (a, b) => (cosine(a, b) ?? 1) >= apart);
  const alike = linked
    .filter(({ length }) => length > 1)
    .map((ids) => {
      const nearest = ids.map((id) => highest(ids, id, cosine));
      const known = nearest.every((value) => value !== null);
      return { ids, similarity: known ? Math.min(...nearest) : null };
    });
  if (linked.length === 1) return { alike, apart: [] };
  // Of those that are held together, one stands for all.
  const ids = linked.map(([first]) => first!);
  const between = linked.flatMap((members, i) => {
    const others = linked.filter((_, k) => k !== i).flat();
    return members.flatMap((id) => highest(others, id, cosine) ?? []);
  });
  return { alike, apart: [{ ids, similarity: Math.max(...between) }] };
}

/** The cosine of an image with the nearest of others; null: it has no features, or they have none. */
function highest(others: readonly ImageId[], id: ImageId, cosine: Cosine): number | null {
  let best: number | null = null;
  for (const other of others) {
    const value = other === id ? null : cosine(id, other);
    if (value !== null && (best === null || value > best)) best = value;
  }
  return best;
}

/** Connected components, in the order of `ids`. */
function components(ids: readonly ImageId[], linked: (a: ImageId, b: ImageId) => boolean): ImageId[][] {
  const left = new Set(ids);
  const found: ImageId[][] = [];
  for (const first of ids) {
    if (!left.delete(first)) continue;
    const members = [first];
    for (const member of members)
      for (const other of left)
        if (linked(member, other)) {
          left.delete(other);
          members.push(other);
        }
    found.push(members.sort((a, b) => ids.indexOf(a) - ids.indexOf(b)));
  }
  return found;
}
