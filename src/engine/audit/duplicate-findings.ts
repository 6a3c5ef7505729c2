import type { ImageId, ImageRecord, LeftOut, Share } from '../data/records';
import type { Finding, Remedy } from './finding';
import { counted, quoted } from './wording';

/** A record with the share that a run would put it in. */
export interface Sided extends ImageRecord {
  readonly side: Share;
}

/** So much of what judges may have a copy among what trains before the result is no longer to be believed. */
const leastLeak = 0.01;

export function duplicateFindings(
  records: readonly Sided[],
  groups: readonly (readonly ImageId[])[],
  leftOut: readonly LeftOut[],
): Finding[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const members = groups.map((group) => group.map((id) => byId.get(id)!));
  const differ = (group: readonly Sided[], of: (record: Sided) => string) => new Set(group.map(of)).size > 1;
  const acrossShares = members.filter((group) => differ(group, ({ side }) => side));
  const acrossClasses = members.filter((group) => differ(group, ({ label }) => label));
  const harmless = members.filter((group) => !acrossShares.includes(group) && !acrossClasses.includes(group));
  const judging = records.filter(({ side }) => side !== 'train').length;
  return [
    ...acrossSharesFinding(acrossShares, judging),
    ...acrossClassesFinding(acrossClasses),
    ...copiesFinding(harmless),
    ...sameFileFinding(leftOut),
    ...notComparedFinding(records),
  ];
}

const idsOf = (groups: readonly (readonly Sided[])[]) => groups.flat().map(({ id }) => id);
const asGroups = (groups: readonly (readonly Sided[])[]) => groups.map((group) => group.map(({ id }) => id));

function acrossSharesFinding(groups: readonly (readonly Sided[])[], judging: number): Finding[] {
  if (groups.length === 0) return [];
  const of = (group: readonly Sided[], trains: boolean) =>
    group.filter(({ side }) => (side === 'train') === trains);
  if (groups.every((group) => of(group, true).length === 0)) return [bothJudgeFinding(groups)];
  const trained = groups.flatMap((group) => (of(group, false).length > 0 ? of(group, true) : []));
  const judged = groups.flatMap((group) => (of(group, true).length > 0 ? of(group, false) : []));
  const leaks = judging > 0 && judged.length / judging >= leastLeak;
  // Folders are not all: a class of copies only must be divided all the same.
  const byFolders = groups.some((group) => group.some(({ share }) => share !== null && share !== 'train'));
  const remedies: Remedy[] = [];
  if (trained.length > 0) remedies.push({ kind: 'drop', images: trained.map(({ id }) => id) });
  for (const to of ['validation', 'test'] as const) {
    const images = groups
      .filter((group) => (of(group, false)[0]?.side ?? 'train') === to)
      .flatMap((group) => of(group, true).map(({ id }) => id));
    if (images.length > 0) remedies.push({ kind: 'move', images, to });
  }
  return [
    {
      code: 'copies-across-shares',
      severity: leaks ? 'error' : 'warning',
      message:
        `${counted(groups.length, 'picture')} can be found, in nearly the same form, on two sides of the split` +
        `${byFolders ? ' that your folders make' : ''}: ${judged.length} of the ${judging} images that judge have a copy among those that train.`,
      advice:
        'Remove the copies that train, or move them to the side of their twins; else results look too good.',
      images: idsOf(groups),
      groups: asGroups(groups),
      remedies,
    },
  ];
}

/** Nothing is learnt by heart; but a run that validation has chosen would report on some of the same images. */
function bothJudgeFinding(groups: readonly (readonly Sided[])[]): Finding {
  const chosen = groups.flat().filter(({ side }) => side === 'validation');
  return {
    code: 'copies-across-shares',
    severity: 'warning',
    message: `${counted(groups.length, 'picture')} can be found, in nearly the same form, both in validation and in test.`,
    advice: 'Remove those in validation: what a run is chosen by should not be what it is reported on.',
    images: idsOf(groups),
    groups: asGroups(groups),
    remedies: [{ kind: 'drop', images: chosen.map(({ id }) => id) }],
  };
}

function acrossClassesFinding(groups: readonly (readonly Sided[])[]): Finding[] {
  if (groups.length === 0) return [];
  return [
    {
      code: 'copies-across-classes',
      severity: 'warning',
      message: `${counted(groups.length, 'picture')} can be found, in nearly the same form, in two classes.`,
      advice: 'Look at them, and remove those that are in the wrong class; removing all of them is safe too.',
      images: idsOf(groups),
      groups: asGroups(groups),
      remedies: [{ kind: 'drop', images: idsOf(groups) }],
    },
  ];
}

function copiesFinding(groups: readonly (readonly Sided[])[]): Finding[] {
  if (groups.length === 0) return [];
  const spare = groups.flatMap((group) => group.slice(1).map(({ id }) => id));
  return [
    {
      code: 'copies',
      severity: 'info',
      message: `${counted(groups.length, 'picture')} can be found more than once in a class, ${counted(spare.length, 'copy', 'copies')} in all.`,
      advice: 'Nothing has to be done: copies stay together, on one side of the split.',
      images: idsOf(groups),
      groups: asGroups(groups),
      remedies: [{ kind: 'drop', images: spare }],
    },
  ];
}

function sameFileFinding(leftOut: readonly LeftOut[]): Finding[] {
  const rows = leftOut.filter(({ reason }) => reason === 'duplicate-other-label');
  if (rows.length === 0) return [];
  const examples = rows.slice(0, 3).map(({ path }) => quoted(path));
  return [
    {
      code: 'same-file-two-classes',
      severity: 'warning',
      message: `${counted(rows.length, 'file')} came under two classes and ${rows.length === 1 ? 'was' : 'were'} kept under the first: ${examples.join(', ')}${rows.length > 3 ? ', …' : '.'}`,
      advice: 'The list of what was left out names their twins: see which class is right.',
      images: [],
      remedies: [],
    },
  ];
}

function notComparedFinding(records: readonly Sided[]): Finding[] {
  const images = records.filter(({ phash }) => phash === undefined).map(({ id }) => id);
  if (images.length === 0) return [];
  return [
    {
      code: 'not-compared',
      severity: 'info',
      message: `${counted(images.length, 'image')} came before Headway looked for copies, and ${images.length === 1 ? 'is' : 'are'} not compared.`,
      advice: 'Remove them and add them again to have them compared.',
      images,
      remedies: [],
    },
  ];
}
