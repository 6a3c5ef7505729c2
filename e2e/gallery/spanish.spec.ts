/** A Spanish page says nothing in English: each scene is shown in both languages, and what both say alike is reported. */
import { expect, test, type Browser } from '@playwright/test';
import type { Gallery } from './main.ts';
import { open } from './page.ts';
import { scenes } from './scenes.ts';

/** Scenes whose buttons are pressed, too: what unfolds, opens or is computed then is read as well. */
const pressed = ['finished'];
/** They say what others say, of more images or classes, and take their time. */
const onlyMore = new Set(['sixty', 'many', 'evaluated-sixty', 'audit-many']);

// It would copy the whole page after every scene.
test.use({ trace: 'off' });

/** Names, units, and what the two languages write alike. */
const alike = new Set(
  ['Headway', 'English', 'Español', 'InceptionV', 'VGG', 'ResNet', 'Keras', 'TensorFlow', 'js', 'ONNX', 'HDF']
    .concat(['WebAssembly', 'Adam', 'RMSprop', 'BFGS', 'UMAP', 'ECE', 'SVG', 'PNG', 'CSV', 'README', 'md'])
    .concat([
      'ms',
      'min',
      'kB',
      'MB',
      'val',
      'avg',
      'certificate',
      'IMG',
      'Base',
      'Bases',
      'Dropout',
      'softmax',
    ]),
);
/** Publications, a run's name cut short, files, stages of a base. */
const names =
  /^.*, (CVPR|ICLR) \d{4}$|Baseline, before …|(copy of )*[\w-]+\.(py|mjs|json|txt|bin|jpg|png)\b|certificate\/|cifar10\/\w+|\b[a-z0-9_]*(\d|_pool)[a-z0-9_]*\b/g;
/** Hardly a sentence of English does without them; none is a word of Spanish. */
const english = /(?<!\p{L})(the|of|and|is|are|with|for|from|not|this|to|was|by|it|an|your)(?!\p{L})/iu;

/** What each scene says but for the data's own names, in one page, which is quicker than a page for each. */
async function said(browser: Browser, locale: string): Promise<Map<string, string[]>> {
  const page = await browser.newPage({ locale, viewport: { width: 1280, height: 900 } });
  const errors = await open(page, 'empty');
  const all = new Map<string, string[]>();
  for (const scene of Object.keys(scenes).filter((name) => !onlyMore.has(name)))
    all.set(
      scene,
      await page.evaluate(
        ([name, presses]) => (globalThis as unknown as { gallery: Gallery }).gallery.said(name, presses),
        [scene, pressed.includes(scene)] as const,
      ),
    );
  expect(errors).toEqual([]);
  await page.close();
  return all;
}

const wordsOf = (text: string): string[] =>
  (text.replace(names, ' ').match(/\p{L}{2,}/gu) ?? []).filter((word) => !alike.has(word));

test('nothing is said in English', async ({ browser }) => {
  const [spanish, inEnglish] = await Promise.all([said(browser, 'es-ES'), said(browser, 'en-US')]);
  const left = new Set<string>();
  for (const [scene, texts] of spanish) {
    // Figures differ by their signs.
    const words = new Set(inEnglish.get(scene)!.map((text) => wordsOf(text).join(' ')));
    for (const text of texts) {
      const own = wordsOf(text).join(' ');
      if (own !== '' && (words.has(own) || english.test(own))) left.add(`${scene}: ${text}`);
    }
  }
  expect([...left]).toEqual([]);
});
