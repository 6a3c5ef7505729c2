import { describe, expect, it } from 'vitest';
import type { ImageRecord, Share } from '../engine/data/records';
import { classViews, heldText, leftOutGroups, shares, sharesText } from './dataset-view';

const record = (id: string, label: string, share: Share | null = null): ImageRecord => ({
  id,
  label,
  path: `${label}/${id}.png`,
  share,
  width: 32,
  height: 32,
  bytes: 100,
  mime: 'image/png',
});

describe('the class tree', () => {
  it('groups by label, labels that look like object members included', () => {
    const views = classViews([record('1', 'dog'), record('2', '__proto__'), record('3', 'dog')]);
    expect(views.map(({ label, records }) => [label, records.map(({ id }) => id)])).toEqual([
      ['__proto__', ['2']],
      ['dog', ['1', '3']],
    ]);
  });

  it('counts shares only where folders gave them', () => {
    expect(shares([record('1', 'a')])).toBeNull();
    const counted = shares([record('1', 'a', 'train'), record('2', 'a', 'test'), record('3', 'a')]);
    expect(counted).toEqual({ train: 1, validation: 0, test: 1 });
    expect(sharesText(counted!)).toBe('1 train, 1 test');
  });
});

it('says what will be drawn for judging where the folders do not', () => {
  const both = { validationShare: 0.2, testShare: 0.1 };
  expect(heldText(shares([record('1', 'a')]), both)).toBe(
    'Held out: 20% of each class for validation and 10% for testing.',
  );
  expect(heldText(shares([record('1', 'a', 'train')]), { ...both, testShare: 0 })).toBe(
    'Held out: 20% of each class for validation.',
  );
  expect(heldText(shares([record('1', 'a', 'validation')]), both)).toBe(
    'Held out: 10% of each class for testing.',
  );
  expect(heldText(shares([record('1', 'a', 'test'), record('2', 'a', 'validation')]), both)).toBe('');
});

it('says in a sentence what was left out, most frequent reason first', () => {
  const groups = leftOutGroups([
    { path: 'a.txt', reason: 'not-an-image', detail: '' },
    { path: 'b/1.png', reason: 'duplicate', detail: '' },
    { path: 'b/2.png', reason: 'duplicate', detail: '' },
  ]);
  expect(groups.map(({ sentence }) => sentence)).toEqual([
    '2 exact copies of an image already here',
    '1 file that is not an image',
  ]);
});
