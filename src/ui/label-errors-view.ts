import type { LabelErrors, LabelSuspect } from '../engine/analysis/label-errors';
import type { ImageId } from '../engine/data/records';
import type { RecordLookup } from '../session/records';
import { images, integer, percent } from './format';
import type { ChartTable } from './parts/chart-export';
import { words } from './words';

/** What was done about a suspect: nothing yet, its label was confirmed, it is in another class now, or is gone. */
export type Decision = 'open' | 'kept' | 'moved' | 'removed';

export function decisionOn(
  { id, label }: LabelSuspect,
  classes: readonly string[],
  records: RecordLookup,
  kept: ReadonlySet<ImageId>,
): Decision {
  const record = records.get(id);
  if (record === undefined) return 'removed';
  if (record.label !== classes[label]) return 'moved';
  return kept.has(id) ? 'kept' : 'open';
}

/** “7 of 400 images look mislabelled.” */
export function queueText({ suspects, images: judged }: LabelErrors): string {
  return words.labels.queue(suspects.length, images(judged));
}

/** How far the search can be trusted. */
export function trustText({ outOfFold, folds, unjudged }: LabelErrors): string {
  const { accuracy, accuracyInterval, examples } = outOfFold;
  const { low, high } = accuracyInterval;
  return words.labels.trust(
    { others: folds - 1, folds, unjudged },
    { accuracy: percent(accuracy), labels: integer(examples), low: percent(low), high: percent(high) },
  );
}

/** The queue for a spreadsheet. */
export function suspectTable(
  { suspects, classes }: LabelErrors,
  records: RecordLookup,
  kept: ReadonlySet<ImageId>,
): ChartTable {
  return {
    head: [
      'Image',
      'Path',
      'Share',
      'Label',
      'Looks like',
      'Probability of the label',
      'Probability of the other',
      'Decision',
      'Label now',
    ],
    rows: suspects.map((suspect) => [
      suspect.id,
      records.get(suspect.id)?.path ?? null,
      suspect.share,
      classes[suspect.label]!,
      classes[suspect.suggested]!,
      suspect.labelProbability,
      suspect.suggestedProbability,
      decisionOn(suspect, classes, records, kept),
      records.get(suspect.id)?.label ?? null,
    ]),
  };
}
