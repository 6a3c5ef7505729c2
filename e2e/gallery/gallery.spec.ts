/** Every state of the screen, narrow and wide, light and dark: nothing breaks out, and axe finds nothing. */
import { expect, test, type Page } from '@playwright/test';
import { expectWhole, open, show } from './page.ts';
import { scenes } from './scenes.ts';

const looks = [
  { width: 1440, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const;

for (const { width, colorScheme } of looks)
  test.describe(`${width} pixels wide, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 800 }, colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test.describe('one scene after the other', () => {
      // In one page, and so in one process: most of the time went into opening one for each.
      test.describe.configure({ mode: 'default' });
      let page: Page;
      let errors: string[];
      test.beforeAll(async ({ browser }) => {
        page = await browser.newPage({
          viewport: { width, height: 800 },
          colorScheme,
          reducedMotion: 'reduce',
        });
        errors = await open(page, 'empty');
      });
      test.afterAll(() => page.close());

      for (const scene of Object.keys(scenes))
        test(scene, async () => {
          await show(page, scene);
          await expectWhole(page);
          expect(errors.splice(0)).toEqual([]);
        });
    });

    test('the case of transfer learning, measured', async ({ page }) => {
      const errors = await open(page, 'ready');
      const card = page.locator('case-advice');
      // In a narrow window it is folded.
      if (width < 700) await card.getByRole('heading', { name: /^Which case/ }).click();
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

test.describe('on paper', () => {
  test.use({ viewport: { width: 700, height: 1000 }, colorScheme: 'dark' });

  for (const scene of ['compared', 'evaluated-sixty'])
    test(`${scene}: nothing is cut off, nothing sticks, nothing is there to be pressed`, async ({ page }) => {
      // Drawn for a wide screen; paper is narrower.
      await page.setViewportSize({ width: 1280, height: 1000 });
      await open(page, scene);
      await expect(page.locator('class-metrics table')).toBeVisible();
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width: 700, height: 1000 });
      for (const panel of ['base-panel', 'head-panel', 'takeaway-panel', 'try-panel'])
        await expect(page.locator(panel)).toBeHidden();
      await expect(page.getByText(/Adam 0\.001, 10 epochs, batch 128/).first()).toBeVisible();
      await expect(page.getByText('Save as').first()).toBeHidden();
      await expect(page.getByRole('navigation')).toBeHidden();
      const evaluation = page.locator('evaluation-panel');
      await expect(evaluation.getByRole('combobox', { name: 'Run to evaluate' })).toBeHidden();
      await expect(evaluation.getByText(', Validation images')).toBeVisible();
      await expect(evaluation.getByRole('tab')).toHaveText(['Overview']);
      await expect(evaluation.getByRole('radio')).toHaveCount(0);
      await expect(evaluation.getByText('Press a cell')).toBeHidden();
      // Buttons are left out where headings are repeated on a later page.
      await expect(page.locator('class-metrics thead')).toHaveText(/Class\s+Precision\s+Recall/, {
        useInnerText: true,
      });
      await expect(page.locator('class-metrics thead button').first()).toBeHidden();
      const cut = await page.evaluate(() => {
        const found: string[] = [];
        const look = (root: ParentNode): void => {
          for (const element of root.querySelectorAll<HTMLElement>('*')) {
            if (element.shadowRoot) look(element.shadowRoot);
            const { overflowY, position } = getComputedStyle(element);
            const [hidden, whole] = [element.scrollHeight - element.clientHeight, element.clientWidth > 200];
            if (element.matches('.scroll') && whole && hidden > 1 && overflowY !== 'visible')
              found.push(`cut: ${element.outerHTML.slice(0, 80)}`);
            if (position === 'sticky' && element.matches('site-header, next-bar, nav, .errors'))
              if (element.getClientRects().length > 0 && element.clientHeight > 16)
                found.push(`sticks: ${element.tagName}`);
            if (element.matches('tr') && element.getBoundingClientRect().height > 160)
              found.push(`high: ${element.textContent.trim().slice(0, 40)}`);
          }
        };
        look(document);
        return found;
      });
      expect(cut).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
});

test.describe('on a telephone', () => {
  test.use({ viewport: { width: 360, height: 740 }, contextOptions: { reducedMotion: 'reduce' } });

  test('choices with good defaults fold behind what they are set to', async ({ page }) => {
    await open(page, 'ready');
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    expect(height).toBeLessThan(4600);
    const panel = page.locator('cut-panel');
    await expect(panel.getByRole('slider')).toBeHidden();
    await expect(panel.getByText('ResNet50: Few images, similar')).toBeVisible();
    await panel.getByRole('heading', { name: 'Where to cut the base' }).click();
    await panel.getByRole('radio', { name: /^3\./ }).check();
    await expect(panel.getByText('ResNet50: Few images, different')).toBeVisible();
    const card = page.locator('base-card').filter({ hasText: 'VGG16' });
    await card.getByText('Download: 58.9 MB').click();
    await expect(card.getByText('512 numbers')).toBeVisible();
    // Wide again, nothing is folded, and what was chosen stays.
    await page.setViewportSize({ width: 1000, height: 740 });
    await expect(panel.getByRole('slider')).toBeVisible();
    await expect(panel.getByRole('radio', { name: /^3\./ })).toBeChecked();
  });

  test('an error leaves room for what it is about', async ({ page }) => {
    await open(page, 'storage full');
    const notice = await page.getByRole('alert').filter({ hasText: 'no room left' }).boundingBox();
    expect(notice!.height).toBeLessThan(740 / 3);
  });

  test('the steps stay at the top, and lead to their places', async ({ page }) => {
    await open(page, 'compared');
    const steps = page.getByRole('navigation', { name: 'Steps' });
    await expect(steps.getByRole('link')).toHaveText(['Data', 'Base', 'Head & run', 'Results', 'Take away']);
    for (const name of ['Take away', 'Results']) {
      await steps.getByRole('link', { name }).click();
      await expect(page.getByRole('heading', { name: new RegExp(name) }).first()).toBeFocused();
      expect((await steps.boundingBox())!.y).toBe(0);
      await expect(page.getByRole('heading', { name: new RegExp(name) }).first()).toBeInViewport();
    }
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
