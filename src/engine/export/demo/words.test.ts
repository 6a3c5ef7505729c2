import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import page from './index.html?raw';
import script from './demo.js?raw';
import source from './words.js?raw';

type Words = Record<string, unknown> & { about: (model: object) => string };
const languages = runInNewContext(`${source}; languages`) as Record<'en' | 'es', Words>;

/** Names of all texts, also of those inside others. */
const names = (words: Words, of = ''): string[] =>
  Object.entries(words).flatMap(([name, text]) =>
    typeof text === 'object' ? names(text as Words, `${of}${name}.`) : [of + name],
  );

test('the demo page says the same in both languages', () => {
  expect(names(languages.es)).toEqual(names(languages.en));
});

test('every text that page and script ask for is there, and every text is asked for', () => {
  const asked = [
    ...[...page.matchAll(/data-(?:text|label)="(\w+)"/g)].map(([, name]) => name),
    ...[...script.matchAll(/words\.(\w+)/g)].map(([, name]) => name),
  ];
  expect([...new Set(asked)].sort()).toEqual(Object.keys(languages.en).sort());
});

test('what a base was made into is said', () => {
  const { about } = languages.en;
  const model = { base: 'VGG16', trainedAbove: null, cut: null, classes: 3 };
  const head = 'and a head trained with Headway tell 3 classes apart.';
  expect(about(model)).toBe(`VGG16 ${head}`);
  expect(about({ ...model, cut: 'block4_pool' })).toBe(`VGG16 up to its stage block4_pool ${head}`);
  expect(about({ ...model, trainedAbove: 'block4_pool' })).toBe(
    `VGG16, trained further above its stage block4_pool, ${head}`,
  );
  expect(about({ ...model, trainedAbove: 'input' })).toBe(`VGG16, trained further as a whole, ${head}`);
});
