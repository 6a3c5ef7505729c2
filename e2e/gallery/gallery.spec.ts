/** Every state of the screen, narrow and wide, light and dark: nothing breaks out, and axe finds nothing. */
import { createRequire } from 'node:module';
import { expect, test, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { scenes } from './scenes.ts';
import { gallery } from './address.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const looks = [
  { width: 1440, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const;

async function open(page: Page, scene: string): Promise<string[]> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${gallery}?state=${scene}`);
  await expect(page.getByRole('main')).toBeVisible();
  return errors;
}

/** Nothing that axe objects to, and nothing that sticks out. */
async function expectWhole(page: Page): Promise<void> {
  await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}

/** The element with the focus, through all shadow roots, by its accessible label. */
const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('aria-label') ?? null;
  });

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

test('measured advice is marked beside the cut, and sets it', async ({ page }) => {
  await open(page, 'ready');
  const card = page.locator('case-advice');
  await card.getByLabel('Base').selectOption('VGG16');
  await card.getByRole('button', { name: /^Measure/ }).click();
  await card.getByRole('button', { name: 'Set VGG16 for case 3' }).click();
  await expect(card.getByText('VGG16 is set for case 3.')).toBeVisible();
  const panel = page.locator('cut-panel');
  await panel.getByRole('tab', { name: 'VGG16' }).click();
  await expect(panel.getByRole('radio', { name: /^3\. .*Measured: this one fits$/s })).toBeChecked();
  await expect(panel.getByRole('slider')).toHaveAttribute('aria-valuetext', /^block3_pool: 28 × 28 × 256/);

  // Other images, or another split: what was measured says nothing of them.
  await page.getByLabel('Validation', { exact: true }).fill('30');
  await expect(panel.getByText('Measured: this one fits')).toHaveCount(0);
});

test('the cut is moved in the picture, by pointer, keys and list', async ({ page }) => {
  await open(page, 'cut-early');
  const panel = page.locator('cut-panel');
  const slider = panel.getByRole('slider', { name: 'Cut of VGG16' });
  const { width, height } = (await slider.boundingBox())!;
  // Half a thumb from either end lie the first cut and the last.
  await slider.click({ position: { x: 12 + ((width - 24) * 3) / 5, y: height / 2 } });
  await expect(slider).toHaveAttribute('aria-valuetext', /^block4_pool: 14 × 14 × 512/);
  await slider.press('ArrowRight');
  await expect(panel.getByLabel('Cut after')).toHaveValue('block5_pool');
  await slider.press('Home');
  await expect(panel.getByText('Removed: 5 stages')).toBeVisible();
  await panel.getByLabel('Cut after').selectOption('block2_pool');
  await expect(slider).toHaveAttribute('aria-valuetext', /^block2_pool/);
  await panel.getByRole('radio', { name: /^2\./ }).check();
  await expect(slider).toHaveAttribute('aria-valuetext', /^block4_pool/);
  await expect(panel.getByText(/^Trained: 2 stages, .*, and the head$/)).toBeVisible();

  // Trained as a whole, the cut lies before the first stage; with all of that removed, it is the last again.
  await panel.getByRole('radio', { name: /^4\./ }).check();
  await expect(slider).toHaveAttribute('aria-valuetext', /^input: 224 × 224 × 3/);
  await slider.press('ArrowRight');
  await expect(panel.getByLabel('Cut after')).toHaveValue('block1_pool');
  await slider.press('Home');
  await panel.getByRole('radio', { name: /^Removed/ }).check();
  await expect(panel.getByLabel('Cut after')).toHaveValue('avg_pool');
  await expect(panel.getByRole('radio', { name: /^1\./ })).toBeChecked();
});

test('tabs go by the arrow keys, around', async ({ page }) => {
  await open(page, 'evaluated');
  const tabs = page.getByRole('tablist', { name: 'Evaluation' }).getByRole('tab');
  await tabs.first().focus();
  await page.keyboard.press('ArrowLeft');
  await expect(tabs.last()).toBeFocused();
  await expect(tabs.last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tabpanel', { name: 'Overview' })).toBeVisible();
});

test('findings are looked at, put right with one click, and that is undone', async ({ page }) => {
  await open(page, 'audit-findings');
  const panel = page.locator('audit-panel');
  await expect(panel.getByRole('status')).toHaveText('1 problem, 5 warnings, and 4 notes in 151 images.');
  await expect(panel.locator('img[src="x"]')).toHaveCount(0);

  await panel.getByRole('button', { name: 'Remove 3 training images' }).click();
  await expect(panel.getByText('3 images were removed.')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Undo' })).toBeFocused();
  await expect(panel.getByRole('status')).toContainText('6 warnings');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('heading', { name: 'Data check' })).toBeFocused();
  await expect(panel.getByRole('status')).toContainText('1 problem, 5 warnings');

  await panel.getByRole('button', { name: 'Merge “Cats” into “cat”' }).click();
  await expect(panel.getByText('20 images of “Cats” are now in “cat”.')).toBeVisible();
  await panel.getByRole('button', { name: '9 images to look at' }).click();
  await expect(
    panel.getByRole('list', { name: 'Images to look at' }).last().getByRole('listitem'),
  ).toHaveCount(9);
  await panel.getByRole('button', { name: 'Remove dog/copy of IMG_0-12.jpg' }).click();
  await expect(panel.getByText('1 image was removed.')).toBeVisible();
});

test('a long finding shows a dozen images, then more, then all', async ({ page }) => {
  await open(page, 'audit-many');
  const panel = page.locator('audit-panel');
  await panel.getByText('2 notes, just so that you know').click();
  await panel.getByRole('button', { name: '300 images to look at' }).click();
  const pictures = panel.locator('thumb-image');
  await expect(pictures).toHaveCount(12);
  await panel.getByRole('button', { name: 'Show more (288 images left)' }).click();
  await expect(pictures).toHaveCount(60);
  for (let i = 0; i < 4; i++) await panel.getByRole('button', { name: 'Show more' }).click();
  await panel.getByRole('button', { name: 'Show all (48 images more)' }).click();
  await expect(pictures).toHaveCount(300);
});

test('what makes a run impossible is said beside Run, and leads to its remedy', async ({ page }) => {
  await open(page, 'audit-impossible');
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await expect(run).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'See it in the data check' }).click();
  await expect(page.getByRole('heading', { name: 'Data check' })).toBeFocused();
  await page.getByRole('button', { name: 'Remove the class “mouse”' }).click();
  await expect(run).toHaveAttribute('aria-disabled', 'false');
  await expect(page.getByText('No problems found in 60 images.')).toBeVisible();
  await page.getByLabel('Test', { exact: true }).fill('60');
  await expect(page.getByText('The most is 50.')).toBeVisible();
  await page.getByLabel('Test', { exact: true }).fill('0');
  await expect(page.getByText('Held out: 20% of each class for validation.')).toBeVisible();
});

test('12,000 thumbnails are walked with the keyboard, and few are in the document', async ({ page }) => {
  await open(page, 'many');
  await page.getByRole('option', { name: 'airplane/IMG_00001.jpg' }).click();
  await page.keyboard.press('End');
  await expect.poll(() => focused(page)).toBe('airplane/IMG_12000.jpg');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => focused(page)).toBe('airplane/IMG_11999.jpg');
  await page.keyboard.press('Delete');
  await expect.poll(() => focused(page)).toBe('airplane/IMG_12000.jpg');
  await expect(page.getByText('19,999 images in 3 classes')).toBeVisible();
  expect(await page.getByRole('option', { name: /^airplane\// }).count()).toBeLessThan(150);
});

test('labels are text, whatever they hold', async ({ page }) => {
  await open(page, 'sixty');
  const nasty = page.getByRole('option', { name: '<img src=x onerror=alert(1)>' });
  await nasty.click();
  await expect(page.getByRole('heading', { name: '<img src=x onerror=alert(1)>' })).toBeVisible();
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
});

test('a link restores the run, the tab and the place', async ({ page }) => {
  await page.goto(`${gallery}?state=evaluated#results/evaluated-0/confidence`);
  await expect(page.getByRole('heading', { name: /Results/ })).toBeFocused();
  await expect(page.getByRole('tab', { name: 'Confidence' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByLabel('Run to evaluate')).toHaveValue('evaluated-0');
  await page.getByRole('tab', { name: 'Mistakes' }).click();
  await expect(page).toHaveURL(/#results\/evaluated-0\/mistakes$/);
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  await expect(page).toHaveURL(/#data$/);
  await page.goBack();
  await expect(page.getByRole('heading', { name: /Results/ })).toBeFocused();
  await expect(page.getByRole('tab', { name: 'Mistakes' })).toHaveAttribute('aria-selected', 'true');
});

test('the next step is at hand until its place is reached', async ({ page }) => {
  await open(page, 'running');
  const bar = page.getByRole('group', { name: 'Next step' });
  await expect(bar).toContainText('ResNet50: extracting, 53%');
  await bar.getByRole('button', { name: 'See the run' }).click();
  await expect(page.getByRole('heading', { name: /Head & run/ })).toBeFocused();
  await expect(bar).toHaveCount(0);
  await open(page, 'ready');
  await expect(bar).toContainText('Download 94.5 MB');
  await page.getByLabel('Epochs').fill('0');
  await page.evaluate(() => scrollTo(0, 0));
  // What stands in the way is beside Run.
  await bar.getByRole('button', { name: 'Run now' }).click();
  await expect(page.getByText('Correct the settings marked above.')).toBeVisible();
});

test('settings that make no sense stop Run, and say why', async ({ page }) => {
  await open(page, 'ready');
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await expect(run).toHaveAttribute('aria-disabled', 'false');
  await page.getByLabel('Epochs').fill('0');
  await expect(page.getByText('The least is 1.')).toBeVisible();
  await expect(run).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel('Epochs').fill('25');
  await expect(page.getByText('then train 25 epochs')).toBeVisible();
});

test('the chart is read with the arrow keys, and saved', async ({ page }) => {
  await open(page, 'finished');
  const slider = page.getByRole('slider', { name: 'Epoch in the Accuracy chart' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', /^Epoch 1: ResNet50, Plain softmax validation \d/);
  for (const format of ['SVG', 'PNG', 'CSV']) {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: format }).first().click();
    expect((await download).suggestedFilename()).toBe(`headway-accuracy.${format.toLowerCase()}`);
  }
});

test('runs are taken out of the charts, pinned, renamed and removed', async ({ page }) => {
  await open(page, 'compared');
  const slider = page.getByRole('slider', { name: 'Epoch in the Accuracy chart' });
  await expect(slider).toHaveAttribute('aria-valuetext', /VGG16, Dense 512/);
  await page.getByLabel('Show VGG16, Dense 512 + softmax in the charts').uncheck();
  await expect(slider).not.toHaveAttribute('aria-valuetext', /VGG16, Dense 512/);
  await page.getByLabel('training').uncheck();
  await expect(slider).not.toHaveAttribute('aria-valuetext', /training/);

  await page.getByRole('button', { name: 'Rename VGG16, Plain softmax' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('my best');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await expect(page.getByRole('heading', { name: 'my best' })).toBeVisible();
  await expect(page.getByLabel('Compare my best')).toBeChecked();
  await page.getByRole('button', { name: 'Pin my best', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Unpin my best' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove run my best' }).click();
  await expect(page.getByLabel('Compare my best')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Compare my best')).toBeChecked();
  await expect(page.getByRole('group', { name: 'Finished runs' })).toBeFocused();
});

test('both charts and the values under them share one cursor', async ({ page }) => {
  await open(page, 'compared');
  await page.getByRole('slider', { name: 'Epoch in the Loss chart' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('columnheader', { name: 'Epoch 2', exact: true })).toBeVisible();
  await expect(page.getByRole('slider', { name: 'Epoch in the Accuracy chart' })).toHaveAttribute(
    'aria-valuenow',
    '2',
  );
});

test('the comparison is sorted by its headers, and saved as a file', async ({ page }) => {
  await open(page, 'compared');
  const table = page.getByRole('table').filter({ has: page.getByRole('button', { name: 'Extraction' }) });
  const first = () => table.getByRole('row').nth(1).getByRole('rowheader');
  await expect(first()).toContainText('ResNet50, Plain softmax');
  await table.getByRole('button', { name: 'Time per image' }).click();
  await expect(first()).toContainText('VGG16');
  await expect(table.getByRole('columnheader', { name: 'Time per image' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await table.getByRole('button', { name: 'Time per image' }).click();
  await expect(first()).toContainText('ResNet50');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save comparison as CSV' }).click();
  expect((await download).suggestedFilename()).toBe('headway-comparison.csv');
});

test('the title tells how far a run has come', async ({ page }) => {
  await open(page, 'running');
  await expect(page).toHaveTitle('53 % ResNet50 – Headway');
});

test('weights of one’s own, and back', async ({ page }) => {
  await open(page, 'ready');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Use my own weights for VGG16' }).click();
  await (await chooser).setFiles({ name: 'mine.h5', mimeType: '', buffer: Buffer.from('weights') });
  await expect(page.getByText('mine.h5 (unverified)')).toBeVisible();
  await page.getByRole('button', { name: 'Use published ones again for VGG16' }).click();
  await expect(page.getByText('mine.h5')).toHaveCount(0);
});

test('the replay opens from the header, and says what is wrong with the curves', async ({ page }) => {
  await open(page, 'ready');
  await expect(page.getByRole('heading', { name: 'As published in 2017' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Replay 2017' }).click();
  await expect(page.getByRole('heading', { name: 'As published in 2017' })).toBeVisible();
  await expect(page.getByText('would have shown 0.962')).toBeVisible();
  // Other images are in the data set.
  const load = page.getByRole('button', { name: 'Load the article’s 4,000 images' });
  await expect(load).toHaveAttribute('aria-disabled', 'true');
});

test('the article’s run begins with its settings', async ({ page }) => {
  await open(page, 'replay-rerun');
  await page.getByRole('button', { name: 'Run the article’s three bases' }).click();
  await expect(page.getByLabel('Batch size')).toHaveValue('16');
  for (const name of ['InceptionV3', 'VGG16', 'ResNet50'])
    await expect(page.getByRole('checkbox', { name, exact: true })).toBeChecked();
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
