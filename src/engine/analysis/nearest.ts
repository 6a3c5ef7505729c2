import { featureWidth } from '../cuts';
import { ImageStore } from '../data/image-store';
import type { ImageId } from '../data/records';
import { FeatureStore } from '../features/store';
import type { StoredRun } from '../results/run-store';
import type { Storage } from '../storage';

/** A training image that looks alike to the base. */
export interface Neighbour {
  readonly id: ImageId;
  /** As the data set has it now. */
  readonly label: string;
  /** Cosine of the angle between the two vectors, −1 … 1. */
  readonly similarity: number;
}

/** Keeps the best few of many. */
export class Best {
  readonly #kept: { readonly id: ImageId; readonly similarity: number }[] = [];

  constructor(readonly size: number) {}

  add(id: ImageId, similarity: number): void {
    const kept = this.#kept;
    if (kept.length === this.size && similarity <= kept.at(-1)!.similarity) return;
    let at = kept.length;
    while (at > 0 && kept[at - 1]!.similarity < similarity) at--;
    kept.splice(at, 0, { id, similarity });
    if (kept.length > this.size) kept.pop();
  }

  get all(): readonly { readonly id: ImageId; readonly similarity: number }[] {
    return this.#kept;
  }
}

/** 0 where one of them has no length. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

/**
 * The training images of a run whose features are nearest to `vector` by cosine, nearest first; images that are no
 * longer in the data set are left out. The features are read a few chunks at a time.
 * @param except an image that would only find itself
 */
export async function nearestImages(
  storage: Storage,
  { result, spec }: StoredRun,
  vector: Float32Array,
  count: number,
  except: ImageId | null = null,
): Promise<Neighbour[]> {
  const labels = new Map((await new ImageStore(storage).records()).map(({ id, label }) => [id, label]));
  const wanted = result.split.train.filter((id) => labels.has(id) && id !== except);
  const width = featureWidth(spec.base, spec.cut);
  if (vector.length !== width) throw new RangeError(`${vector.length} features instead of ${width}`);
  const best = new Best(Math.max(0, Math.min(count, wanted.length)));
  await new FeatureStore(storage).visit(spec, wanted, width, (id, features) =>
    best.add(id, cosine(vector, features)),
  );
  return best.all.map(({ id, similarity }) => ({ id, similarity, label: labels.get(id)! }));
}
