import type { Finding, Remedy } from '../engine/audit/finding';
import type { EditMade } from '../engine/data/edits';
import type { ImageId, ImageRecord, Share } from '../engine/data/records';
import type { RecordLookup } from '../session/records';
import type { AuditState } from '../session/state';
import { images, list } from './format';
import { words } from './words';

export const shareName = (share: string): string => words.shares.names[share as Share];

/** 1 problem and 2 warnings in 400 images. */
export function auditSummary({ findings, images: looked }: AuditState): string {
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const n = findings.filter((finding) => finding.severity === severity).length;
    return n === 0 ? [] : words.audit.counted[severity](n);
  });
  if (counts.length === 0) return words.audit.clean(images(looked));
  const grave = findings.some(({ severity }) => severity !== 'info');
  return words.audit.found(grave, list(counts), images(looked));
}

/** What a button says that applies a remedy; `records` are those of the data set. */
export function remedyLabel({ code }: Pick<Finding, 'code'>, remedy: Remedy, records: RecordLookup): string {
  const { remedies } = words.audit;
  if (remedy.kind === 'merge') return remedies.merge(brief(remedy.from), brief(remedy.to));
  const n = remedy.images.length;
  switch (remedy.kind) {
    case 'move':
      return remedies.move(n, remedy.to);
    case 'relabel':
      return remedies.relabel(n, brief(remedy.to));
    case 'drop': {
      if (code === 'copies') return remedies.dropCopies(n);
      if (code === 'copies-across-shares' || code === 'maybe-copies-across-shares') {
        const { share } = records.get(remedy.images[0]!) ?? { share: null };
        return remedies.dropFrom[share ?? 'train'](n);
      }
      if (code !== 'split-impossible') return remedies.dropAll(n);
      const labels = [...new Set(remedy.images.flatMap((id) => records.get(id)?.label ?? []))];
      return labels.length === 1
        ? remedies.dropClass(brief(labels[0]!))
        : remedies.dropClasses(labels.length);
    }
  }
}

/** What the last edit did, as a sentence. */
export function editText({ kind, images: n, from = '', to = '' }: EditMade): string {
  const { edits } = words.audit;
  switch (kind) {
    case 'drop':
      return edits.drop(n);
    case 'move':
      return edits.move(n, to as Share);
    case 'relabel':
      return edits.relabel(n, brief(to));
    case 'merge':
      return edits.merge(n, brief(from), brief(to));
  }
}

/** Labels are the users’, and as long as they like. */
function brief(label: string): string {
  return label.length > 40 ? `${label.slice(0, 39)}…` : label;
}

/** The images to look at, those side by side that belong together; images that have gone are left out. */
export function pictureGroups(
  { images: ids, groups }: Finding,
  records: RecordLookup,
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
