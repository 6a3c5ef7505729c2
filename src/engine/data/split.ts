import { HeadwayError } from '../errors';
import { Random } from '../random';
import type { ImageId, ImageRecord } from './records';

export interface SplitOptions {
  /** Share of each class that only judges, 0 … 1; 0: none. */
  readonly validationShare: number;
  /** Share of each class that stays untouched until the end, 0 … 1; missing: none. */
  readonly testShare?: number;
  readonly seed: number;
  /** Images that must not be on two sides: near-duplicates. */
  readonly groups?: readonly (readonly ImageId[])[];
}

export interface Split {
  readonly train: ImageId[];
  readonly validation: ImageId[];
  /** From the user's own test folders, or drawn; never touched by training. */
  readonly test: ImageId[];
}

/**
 * Divides the images once, before anything is computed from them.
 *
 * - Test folders are the test set, and validation folders the whole validation set: then no more are drawn for it.
 * - Else each class gives `validationShare` and `testShare` of its images, rounded, but at least one each and never all;
 *   images out of a train folder as well, for that folder only says that they are no test images.
 * - Groups move as one, where the user's folders leave it open: with a member that lies in a validation or test folder,
 *   else with the class of their first image. A class that is one group is divided all the same; the audit tells.
 * - Classes are drawn from separately (stratified), each by a random stream of its own over its sorted ids: the
 *   split does not depend on the order of dropping, adding a class leaves the others' split alone, and a test share
 *   leaves the validation images as they were.
 *
 * Lists are sorted by class name, then id. Throws `invalid-request` for shares that leave nothing to train on,
 * `too-few-classes` below two, and `too-few-images` for a class that cannot serve every side.
 */
export function splitImages(records: readonly ImageRecord[], options: SplitOptions): Split {
  const { seed, groups = [] } = options;
  const { drawn, sides } = sidesOf(records, options);
  const classes = byLabel(records);
  const labels = [...classes.keys()].sort();
  if (labels.length < 2) throw tooFewClasses(labels);

  const side = new Map<ImageId, keyof Split>();
  const grouping = new Grouping(records, groups);
  for (const label of labels) {
    const members = classes.get(label)!;
    const pool = members.filter(canBeDrawn);
    if (isTooSmall(members, sides)) throw tooFewImages(label, members, pool.length, sides);
    const open = grouping.unitsOf(pool);
    const units = open.length < sides ? pool.map(({ id }) => [id]) : open;
    new Random(seed, `split/${label}`).shuffle(units);
    const total = units.reduce((sum, unit) => sum + unit.length, 0);
    for (const name of ['validation', 'test'] as const) {
      if (drawn[name] === 0) continue;
      const left = name === 'validation' ? sides - 1 : 1;
      for (const unit of take(units, Math.round(total * drawn[name]), left))
        for (const id of unit) side.set(id, name);
    }
  }
  grouping.follow(side);
  const idsOf = (wanted: keyof Split) =>
    labels.flatMap((label) =>
      classes
        .get(label)!
        .filter(({ id, share }) => (side.get(id) ?? share ?? 'train') === wanted)
        .map(({ id }) => id),
    );
  return { train: idsOf('train'), validation: idsOf('validation'), test: idsOf('test') };
}

/** The labels of classes that cannot serve every side: each of them alone makes `splitImages` throw `too-few-images`. */
export function classesTooSmall(records: readonly ImageRecord[], options: SplitOptions): string[] {
  const { sides } = sidesOf(records, options);
  return [...byLabel(records)].filter(([, members]) => isTooSmall(members, sides)).map(([label]) => label);
}

/** What is drawn because no folder says it, and how many sides that makes with training. */
function sidesOf(records: readonly ImageRecord[], { validationShare, testShare = 0 }: SplitOptions) {
  checkShares(validationShare, testShare);
  const has = (wanted: ImageRecord['share']) => records.some(({ share }) => share === wanted);
  const drawn = {
    validation: has('validation') ? 0 : validationShare,
    test: has('test') ? 0 : testShare,
  };
  return { drawn, sides: 1 + Number(drawn.validation > 0) + Number(drawn.test > 0) };
}

const canBeDrawn = ({ share }: ImageRecord): boolean => share === null || share === 'train';

