import { auditDataset } from '../../src/engine/audit/audit';
import type { FeatureCheck } from '../../src/engine/audit/feature-check';
import { nearDuplicateGroups } from '../../src/engine/data/near-duplicates';
import type { ImageRecord } from '../../src/engine/data/records';
import { Random } from '../../src/engine/random';
import type { AuditState, SessionState } from '../../src/session/state';

/** Of a picture that looks like no other. */
export function fakeHash(id: string): string {
  const random = new Random(0, id);
  return Array.from({ length: 16 }, () => random.below(256).toString(16).padStart(2, '0')).join('');
}

/** What features say of the images of a scene; of others they say nothing. */
export const fakeChecks = new WeakMap<readonly ImageRecord[], FeatureCheck>();

/** The engine's own look over the images of a scene; those without a hash look like no other. */
export function auditOf({ dataset, request }: SessionState): AuditState | null {
  if (dataset.records.length === 0 || dataset.importing !== null) return null;
  const records = dataset.records.map((record) => ({
    ...record,
    phash: record.phash ?? fakeHash(record.id),
  }));
  const findings = auditDataset(
    records,
    dataset.leftOut,
    request,
    nearDuplicateGroups(records),
    fakeChecks.get(dataset.records) ?? null,
  );
  return { findings, images: records.length, stale: false };
}
