import { expect, test } from 'vitest';
import { copySpecs, drawCopies } from './copies';
import { bottleneckSpec, mapSpec } from './estimate';
import { specKey, specOf } from './key';

const spec = { ...bottleneckSpec('resnet50', 'ab'.repeat(32), 'stretch'), inputSize: 4 };
const augmentation = { flip: true, crop: 0.25, colour: 0.5 };

test('further copies have keys of their own, which say how they were drawn', () => {
  const specs = copySpecs(spec, { copies: 3, augmentation, seed: 42 });
  const keys = specs.map(specKey);
  expect(keys[0]).toBe(specKey(spec));
  expect(keys[2]).toBe(`${specKey(spec)}.copy-2-seed-42-flip-crop-0.25-colour-0.5`);
  const others = [
    copySpecs(spec, { copies: 3, augmentation, seed: 43 }),
    copySpecs(spec, { copies: 3, augmentation: { ...augmentation, flip: false }, seed: 42 }),
    copySpecs(mapSpec('resnet50', 'ab'.repeat(32), 'stretch', 'conv4_block6_out'), {
      copies: 3,
      augmentation,
      seed: 42,
    }),
  ].map(([, , last]) => specKey(last!));
  expect(new Set([...keys, ...others]).size).toBe(6);
  // Whatever looks for the features of pictures as they are does not meet copies.
  expect(specOf(keys[2]!)).toBeNull();
});

test('without an augmentation, and where nothing is stored, there is one', () => {
  expect(copySpecs(spec, { seed: 1 })).toEqual([spec]);
  expect(copySpecs(spec, { copies: 4, augmentation: null, seed: 1 })).toEqual([spec]);
  const whole = mapSpec('resnet50', 'ab'.repeat(32), 'stretch', 'input');
  expect(copySpecs(whole, { copies: 4, augmentation, seed: 1 })).toEqual([whole]);
});

test('a copy of an image is the same in any batch', () => {
  const [, , copy] = copySpecs(spec, { copies: 3, augmentation, seed: 42 });
  const squares = (ids: readonly string[]) =>
    Uint8Array.from(
      { length: ids.length * 48 },
      (_, i) => (7 * (i % 48) + 30 * Number(ids[Math.floor(i / 48)])) % 256,
    );
  const both = drawCopies(squares(['1', '2']), ['1', '2'], copy!);
  const alone = drawCopies(squares(['2']), ['2'], copy!);
  expect(both.subarray(48)).toEqual(alone);
  expect(alone).not.toEqual(squares(['2']));
  expect(drawCopies(squares(['2']), ['2'], spec)).toEqual(squares(['2']));
});
