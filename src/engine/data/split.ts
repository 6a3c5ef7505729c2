import { HeadwayError } from '../errors';
import { Random } from '../random';
import type { ImageId, ImageRecord } from './records';

export interface SplitOptions {
  /** Share of each class that only judges, 0 … 1; 0: none. */
  readonly validationShare: number;
  readonly seed: number;
}

export interface Split {
  readonly train: ImageId[];
  readonly validation: ImageId[];
  /** From the user's own test folders; never touched by training. */
  readonly test: ImageId[];
}

/**
 * Divides the images once, before anything is computed from them.
 *
 * - Test folders are the test set. Validation folders, where there are any, are the whole validation set: then all
 *   other images train.
 * - Else each class gives `validationShare` of its images, rounded, but at least one and never all; images out of a
 *   train folder as well, for that folder only says that they are no test images.
 * - Classes are drawn from separately (stratified), each by a random stream of its own over its sorted ids: the
 *   split does not depend on the order of dropping, and adding a class leaves the others' split alone.
 *
 * Lists are sorted by class name, then id. Throws `too-few-classes` below two, and `too-few-images` for a class that
 * has fewer than two images or none to train on.
 */
export function splitImages(records: readonly ImageRecord[], options: SplitOptions): Split {
  const { validationShare, seed } = options;
  const classes = new Map<string, ImageRecord[]>();
  for (const record of records) {
    const members = classes.get(record.label);
    if (members === undefined) classes.set(record.label, [record]);
    else members.push(record);
  }
  const labels = [...classes.keys()].sort();
  if (labels.length < 2) throw tooFewClasses(labels);

  const hasOwnValidation = records.some(({ share }) => share === 'validation');
  const drawn = hasOwnValidation ? 0 : validationShare;
  const split: Split = { train: [], validation: [], test: [] };
  for (const label of labels) {
    const members = classes.get(label)!.sort((a, b) => (a.id < b.id ? -1 : 1));
    const idsOf = (wanted: (record: ImageRecord) => boolean) => members.filter(wanted).map(({ id }) => id);
    const pool = idsOf(({ share }) => share === null || share === 'train');
    if (members.length < 2 || pool.length < (drawn > 0 ? 2 : 1))
      throw tooFewImages(label, members, pool.length);

    const count = drawn > 0 ? Math.min(Math.max(Math.round(pool.length * drawn), 1), pool.length - 1) : 0;
    const chosen = new Set(new Random(seed, `split/${label}`).shuffle([...pool]).slice(0, count));
    split.train.push(...pool.filter((id) => !chosen.has(id)));
    split.validation.push(...idsOf(({ id, share }) => share === 'validation' || chosen.has(id)));
    split.test.push(...idsOf(({ share }) => share === 'test'));
  }
  return split;
}

function tooFewClasses(labels: readonly string[]): HeadwayError {
  return new HeadwayError({
    code: 'too-few-classes',
    message:
      labels.length === 0
        ? 'There are no images yet.'
        : `There is only one class, “${labels[0]!}”: a classifier needs at least two.`,
    advice: 'Add another folder of images; each folder’s name is a class.',
  });
}

function tooFewImages(label: string, members: readonly ImageRecord[], trainable: number): HeadwayError {
  const have = members.length === 1 ? 'one image' : `${members.length} images`;
  const usable =
    trainable === members.length ? '' : `, ${trainable} of them outside test and validation folders`;
  return new HeadwayError({
    code: 'too-few-images',
    message: `The class “${label}” has ${have}${usable}: too few to train and to judge.`,
    advice: 'Add at least two images to that class, or remove the class.',
  });
}
