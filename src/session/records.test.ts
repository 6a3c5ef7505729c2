import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageRecord } from '../engine/data/records';
import {
  bytesOfImages,
  countsByShare,
  recordsByClass,
  recordsById,
  RecordsInParts,
  withMore,
} from './records';

const record = (id: string, label = 'a', share: ImageRecord['share'] = null) =>
  ({ id, label, share, bytes: 1 + id.length }) as ImageRecord;

const anyRecords = fc
  .array(
    fc.tuple(
      fc.constantFrom('a', 'B', '__proto__', 'constructor', ''),
      fc.constantFrom('train', 'validation', 'test', null),
    ),
  )
  .map((rows) => rows.map(([label, share], i) => record(String(i), label, share)));

describe('records', () => {
  it('are found by their ids, ids that look like object members included', () => {
    const records = [record('1'), record('__proto__')];
    expect(recordsById(records).get('__proto__')).toBe(records[1]);
  });

  it('are grouped by class in their order, and counted by share', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const classes = recordsByClass(records);
        const labels = [...new Set(records.map(({ label }) => label))].sort();
        expect(classes.map(({ label }) => label)).toEqual(labels);
        for (const { label, records: own, counts } of classes) {
          expect(own).toEqual(records.filter((one) => one.label === label));
          for (const share of ['train', 'validation', 'test'] as const)
            expect(counts[share]).toBe(own.filter((one) => one.share === share).length);
          expect(counts.none).toBe(own.filter((one) => one.share === null).length);
        }
        expect(bytesOfImages(records)).toBe(records.reduce((sum, { bytes }) => sum + bytes, 0));
        const all = countsByShare(records);
        for (const share of ['train', 'validation', 'test'] as const)
          expect(all[share]).toBe(records.filter((one) => one.share === share).length);
        expect(all.none).toBe(records.filter((one) => one.share === null).length);
      }),
    );
  });

  it('come in parts, or grow, to what they would be at once', () => {
    fc.assert(
      fc.property(fc.array(anyRecords, { minLength: 1 }), (parts) => {
        const all = parts.flat();
        const inParts = new RecordsInParts();
        for (const part of parts) inParts.add(part);
        for (const records of [inParts.whole(), parts.reduce<readonly ImageRecord[]>(withMore, [])]) {
          expect(records).toEqual(all);
          expect(recordsByClass(records)).toEqual(recordsByClass(all));
          for (const { id } of all) expect(recordsById(records).get(id)).toBe(recordsById(all).get(id));
          expect(recordsById(records).get('none')).toBeUndefined();
        }
      }),
    );
  });

  it('are looked through once for each list', () => {
    const records = [record('1')];
    expect(recordsById(records)).toBe(recordsById(records));
    expect(recordsByClass(records)).toBe(recordsByClass(records));
    expect(recordsByClass([...records])).not.toBe(recordsByClass(records));
  });
});
