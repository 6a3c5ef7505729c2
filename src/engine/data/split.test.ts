import { describe, expect, it } from 'vitest';
import type { ImageRecord, Share } from './records';
import { splitImages } from './split';

let next = 0;
/** Ids without any order of their own, as digests are. */
function images(label: string, count: number, share: Share | null = null): ImageRecord[] {
  return Array.from({ length: count }, () => {
    const id = (Math.imul(next++, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
    return { id, label, share, path: `${label}/${id}.png`, width: 1, height: 1, bytes: 1, mime: 'image/png' };
  });
}
const thrown = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
};
const options = { validationShare: 0.2, seed: 42 };
const cats = images('cat', 50);
const dogs = images('dog', 7);

describe('splitImages', () => {
  it('takes the share from every class, each image once', () => {
    const { train, validation, test } = splitImages([...cats, ...dogs], options);
    const held = new Set(validation);
    expect(cats.filter(({ id }) => held.has(id))).toHaveLength(10);
    expect(dogs.filter(({ id }) => held.has(id))).toHaveLength(1);
    expect(test).toEqual([]);
    expect([...train, ...validation].sort()).toEqual([...cats, ...dogs].map(({ id }) => id).sort());
  });

  it('depends on the seed, not on the order of dropping, nor on other classes', () => {
    const split = splitImages([...cats, ...dogs], options);
    expect(splitImages([...dogs, ...cats].reverse(), options)).toEqual(split);
    expect(splitImages([...cats, ...dogs], { ...options, seed: 43 }).validation).not.toEqual(
      split.validation,
    );
    const wider = splitImages([...images('bird', 5), ...cats, ...dogs], options);
    expect(wider.validation).toEqual(expect.arrayContaining(split.validation));
  });

  it('leaves its input as it was', () => {
    const input = Object.freeze([...cats, ...dogs].reverse());
    const before = input.map(({ id }) => id);
    splitImages(input, options);
    expect(input.map(({ id }) => id)).toEqual(before);
  });

  it.each([0.05, 0.5, 0.95])(
    'gives small classes one image on either side at a share of %d',
    (validationShare) => {
      const pairs = [...images('a', 2), ...images('b', 2)];
      const { train, validation } = splitImages(pairs, { validationShare, seed: 1 });
      for (const label of ['a', 'b'])
        for (const side of [train, validation])
          expect(pairs.filter((record) => record.label === label && side.includes(record.id))).toHaveLength(
            1,
          );
    },
  );

  it('holds nothing out at a share of 0', () => {
    const { train, validation } = splitImages([...cats, ...dogs], { validationShare: 0, seed: 1 });
    expect([train.length, validation.length]).toEqual([57, 0]);
  });

  it('keeps the shares of the folders, and draws no more where they give validation images', () => {
    const given = [
      ...images('cat', 3, 'validation'),
      ...images('dog', 2, 'test'),
      ...images('dog', 4, 'train'),
    ];
    const { train, validation, test } = splitImages([...cats, ...given], options);
    expect(validation.sort()).toEqual(
      given
        .slice(0, 3)
        .map(({ id }) => id)
        .sort(),
    );
    expect(test.sort()).toEqual(
      given
        .slice(3, 5)
        .map(({ id }) => id)
        .sort(),
    );
    expect(train).toHaveLength(54);
  });

  it('draws from train folders where there is no validation folder, never from test folders', () => {
    const tests = [...images('cat', 30, 'test'), ...images('dog', 30, 'test')];
    const given = [...images('cat', 10, 'train'), ...images('dog', 10, 'train'), ...tests];
    const { train, validation, test } = splitImages(given, options);
    expect([train.length, validation.length, test.length]).toEqual([16, 4, 60]);
    expect(test.sort()).toEqual(tests.map(({ id }) => id).sort());
  });

  it('says which class is missing or too small', () => {
    expect(thrown(() => splitImages([], options))).toMatchObject({ code: 'too-few-classes' });
    expect(thrown(() => splitImages(cats, options))).toMatchObject({
      code: 'too-few-classes',
      message: expect.stringContaining('cat') as string,
    });
    expect(thrown(() => splitImages([...cats, ...images('__proto__', 1)], options))).toMatchObject({
      code: 'too-few-images',
      message: expect.stringContaining('__proto__') as string,
    });
    expect(thrown(() => splitImages([...cats, ...images('dog', 9, 'test')], options))).toMatchObject({
      code: 'too-few-images',
      message: expect.stringContaining('dog') as string,
    });
  });
});
