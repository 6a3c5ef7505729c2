/** What the first steps do under the hand: the cut, the findings, the pictures. */
import { expect, test } from '@playwright/test';
import { focused, open } from './page.ts';

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
  await panel.getByText('Advanced').click();
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
