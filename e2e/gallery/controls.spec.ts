/** What a run and its results do under the hand: links, settings, charts, tables, the replay. */
import { expect, test } from '@playwright/test';
import { gallery } from './address.ts';
import { open } from './page.ts';

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

test('of many classes, what is confused most is a list, and cells can be made large', async ({ page }) => {
  await open(page, 'evaluated-sixty');
  const list = page.locator('confusion-list');
  await expect(list.getByRole('listitem')).toHaveCount(8);
  const first = list.getByRole('listitem').first().getByRole('button');
  await expect(first).toContainText('species 25 called species');
  await first.click();
  await expect(page.getByRole('heading', { name: /^species 25 called .*: 4 images$/ })).toBeFocused();
  await expect(first).toHaveAttribute('aria-pressed', 'true');
  await list.getByRole('button', { name: 'Show all 99 mistaken pairs' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(99);

  const cell = page.locator('confusion-matrix td button').first();
  expect((await cell.boundingBox())!.height).toBeLessThan(24);
  await page.getByLabel('Large cells').check();
  expect((await cell.boundingBox())!.height).toBeGreaterThanOrEqual(24);
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
  // What does not fit is reached by the arrow keys.
  const box = page.getByRole('region', { name: 'Comparison' });
  await box.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => box.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save comparison as CSV' }).click();
  expect((await download).suggestedFilename()).toBe('headway-comparison.csv');
});

test('the title tells how far a run has come', async ({ page }) => {
  await open(page, 'running');
  await expect(page).toHaveTitle('53% ResNet50 – Headway');
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
