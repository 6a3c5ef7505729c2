import type { ImageId, ImageRecord, LeftOut, Share } from '../data/records';
import { classesTooSmall, splitImages, type Split } from '../data/split';
import { toErrorData, type ErrorData } from '../errors';
import type { SplitRequest } from '../run';
import { duplicateFindings } from './duplicate-findings';
import { classFindings } from './class-findings';
import type { FeatureCheck } from './feature-check';
import type { Finding, Remedy } from './finding';
import { imageFindings } from './image-findings';
import type { Sided } from './sided';

const severities: readonly Finding['severity'][] = ['error', 'warning', 'info'];

/**
 * Looks over a data set before anything is trained on it, by what is known of its images without decoding them again.
 * `groups` are its near-duplicates, `check` what features say of them, where there are any. The gravest findings come first. Never throws for what is wrong with the data: that is what it reports.
 */
export function auditDataset(
  records: readonly ImageRecord[],
  leftOut: readonly LeftOut[],
  request: SplitRequest,
  groups: readonly (readonly ImageId[])[],
  check: FeatureCheck | null = null,
): Finding[] {
  const found: Finding[] = [];
  let split: Split | null = null;
  try {
    split = splitImages(records, { ...request, groups });
  } catch (error) {
    found.push(splitFinding(toErrorData(error), records, request));
  }
  found.push(
    ...duplicateFindings(sided(records, split), groups, leftOut, check),
    ...classFindings(records),
    ...imageFindings(records),
  );
  // What is no copy after all comes last.
  const rank = ({ severity, code }: Finding) => severities.indexOf(severity) + Number(code === 'look-alikes');
  return found.sort((a, b) => rank(a) - rank(b));
}

/** Why there can be no split; classes that are too small for it can go. */
function splitFinding(
  { code, message, advice, why }: ErrorData,
  records: readonly ImageRecord[],
  request: SplitRequest,
): Finding {
  const small = new Set(code === 'too-few-images' ? classesTooSmall(records, request) : []);
  const images = records.filter(({ label }) => small.has(label)).map(({ id }) => id);
  const remedies: Remedy[] = small.size > 0 ? [{ kind: 'drop', images }] : [];
  return {
    code: 'split-impossible',
    severity: 'error',
    message,
    advice,
    images,
    remedies,
    ...(why && { why }),
  };
}

/** Records with the share that they are going to be in; without a split, the one that the folders say. */
function sided(records: readonly ImageRecord[], split: Split | null): Sided[] {
  const side = new Map<ImageId, Share>();
  if (split !== null)
    for (const share of ['train', 'validation', 'test'] as const)
      for (const id of split[share]) side.set(id, share);
  return records.map((record) => ({ ...record, side: side.get(record.id) ?? record.share ?? 'train' }));
}
