import type { ImageId, LeftOut } from '../data/records';
import type { CheckedGroup, FeatureCheck } from './feature-check';
import type { Finding } from './finding';
import { featureFindings, saidOf } from './feature-findings';
import { sharesRemedies } from './remedies';
import { across, asGroups, idsOf, type Sided } from './sided';
import { counted, quoted } from './wording';

/** So much of what judges may have a copy among what trains before the result is no longer to be believed. */
const leastLeak = 0.01;

/** @param check what features say of `groups`; null: there are none to ask */
export function duplicateFindings(
  records: readonly Sided[],
  groups: readonly (readonly ImageId[])[],
  leftOut: readonly LeftOut[],
  check: FeatureCheck | null = null,
): Finding[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const held: readonly CheckedGroup[] = check?.alike ?? groups.map((ids) => ({ ids, similarity: null }));
  const members = held.map(({ ids }) => ids.map((id) => byId.get(id)!));
  const acrossShares = members.filter((group) => across(group, ({ side }) => side));
  const acrossClasses = members.filter((group) => across(group, ({ label }) => label));
  const harmless = members.filter((group) => !acrossShares.includes(group) && !acrossClasses.includes(group));
  const judging = records.filter(({ side }) => side !== 'train').length;
  const similarity = new Map(members.map((group, i) => [group[0]!.id, held[i]!.similarity]));
  return [
    ...saidOf(check, similarity, [
      ...acrossSharesFinding(acrossShares, judging),
      ...acrossClassesFinding(acrossClasses),
      ...copiesFinding(harmless),
    ]),
    ...(check === null ? [] : featureFindings(byId, check)),
    ...sameFileFinding(leftOut),
    ...notComparedFinding(records),
  ];
}

function acrossSharesFinding(groups: readonly (readonly Sided[])[], judging: number): Finding[] {
  if (groups.length === 0) return [];
  const of = (group: readonly Sided[], trains: boolean) =>
    group.filter(({ side }) => (side === 'train') === trains);
  if (groups.every((group) => of(group, true).length === 0)) return [bothJudgeFinding(groups)];
  const judged = groups.flatMap((group) => (of(group, true).length > 0 ? of(group, false) : []));
  const leaks = judging > 0 && judged.length / judging >= leastLeak;
  // Folders are not all: a class of copies only must be divided all the same.
  const byFolders = groups.some((group) => group.some(({ share }) => share !== null && share !== 'train'));
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
      remedies: sharesRemedies(groups),
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
      files: rows.length,
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
