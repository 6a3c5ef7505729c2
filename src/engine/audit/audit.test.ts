import { describe, expect, it } from 'vitest';
import { nearDuplicateGroups } from '../data/near-duplicates';
import type { ImageRecord, LeftOut } from '../data/records';
import { Random } from '../random';
import { auditDataset } from './audit';
import type { FindingCode } from './finding';

const random = new Random(1, 'audit');
const hash = () => Array.from({ length: 16 }, () => random.below(256).toString(16).padStart(2, '0')).join('');
let next = 0;
const image = (label: string, changes: Partial<ImageRecord> = {}): ImageRecord => {
  const id = String(next++).padStart(4, '0');
  return {
    id,
    label,
    path: `${label}/${id}.png`,
    share: null,
    width: 64,
    height: 64,
    bytes: 1,
    mime: 'image/png',
    phash: hash(),
    ...changes,
  };
};
const many = (label: string, count: number, changes: Partial<ImageRecord> = {}) =>
  Array.from({ length: count }, () => image(label, changes));
const clean = [...many('cat', 40), ...many('dog', 50)];
const request = { validationShare: 0.2, seed: 1 };
const look = (records: readonly ImageRecord[], leftOut: readonly LeftOut[] = []) =>
  auditDataset(records, leftOut, request, nearDuplicateGroups(records));
const audit = (...more: ImageRecord[]) => look([...clean, ...more]);
const only = (found: ReturnType<typeof audit>, code: FindingCode) => found.find((one) => one.code === code);

describe('auditDataset', () => {
  it('finds nothing in a clean set', () => {
    expect(audit()).toEqual([]);
  });

  it('finds copies in a class and drops all but the first', () => {
    const { phash } = clean[0]!;
    const copy = image('cat', { phash: phash! });
    expect(audit(copy)).toMatchObject([
      {
        code: 'copies',
        severity: 'info',
        groups: [[clean[0]!.id, copy.id]],
        remedies: [{ kind: 'drop', images: [copy.id] }],
      },
    ]);
  });

  it('finds copies in two classes', () => {
    const copy = image('dog', { phash: clean[0]!.phash! });
    expect(only(audit(copy), 'copies-across-classes')).toMatchObject({
      severity: 'warning',
      images: [clean[0]!.id, copy.id],
    });
  });

  it('finds copies across the user’s shares: an error, with remedies for the side that trains', () => {
    const trained = many('cat', 30, { share: 'train' });
    const judged = many('cat', 20, { share: 'validation' });
    const test = many('cat', 20, { share: 'test' });
    const leak = [
      image('cat', { share: 'validation', phash: trained[0]!.phash! }),
      image('cat', { share: 'test', phash: trained[1]!.phash! }),
    ];
    const found = audit(...trained, ...judged, ...test, ...leak);
    expect(found[0]).toMatchObject({
      code: 'copies-across-shares',
      severity: 'error',
      remedies: [
        { kind: 'drop', images: [trained[0]!.id, trained[1]!.id] },
        { kind: 'move', images: [trained[0]!.id], to: 'validation' },
        { kind: 'move', images: [trained[1]!.id], to: 'test' },
      ],
    });
    expect(found[0]!.message).toContain('2 of the 42');
  });

  it('finds copies between validation and test, which teach nothing but choose', () => {
    const judged = many('cat', 20, { share: 'validation' });
    const twin = image('cat', { share: 'test', phash: judged[0]!.phash! });
    expect(only(audit(...judged, twin), 'copies-across-shares')).toMatchObject({
      severity: 'warning',
      message: '1 picture can be found, in nearly the same form, both in validation and in test.',
      remedies: [{ kind: 'drop', images: [judged[0]!.id] }],
    });
  });

  it('does not speak of folders where there are none: a class of copies only is divided all the same', () => {
    const first = image('mouse');
    const found = audit(first, image('mouse', { phash: first.phash! }));
    expect(only(found, 'copies-across-shares')!.message).toContain('two sides of the split: 1 of');
  });

  it('says so where the split cannot be made, before all else', () => {
    const mouse = image('mouse');
    const [first] = look([...clean, mouse]);
    expect(first).toMatchObject({
      code: 'split-impossible',
      severity: 'error',
      remedies: [{ kind: 'drop', images: [mouse.id] }],
    });
    expect(first!.message).toContain('mouse');
    expect(look([])[0]).toMatchObject({ code: 'split-impossible' });
  });

  it('weighs classes', () => {
    expect(only(audit(...many('dog', 80)), 'imbalance')).toMatchObject({ severity: 'info' });
    const found = audit(...many('dog', 400), ...many('__proto__', 5));
    expect(only(found, 'imbalance')).toMatchObject({ severity: 'warning' });
    expect(only(found, 'few-images')!.images).toHaveLength(5);
    expect(only(found, 'few-images')!.message).toContain('“__proto__” (5)');
  });

  it('offers to merge classes that differ in spelling', () => {
    const found = audit(...many('Cats', 20), ...many('CAT ', 25));
    expect(only(found, 'similar-class-names')!.remedies).toEqual([
      { kind: 'merge', from: 'Cats', to: 'cat' },
      { kind: 'merge', from: 'CAT ', to: 'cat' },
    ]);
  });

  it('measures images', () => {
    const [tiny, huge, odd] = [
      image('cat', { width: 31, height: 200, phash: hash() }),
      image('cat', { width: 6000, height: 4001 }),
      image('dog', { width: 100, height: 251 }),
    ];
    const found = audit(tiny, huge, odd);
    expect(only(found, 'tiny-images')!.images).toEqual([tiny.id]);
    expect(only(found, 'huge-images')!.images).toEqual([huge.id]);
    expect(only(found, 'odd-shapes')!.images).toEqual([tiny.id, odd.id]);
  });

  it('remembers files left out under another class, and images that have no hash', () => {
    const leftOut = [
      { path: 'dog/a.png', reason: 'duplicate-other-label', detail: '' },
      { path: 'dog/b.png', reason: 'duplicate', detail: '' },
    ] as const;
    const old = JSON.parse(JSON.stringify({ ...image('cat'), phash: undefined })) as ImageRecord;
    const found = look([...clean, old], leftOut);
    expect(only(found, 'same-file-two-classes')!.message).toContain('dog/a.png');
    expect(only(found, 'not-compared')!.images).toEqual([old.id]);
  });
});
