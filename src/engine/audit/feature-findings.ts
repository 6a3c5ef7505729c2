import type { ImageId } from '../data/records';
import type { CheckedGroup, FeatureCheck } from './feature-check';
import type { Finding, Remedy } from './finding';
import { sharesRemedies } from './remedies';
import { across, asGroups, idsOf, type Sided } from './sided';
import { counted } from './wording';

/** A cosine, as the messages have it. */
const figure = (similarity: number) => similarity.toFixed(2);

/**
 * Findings about the hash's groups, with what the features say of them: of each group, and in a sentence.
 * @param similarities of groups, by their first image
 */
export function saidOf(
  check: FeatureCheck | null,
  similarities: ReadonlyMap<ImageId, number | null>,
  findings: readonly Finding[],
): Finding[] {
  return findings.map((finding, i) => {
    if (check === null)
      return i > 0
        ? finding
        : {
            ...finding,
            checkedBy: null,
            advice: `${finding.advice} After a run of ResNet50 copies are checked by its features as well.`,
          };
    const of = finding.groups!.map(([first]) => similarities.get(first!) ?? null);
    const known = of.filter((value) => value !== null);
    if (known.length === 0) return finding;
    const least = figure(Math.min(...known));
    const whole =
      known.length === of.length ? '' : ` of ${known.length} of them, the others not being computed`;
    return {
      ...finding,
      message: `${finding.message} ${check.title}’s features agree${whole}: similarity ${least}${known.length > 1 ? ' or more' : ''}.`,
      similarities: of,
      checkedBy: check.title,
    };
  });
}

/** What only the features say. */
export function featureFindings(byId: ReadonlyMap<ImageId, Sided>, check: FeatureCheck): Finding[] {
  const missed = grouped(check.missed ?? []).map(({ ids, similarity }) => ({
    members: ids.map((id) => byId.get(id)!),
    similarity,
  }));
  const acrossShares = missed.filter(({ members }) => across(members, ({ side }) => side));
  const acrossClasses = missed.filter(
    (group) => !acrossShares.includes(group) && across(group.members, ({ label }) => label),
  );
  return [
    ...maybeFinding(check.title, acrossShares, true),
    ...maybeFinding(check.title, acrossClasses, false),
    ...lookAlikes(check),
  ];
}

interface MaybeCopies {
  readonly members: readonly Sided[];
  readonly similarity: number | null;
}

function maybeFinding(title: string, found: readonly MaybeCopies[], shares: boolean): Finding[] {
  if (found.length === 0) return [];
  const groups = found.map(({ members }) => members);
  const n = groups.length;
  const trained = shares ? sharesRemedies(groups) : [];
  // Those that judge only: what a run is chosen by is not to be what it is reported on.
  const chosen = groups.flat().filter(({ side }) => side === 'validation');
  const remedies: readonly Remedy[] = !shares
    ? [{ kind: 'drop', images: idsOf(groups) }]
    : trained.length > 0
      ? trained
      : [{ kind: 'drop', images: chosen.map(({ id }) => id) }];
  const where = shares ? 'on two sides of the split' : 'in two classes';
  return [
    {
      code: shares ? 'maybe-copies-across-shares' : 'maybe-copies-across-classes',
      severity: 'info',
      message:
        `${counted(n, 'group')} of pictures ${where} may be copies: ` +
        `different to the hash, nearly the same to ${title}.`,
      advice: shares
        ? trained.length > 0
          ? 'Look at them; remove those that train if they are copies, or move them to the side of their twins.'
          : 'Look at them; remove those in validation if they are copies of what tests.'
        : 'Look at them, and remove those that are copies in the wrong class.',
      images: idsOf(groups),
      groups: asGroups(groups),
      similarities: found.map(({ similarity }) => similarity),
      checkedBy: title,
      remedies,
    },
  ];
}

/** The split asks the hash alone: it must not depend on what happens to be stored. Nothing is offered for removal. */
function lookAlikes({ title, apart }: FeatureCheck): Finding[] {
  if (apart.length === 0) return [];
  return [
    {
      code: 'look-alikes',
      severity: 'info',
      message: `${counted(apart.length, 'group')} of pictures look alike to the hash, not to ${title}.`,
      advice:
        'Most likely they are different pictures, and nothing has to be done. A split of Headway’s own keeps them together all the same.',
      images: apart.flatMap(({ ids }) => ids),
      groups: apart.map(({ ids }) => ids),
      similarities: apart.map(({ similarity }) => similarity),
      checkedBy: title,
      remedies: [],
    },
  ];
}

/** Pairs that share an image belong together; the lowest cosine of each. */
function grouped(pairs: readonly (readonly [ImageId, ImageId, number])[]): CheckedGroup[] {
  const groups = new Map<ImageId, { ids: ImageId[]; similarity: number }>();
  for (const [a, b, similarity] of pairs) {
    const [first, second] = [groups.get(a), groups.get(b)];
    const group = first ?? second ?? { ids: [], similarity };
    const joined = new Set([...group.ids, a, b, ...(second?.ids ?? [])]);
    group.ids = [...joined];
    group.similarity = Math.min(group.similarity, similarity, second?.similarity ?? 1);
    for (const id of joined) groups.set(id, group);
  }
  return [...new Set(groups.values())];
}