function isTooSmall(members: readonly ImageRecord[], sides: number): boolean {
  return members.length < 2 || members.filter(canBeDrawn).length < sides;
}

/** Moves units, in their order, out of `units` until `count` images are reached; at least one, leaving `spare`. */
function take(units: ImageId[][], count: number, spare: number): ImageId[][] {
  const taken: ImageId[][] = [];
  let size = 0;
  for (let i = 0; i < units.length && units.length > spare;) {
    const unit = units[i]!;
    if (size + unit.length > count) {
      i++;
      continue;
    }
    taken.push(unit);
    size += unit.length;
    units.splice(i, 1);
    if (size >= count) break;
  }
  if (taken.length > 0) return taken;
  const smallest = units.reduce((best, unit, i) => (unit.length < units[best]!.length ? i : best), 0);
  return units.splice(smallest, 1);
}

/** Which images go together. */
class Grouping {
  readonly #groupOf = new Map<ImageId, readonly ImageRecord[]>();

  constructor(records: readonly ImageRecord[], groups: readonly (readonly ImageId[])[]) {
    const byId = new Map(records.map((record) => [record.id, record]));
    for (const group of groups) {
      const members = group.map((id) => byId.get(id)).filter((record) => record !== undefined);
      for (const { id } of members) this.#groupOf.set(id, members);
    }
  }

  /**
   * The images of a class that can be drawn, by group; each group only with the class of its first image that can be
   * drawn, and not at all where a folder has spoken for one of it.
   */
  unitsOf(pool: readonly ImageRecord[]): ImageId[][] {
    return pool.flatMap(({ id }) => {
      const group = this.#groupOf.get(id);
      if (group === undefined) return [[id]];
      if (group.some(isHeld)) return [];
      return group[0]!.id === id ? [group.map((member) => member.id)] : [];
    });
  }

  /** Takes images that no folder has spoken for to where a folder has put their twin. */
  follow(side: Map<ImageId, keyof Split>): void {
    for (const [id, group] of this.#groupOf) {
      const held = group.find(isHeld);
      const own = group.find((record) => record.id === id)!;
      if (held !== undefined && own.share === null) side.set(id, held.share!);
    }
  }
}

function isHeld({ share }: ImageRecord): boolean {
  return share === 'validation' || share === 'test';
}

/** Sorted by id. */
function byLabel(records: readonly ImageRecord[]): Map<string, ImageRecord[]> {
  const classes = new Map<string, ImageRecord[]>();
  for (const record of records) {
    const members = classes.get(record.label);
    if (members === undefined) classes.set(record.label, [record]);
    else members.push(record);
  }
  for (const members of classes.values()) members.sort((a, b) => (a.id < b.id ? -1 : 1));
  return classes;
}

function checkShares(validationShare: number, testShare: number): void {
  if (validationShare >= 0 && testShare >= 0 && validationShare + testShare < 1) return;
  throw new HeadwayError({
    code: 'invalid-request',
    message: 'The shares for validation and testing leave nothing to train on.',
    advice: 'Make them smaller: together they must stay below 1.',
    details: `validationShare ${validationShare}, testShare ${testShare}`,
    why: { code: 'shares-too-large' },
  });
}

function tooFewClasses(labels: readonly string[]): HeadwayError {
  return new HeadwayError({
    code: 'too-few-classes',
    message:
      labels.length === 0
        ? 'There are no images yet.'
        : `There is only one class, “${labels[0]!}”: a classifier needs at least two.`,
    advice: 'Add another folder of images; each folder’s name is a class.',
    why: labels.length === 0 ? { code: 'no-images' } : { code: 'one-class', label: labels[0]! },
  });
}

function tooFewImages(
  label: string,
  members: readonly ImageRecord[],
  drawable: number,
  sides: number,
): HeadwayError {
  const have = members.length === 1 ? 'one image' : `${members.length} images`;
  const least = sides < 3 ? 2 : 3;
  const usable =
    drawable === members.length ? '' : `, ${drawable} of them outside test and validation folders`;
  return new HeadwayError({
    code: 'too-few-images',
    message: `The class “${label}” has ${have}${usable}: too few to train and to judge.`,
    advice: `Give that class at least ${least === 2 ? 'two' : 'three'} images to choose from, or remove it.`,
    why: { code: 'class-too-small', label, images: members.length, drawable, least },
  });
}
