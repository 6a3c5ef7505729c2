import { expect, it } from 'vitest';
import type { ImageRecord } from '../engine/data/records';
import { countsByShare, recordsById } from './records';

const record = (id: string, share: ImageRecord['share'] = null) => ({ id, share }) as ImageRecord;

it('finds a record by its id, and counts by share', () => {
  const records = [record('1'), record('2', 'test'), record('__proto__')];
  expect(recordsById(records).get('__proto__')).toBe(records[2]);
  expect(Object.fromEntries([...countsByShare(records)].map(([share, n]) => [String(share), n]))).toEqual({
    null: 2,
    test: 1,
  });
});

it('works out the same list once, and another anew', () => {
  const records = [record('1')];
  expect(recordsById(records)).toBe(recordsById(records));
  expect(recordsById([...records])).not.toBe(recordsById(records));
});
