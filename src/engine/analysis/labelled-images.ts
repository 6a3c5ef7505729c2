import { featureWidth } from '../cuts';
import { imageId } from '../data/digest';
import { ImageStore } from '../data/image-store';
import type { ImageId, ImageRecord } from '../data/records';
import { HeadwayError } from '../errors';
import { FeatureStore } from '../features/store';
import { loadExamples, type LoadedExamples } from '../heads/load-examples';
import type { StoredRun } from '../results/run-store';
import type { LabelledIds } from '../run';
import type { Storage } from '../storage';

/** The images that a run was made of, as the data set knows them now: labels may have changed, images be gone. */
export interface LabelledImages {
  /** Sorted. */
  readonly classes: readonly string[];
  readonly train: LabelledIds;
  readonly validation: LabelledIds;
  readonly records: readonly ImageRecord[];
  /** SHA-256 of what an analysis depends on besides the features: which images, in which share, with which label. */
  readonly digest: string;
}

/** Throws `too-few-classes` where fewer than two classes are left. */
export async function labelledImages(storage: Storage, { result }: StoredRun): Promise<LabelledImages> {
  const all = new Map((await new ImageStore(storage).records()).map((record) => [record.id, record]));
  const known = (ids: readonly ImageId[]) => ids.flatMap((id) => all.get(id) ?? []);
  const [train, validation] = [known(result.split.train), known(result.split.validation)];
  const records = [...train, ...validation];
  const classes = [...new Set(records.map(({ label }) => label))].sort();
  if (classes.length < 2)
    throw new HeadwayError({
      code: 'too-few-classes',
      message: 'Of the images of this run, fewer than two classes are left in the data set.',
      advice: 'Add images, run again, and analyse the new run.',
      why: { code: 'run-classes-gone' },
    });
  const index = new Map(classes.map((label, c) => [label, c]));
  const labelled = (of: readonly ImageRecord[]): LabelledIds => ({
    ids: of.map(({ id }) => id),
    labels: Uint16Array.from(of, ({ label }) => index.get(label)!),
  });
  const facts = JSON.stringify([train, validation].map((of) => of.map(({ id, label }) => [id, label])));
  return {
    classes,
    train: labelled(train),
    validation: labelled(validation),
    records,
    digest: await imageId(new TextEncoder().encode(facts)),
  };
}

/**
 * Their features as the run had them; where there are too many for memory they stay in the store.
 * @throws HeadwayError `invalid-request` where the run trained stages of its base: these have seen every training image
 * with its label, so that no head on their features is judged by images that are new to it
 */
export async function examplesOf(
  storage: Storage,
  { spec, result }: StoredRun,
  { ids, labels }: LabelledIds,
  classes: number,
): Promise<LoadedExamples> {
  if (result.request.tail === 'train')
    throw new HeadwayError({
      code: 'invalid-request',
      message: 'This run trained stages of its base: these know all of its training images and their labels.',
      advice: 'Run the same images with a frozen base, and analyse that run.',
      why: { code: 'stages-know-labels' },
    });
  const inputs = featureWidth(spec.base, spec.cut);
  return loadExamples(new FeatureStore(storage), [spec], { ids, labels }, { inputs, classes });
}
