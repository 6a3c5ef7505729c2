/** Every state of the screen, narrow and wide, light and dark: nothing breaks out, and axe finds nothing. */
import { expect, test } from '@playwright/test';
import { expectWhole, open } from './page.ts';
import { scenes } from './scenes.ts';

const looks = [
  { width: 1440, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const;

for (const { width, colorScheme } of looks)
  test.describe(`${width} pixels wide, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 800 }, colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    for (const scene of Object.keys(scenes))
      test(scene, async ({ page }) => {
        const errors = await open(page, scene);
        await expectWhole(page);
        expect(errors).toEqual([]);
      });

    test('the case of transfer learning, measured', async ({ page }) => {
      const errors = await open(page, 'ready');
      const card = page.locator('case-advice');
      for (const [name, sentence] of [
        ['ResNet50', /^Case 1: few images, similar/],
        ['VGG16', /^Case 3: .* The best cut measured is block3_pool\./],
      ] as const) {
        await card.getByLabel('Base').selectOption(name);
        await card.getByRole('button', { name: /^Measure/ }).click();
        await expect(card.getByText(sentence)).toBeVisible();
        await expect(card.getByRole('heading', { name: `${name}: linear probe by depth` })).toBeVisible();
        await expectWhole(page);
      }
      expect(errors).toEqual([]);
    });

    test('each tab of the evaluation', async ({ page }) => {
      const errors = await open(page, 'evaluated');
      const tabs = page.getByRole('tablist', { name: 'Evaluation' }).getByRole('tab');
      for (const tab of (await tabs.all()).slice(1)) {
        await tab.click();
        await expect(page.getByRole('tabpanel', { name: (await tab.textContent())!.trim() })).toBeVisible();
        await expectWhole(page);
      }
      expect(errors).toEqual([]);
    });
  });

test.describe('in Spanish', () => {
  test.use({ locale: 'es-ES', viewport: { width: 360, height: 800 } });

  for (const scene of ['empty', 'ready', 'evaluated'])
    test(`${scene}: nothing sticks out, nothing that axe objects to`, async ({ page }) => {
      const errors = await open(page, scene);
      await expect(page.locator('html')).toHaveAttribute('lang', 'es');
      await expectWhole(page);
      expect(errors).toEqual([]);
    });

  test('another language is chosen in the header, and remembered', async ({ page }) => {
    await open(page, 'empty');
    await page.getByLabel('Idioma').selectOption('English');
    await expect(page.getByText('Folders of images; each folder is a class.')).toBeVisible();
    await page.reload();
    await expect(page.getByLabel('Language')).toHaveValue('en');
  });
});
