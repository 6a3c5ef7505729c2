import { featureWidth } from '../cuts';
import { ImageStore } from '../data/image-store';
import type { ImageId, Share } from '../data/records';
import { HeadwayError } from '../errors';
import { FeatureStore } from '../features/store';
import { Pace } from '../heads/pace';
import type { JobControl, Progress } from '../job';
import { predictedClasses } from '../results/confusion';
import type { RunEvaluation, ShareEvaluation } from '../results/evaluation';
import type { StoredRun } from '../results/run-store';
import type { Storage } from '../storage';
import { nestedOrder } from './nested-subsets';
import { neighbourMap } from './neighbour-map';
import { principalComponents } from './principal-components';

export type ProjectionMethod = 'pca' | 'umap';

/** The images of a run as points of a plane, by what its base makes of them. */
export interface Projection {
  readonly runId: string;
  readonly method: ProjectionMethod;
  readonly ids: readonly ImageId[];
  /** Images of the run that there are; more than `ids` where a map of all would be too large. */
  readonly of: number;
  /** [images, 2] */
  readonly xy: Float32Array;
  /** Sorted: the labels that the data set has now, and the run's. */
  readonly classes: readonly string[];
  /** [images]; indices into `classes`. */
  readonly labels: Uint16Array;
  /** [images]; what the head says, as indices into `classes`, −1 where it was not asked: of training images. */
  readonly predicted: Int32Array;
  /** [images]; which share each was in, as indices into `shares`. */
  readonly share: Uint8Array;
  /** Of PCA: the shares of the whole variance along the two axes. */
  readonly explained: readonly [number, number] | null;
  readonly ms: number;
}

export const shares = ['train', 'validation', 'test'] as const satisfies readonly Share[];

/**
 * Points of a map: 64 MB of 2048 features each. Comparing all with all, as UMAP does, takes the square of their number,
 * and of more than these an eye tells none apart.
 */
const mostPoints = 8_000;

/** How many components UMAP is given: the rest is little but noise, and its time grows with them. */
const componentsForUmap = 30;

/**
 * A map of the images of a run that are still in the data set, labelled as they are now; of more than `most`, of so
 * many drawn by the run's seed, in proportion to classes and shares. `pca` keeps what varies most, and distances are
 * what they seem; `umap` keeps neighbourhoods. Rejects with `too-few-images` below three, and with
 * `cancelled`.
 */
export async function projectRun(
  storage: Storage,
  run: StoredRun,
  evaluation: RunEvaluation | null,
  method: ProjectionMethod,
  control: JobControl,
  onProgress: (progress: Progress) => void = () => undefined,
  most = mostPoints,
): Promise<Projection> {
  const start = performance.now();
  const { result, spec } = run;
  const all = await shownImages(storage, run);
  const images = sampled(all, most, result.request.seed);
  if (images.length < 3)
    throw new HeadwayError({
      code: 'too-few-images',
      message: 'Fewer than three images of this run are left in the data set.',
      advice: 'Add images, and run again.',
      why: { code: 'too-few-for', what: 'map' },
    });
  const ids = images.map(({ id }) => id);
  const width = featureWidth(spec.base, spec.cut);
  const features = await new FeatureStore(storage).readMatrix(spec, ids, width);
  const pace = new Pace(control);
  const tell = (done: number) =>
    onProgress({
      done: Math.round(done * ids.length),
      total: ids.length,
      unit: 'images',
      perSecond: null,
      secondsLeft: null,
    });
  const isPca = method === 'pca';
  const { scores, explained, components } = await principalComponents(
    features,
    width,
    isPca ? 2 : componentsForUmap,
    pace,
    (done, of) => tell((isPca ? 1 : 0.3) * (done / of)),
  );
  const xy = isPca
    ? inPlane(scores, components, ids.length)
    : await neighbourMap(scores, components, result.request.seed, pace, (done) => tell(0.3 + 0.7 * done));
  const classes = [...new Set([...result.classes, ...images.map(({ label }) => label)])].sort();
  const index = new Map(classes.map((label, c) => [label, c]));
  const predicted = predictions(evaluation, result.classes);
  return {
    runId: result.runId,
    method,
    ids,
    of: all.length,
    xy,
    classes,
    labels: Uint16Array.from(images, ({ label }) => index.get(label)!),
    predicted: Int32Array.from(ids, (id) => index.get(predicted.get(id) ?? '') ?? -1),
    share: Uint8Array.from(images, ({ share }) => shares.indexOf(share)),
    explained: isPca ? [explained[0] ?? 0, explained[1] ?? 0] : null,
    ms: performance.now() - start,
  };
}

interface ShownImage {
  readonly id: ImageId;
  readonly label: string;
  readonly share: Share;
}

async function shownImages(storage: Storage, { result }: StoredRun): Promise<ShownImage[]> {
  const labels = new Map((await new ImageStore(storage).records()).map(({ id, label }) => [id, label]));
  return shares.flatMap((share) =>
    (result.split[share] ?? []).flatMap((id) => {
      const label = labels.get(id);
      return label === undefined ? [] : [{ id, label, share }];
    }),
  );
}

/** In their own order. */
function sampled(images: readonly ShownImage[], most: number, seed: number): readonly ShownImage[] {
  if (images.length <= most) return images;
  const strata = new Map<string, number>();
  const stratum = ({ label, share }: ShownImage): number => {
    const key = JSON.stringify([label, share]);
    if (!strata.has(key)) strata.set(key, strata.size);
    return strata.get(key)!;
  };
  const order = nestedOrder(Uint16Array.from(images, stratum), seed);
  return Array.from(order.subarray(0, most).sort(), (i) => images[i]!);
}

/** All scores in one direction still are a map: a line. */
function inPlane(scores: Float32Array, components: number, n: number): Float32Array {
  const xy = new Float32Array(2 * n);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < Math.min(2, components); c++) xy[2 * i + c] = scores[i * components + c]!;
  return xy;
}

/** What the head says of the images it was judged by. */
function predictions(
  evaluation: RunEvaluation | null,
  classes: readonly string[],
): ReadonlyMap<ImageId, string> {
  const said = new Map<ImageId, string>();
  const add = ({ ids, logits }: ShareEvaluation) => {
    const predicted = predictedClasses(logits, classes.length);
    for (const [i, id] of ids.entries()) said.set(id, classes[predicted[i]!]!);
  };
  if (evaluation) add(evaluation.validation);
  if (evaluation?.test) add(evaluation.test);
  return said;
}
