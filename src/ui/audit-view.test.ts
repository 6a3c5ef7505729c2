import { describe, expect, it } from 'vitest';
import type { Finding } from '../engine/audit/finding';
import type { ImageRecord } from '../engine/data/records';
import {
  auditSummary,
  editText,
  firstGroups,
  pictureGroups,
  remedyLabel,
  similaritiesOf,
} from './audit-view';

const finding = (patch: Partial<Finding> = {}): Finding => ({
  code: 'copies',
  severity: 'info',
  message: '',
  advice: '',
  images: [],
  remedies: [],
  ...patch,
});
const record = (id: string, label: string): ImageRecord => ({
  id,
  label,
  path: `${label}/${id}.png`,
  share: null,
  width: 8,
  height: 8,
  bytes: 1,
  mime: 'image/png',
});
const records = new Map(
  [record('1', 'mouse'), record('2', 'mouse'), record('3', '__proto__')].map((r) => [r.id, r]),
);

describe('the line about a data set', () => {
  const line = (...severities: Finding['severity'][]) =>
    auditSummary({
      findings: severities.map((severity) => finding({ severity })),
      images: 1234,
      stale: false,
    });
  it('counts what was found by how bad it is', () => {
    expect(line()).toBe('No problems found in 1,234 images.');
    expect(line('info')).toBe('No problems, but 1 note in 1,234 images.');
    expect(line('error', 'warning', 'warning', 'info')).toBe(
      '1 problem, 2 warnings, and 1 note in 1,234 images.',
    );
  });
});

describe('the button of a remedy', () => {
  const label = (code: Finding['code'], remedy: Finding['remedies'][number]) =>
    remedyLabel({ code }, remedy, records);
  it('says what it will do, and to how many', () => {
    expect(label('copies', { kind: 'drop', images: ['1'] })).toBe('Remove 1 copy');
    expect(label('copies', { kind: 'drop', images: ['1', '2'] })).toBe('Remove 2 copies');
    expect(label('copies-across-shares', { kind: 'drop', images: ['1'] })).toBe('Remove 1 training image');
    expect(label('maybe-copies-across-shares', { kind: 'drop', images: ['1'] })).toBe(
      'Remove 1 training image',
    );
    expect(label('tiny-images', { kind: 'drop', images: ['1', '2'] })).toBe('Remove all 2 images');
    expect(label('copies-across-shares', { kind: 'move', images: ['1', '2', '3'], to: 'train' })).toBe(
      'Move 3 images to training',
    );
    expect(label('similar-class-names', { kind: 'merge', from: 'Cat', to: 'cat' })).toBe(
      'Merge “Cat” into “cat”',
    );
    expect(label('split-impossible', { kind: 'drop', images: ['1', '2'] })).toBe('Remove the class “mouse”');
    expect(label('split-impossible', { kind: 'drop', images: ['1', '3'] })).toBe('Remove these 2 classes');
    const long = label('similar-class-names', { kind: 'merge', from: 'x'.repeat(300), to: 'y' });
    expect(long.length).toBeLessThan(80);
  });
  it('says on which side the copies are that it removes', () => {
    const validation = new Map([['1', { ...record('1', 'a'), share: 'validation' as const }]]);
    const drop = { kind: 'drop', images: ['1'] } as const;
    expect(remedyLabel({ code: 'copies-across-shares' }, drop, validation)).toBe('Remove 1 validation image');
  });
  it('says afterwards what was done', () => {
    expect(editText({ kind: 'drop', images: 12 })).toBe('12 images were removed.');
    expect(editText({ kind: 'move', images: 1, to: 'train' })).toBe('1 image was moved to training.');
    expect(editText({ kind: 'merge', images: 3, from: 'Cat', to: 'cat' })).toBe(
      '3 images of “Cat” are now in “cat”.',
    );
    expect(editText({ kind: 'relabel', images: 2, to: '__proto__' })).toBe(
      '2 images were put into “__proto__”.',
    );
  });
});

describe('the pictures of a finding', () => {
  it('are side by side where they belong together, without those that have gone', () => {
    const copies = finding({
      images: ['1', '2', '3', 'x'],
      groups: [
        ['1', '2'],
        ['3', 'x'],
      ],
    });
    expect(pictureGroups(copies, records).map((group) => group.map(({ id }) => id))).toEqual([['1', '2']]);
    const alone = finding({ images: ['3', 'x', '1'] });
    expect(pictureGroups(alone, records).map((group) => group.map(({ id }) => id))).toEqual([['3'], ['1']]);
  });
  it('are a dozen at first, whole groups of them', () => {
    const groups = [[1, 2], [3, 4, 5], [6]];
    expect(firstGroups(groups, 12)).toEqual(groups);
    expect(firstGroups(groups, 5)).toEqual(groups.slice(0, 2));
    expect(firstGroups(groups, 4)).toEqual(groups.slice(0, 1));
    expect(firstGroups([[1, 2, 3], [4]], 2)).toEqual([[1, 2, 3]]);
  });
});

describe('what a base says of groups', () => {
  it('is known by each of their images, where it is known', () => {
    const groups = [
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ];
    expect([...similaritiesOf(finding({ groups, similarities: [0.91, null, 0] }))]).toEqual([
      ['1', 0.91],
      ['2', 0.91],
      ['5', 0],
      ['6', 0],
    ]);
    expect(similaritiesOf(finding({ groups })).size).toBe(0);
  });
});
