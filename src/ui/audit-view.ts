import type { Finding, Remedy } from '../engine/audit/finding';
import type { EditMade } from '../engine/data/edits';
import type { ImageId, ImageRecord, Share } from '../engine/data/records';
import type { AuditState } from '../session/state';
import { count, images, integer, list } from './format';

/** What each severity is called. */
export const kinds: Record<Finding['severity'], { readonly name: string; readonly plural: string }> = {
  error: { name: 'Problem', plural: 'problems' },
  warning: { name: 'Warning', plural: 'warnings' },
  info: { name: 'Note', plural: 'notes' },
};

const shareNames: Record<Share, string> = { train: 'training', validation: 'validation', test: 'test' };
export const shareName = (share: string): string => shareNames[share as Share];

/** 1 problem and 2 warnings in 400 images. */
export function auditSummary({ findings, images: looked }: AuditState): string {
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const n = findings.filter((finding) => finding.severity === severity).length;
    const { name, plural } = kinds[severity];
    return n === 0 ? [] : count(n, name.toLowerCase(), plural);
  });
  if (counts.length === 0) return `No problems found in ${images(looked)}.`;
  const grave = findings.some(({ severity }) => severity !== 'info');
  return `${grave ? '' : 'No problems, but '}${list(counts)} in ${images(looked)}.`;
}

/** What a button says that applies a remedy; `records` are those of the data set. */
export function remedyLabel(
  { code }: Pick<Finding, 'code'>,
  remedy: Remedy,
  records: ReadonlyMap<ImageId, ImageRecord>,
): string {
  if (remedy.kind === 'merge') return `Merge “${brief(remedy.from)}” into “${brief(remedy.to)}”`;
  const n = remedy.images.length;
  switch (remedy.kind) {
    case 'move':
      return `Move ${images(n)} to ${shareName(remedy.to)}`;
    case 'relabel':
      return `Put ${images(n)} into “${brief(remedy.to)}”`;
    case 'drop': {
      if (code === 'copies') return `Remove ${count(n, 'copy', 'copies')}`;
      if (code === 'copies-across-shares' || code === 'maybe-copies-across-shares') {
        const { share } = records.get(remedy.images[0]!) ?? { share: null };
        return `Remove ${count(n, `${shareName(share ?? 'train')} image`)}`;
      }
      if (code !== 'split-impossible') return `Remove ${n > 1 ? 'all ' : ''}${images(n)}`;
      const labels = [...new Set(remedy.images.flatMap((id) => records.get(id)?.label ?? []))];
      return labels.length === 1
        ? `Remove the class “${brief(labels[0]!)}”`
        : `Remove these ${integer(labels.length)} classes`;
    }
  }
}

/** What the last edit did, as a sentence. */
export function editText({ kind, images: n, from = '', to = '' }: EditMade): string {
  const were = n === 1 ? 'was' : 'were';
  switch (kind) {
    case 'drop':
      return `${images(n)} ${were} removed.`;
    case 'move':
      return `${images(n)} ${were} moved to ${shareName(to)}.`;
    case 'relabel':
      return `${images(n)} ${were} put into “${brief(to)}”.`;
    case 'merge':
      return `${images(n)} of “${brief(from)}” ${n === 1 ? 'is' : 'are'} now in “${brief(to)}”.`;
  }
}

/** Labels are the users’, and as long as they like. */
function brief(label: string): string {
  return label.length > 40 ? `${label.slice(0, 39)}…` : label;
}

/** The images to look at, those side by side that belong together; images that have gone are left out. */
export function pictureGroups(
  { images: ids, groups }: Finding,
  records: ReadonlyMap<ImageId, ImageRecord>,
): readonly (readonly ImageRecord[])[] {
  const found = (wanted: readonly ImageId[]) => wanted.flatMap((id) => records.get(id) ?? []);
  // One that is left alone is no copy any more.
  if (groups) return groups.map(found).filter(({ length }) => length > 1);
  return found(ids).map((record) => [record]);
}

/** What a base says of the groups of near-copies, by each of their images. */
export function similaritiesOf({ groups = [], similarities = [] }: Finding): ReadonlyMap<ImageId, number> {
  return new Map(
    groups.flatMap((ids, i) => {
      const similarity = similarities[i] ?? null;
      return similarity === null ? [] : ids.map((id) => [id, similarity] as const);
    }),
  );
}

/** As many groups, from the first on, as hold about `most` images; at least one. */
export function firstGroups<T>(groups: readonly (readonly T[])[], most: number): readonly (readonly T[])[] {
  let shown = 0;
  const end = groups.findIndex(({ length }, i) => (shown += length) > most && i > 0);
  return end === -1 ? groups : groups.slice(0, end);
}
