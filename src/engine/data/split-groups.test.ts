import { describe, expect, it } from 'vitest';
import type { PlannedSplit } from '../run';
import type { ImageRecord, Share } from './records';
import { splitImages } from './split';
import { checkSplit } from './split-check';

const image = (id: string, label: string, share: Share | null = null): ImageRecord => ({
  id,
  label,
  share,
  path: `${label}/${id}.png`,
  width: 1,
  height: 1,
  bytes: 1,
  mime: 'image/png',
});
const many = (label: string, count: number) =>
  Array.from({ length: count }, (_, i) => image(`${label}${String(i).padStart(3, '0')}`, label));
const records = [...many('cat', 50), ...many('dog', 30)];
const options = { validationShare: 0.2, seed: 42 };
const sideOf = (split: ReturnType<typeof splitImages>, id: string) =>
  (['train', 'validation', 'test'] as const).filter((side) => split[side].includes(id));

describe('splitImages with a test share', () => {
  it('draws it from every class and leaves the validation images as they were', () => {
    const without = splitImages(records, options);
    const split = splitImages(records, { ...options, testShare: 0.1 });
    expect(split.validation).toEqual(without.validation);
    expect(split.test.filter((id) => id.startsWith('cat'))).toHaveLength(5);
    expect(split.test.filter((id) => id.startsWith('dog'))).toHaveLength(3);
    expect(new Set([...split.train, ...split.validation, ...split.test]).size).toBe(80);
    expect(split.train).toHaveLength(80 - 16 - 8);
  });

  it('respects test folders and small classes', () => {
    const given = splitImages([...records, image('t', 'cat', 'test')], { ...options, testShare: 0.3 });
    expect(given.test).toEqual(['t']);
    const small = splitImages([...many('a', 3), ...many('b', 3)], { ...options, testShare: 0.01 });
    expect([small.train, small.validation, small.test].map((side) => side.length)).toEqual([2, 2, 2]);
    const attempt = () => splitImages([...many('a', 2), ...many('b', 3)], { ...options, testShare: 0.1 });
    expect(attempt).toThrow(expect.objectContaining({ code: 'too-few-images' }));
    const greedy = () => splitImages(records, { ...options, testShare: 0.8 });
    expect(greedy).toThrow(expect.objectContaining({ code: 'invalid-request' }));
  });
});

describe('splitImages with groups', () => {
  it('keeps them together, whatever the seed, and the shares near what was asked', () => {
    const groups = Array.from({ length: 12 }, (_, g) => [0, 1, 2].map((i) => records[4 * g + i]!.id));
    for (let seed = 0; seed < 50; seed++) {
      const split = splitImages(records, { validationShare: 0.2, testShare: 0.1, seed, groups });
      for (const group of groups) expect(new Set(group.flatMap((id) => sideOf(split, id))).size).toBe(1);
      expect(split.validation.length).toBeGreaterThanOrEqual(14);
      expect(split.validation.length).toBeLessThanOrEqual(16);
      expect(split.train.length + split.validation.length + split.test.length).toBe(80);
    }
  });

  it('keeps twins of two classes together as well', () => {
    const groups = [['cat000', 'dog000']];
    for (let seed = 0; seed < 50; seed++) {
      const split = splitImages(records, { ...options, seed, groups });
      expect(sideOf(split, 'cat000')).toEqual(sideOf(split, 'dog000'));
    }
  });

  it('follows the user’s folders: twins go along, and what lies in a folder stays there', () => {
    const given = [...records, image('t', 'cat', 'test'), image('u', 'cat', 'train')];
    const split = splitImages(given, { ...options, groups: [['cat000', 'cat001', 't', 'u']] });
    expect(['cat000', 'cat001', 't', 'u'].map((id) => sideOf(split, id))).toEqual([
      ['test'],
      ['test'],
      ['test'],
      ['train'],
    ]);
  });

  it('divides a class that is one group all the same', () => {
    const split = splitImages(records, { ...options, groups: [many('dog', 30).map(({ id }) => id)] });
    expect(split.validation.filter((id) => id.startsWith('dog'))).toHaveLength(6);
  });
});

describe('checkSplit', () => {
  const side = (...ids: string[]) => ({ ids, labels: new Uint16Array(ids.length) });
  const split = (changes: Partial<PlannedSplit>): PlannedSplit => ({
    classes: ['a', 'b'],
    train: side('1', '2'),
    validation: side('3'),
    test: side('4'),
    ...changes,
  });
  const thrown = (changes: Partial<PlannedSplit>): unknown => {
    try {
      checkSplit(split(changes));
    } catch (error) {
      return error;
    }
    return null;
  };

  it('takes sides that share nothing', () => {
    expect(thrown({})).toBeNull();
  });

  it('refuses every overlap and counts it', () => {
    expect(thrown({ validation: side('1', '2') })).toMatchObject({
      code: 'split-overlap',
      details: 'training and validation: 2',
    });
    expect(thrown({ test: side('3', '1') })).toMatchObject({
      code: 'split-overlap',
      details: 'validation and test: 1; training and test: 1',
    });
  });
});
