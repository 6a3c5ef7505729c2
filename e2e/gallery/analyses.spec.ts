/** Label errors, the learning curve and the saved report, without a machine behind them. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { gallery } from './address.ts';
import { expectWhole } from './page.ts';

/** `mount` takes the page's regions away. */
const alone = { within: 'body > main', without: ['region'] };
const looks = [
  { width: 1440, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const;

/** An element by itself, wherever the page keeps it. */
async function mount(page: Page, scene: string, name: 'label-errors' | 'learning-curve-section') {
  await page.goto(`${gallery}?state=${scene}`);
  await page.getByRole('main').waitFor();
  await page.evaluate((element) => {
    const app = document.querySelector('headway-app')!;
    const made = Object.assign(document.createElement(element), {
      session: app.session,
      result: app.session!.state.results[0],
    });
    const box = document.createElement('main');
    box.append(made);
    document.body.append(box);
    // It stays connected: the session's state goes on reaching everybody.
    app.hidden = true;
    app.style.display = 'none';
  }, name);
  return page.locator('body > main');
}

/** The element with the focus, through all shadow roots, by its accessible label. */
const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? null;
  });

for (const { width, colorScheme } of looks)
  test.describe(`${width} pixels wide, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 800 }, colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('labels that look wrong, one decision each', async ({ page }) => {
      const place = await mount(page, 'evaluated-sixty', 'label-errors');
      await expectWhole(page, alone);
      await place.getByRole('button', { name: 'Look for label errors' }).click();
      await expect(place.getByText(/^27 of 470 images look mislabelled\./)).toBeVisible();
      await expectWhole(page, alone);
      const cards = place.locator('suspect-card');
      await expect(cards).toHaveCount(12);
      await place.getByRole('button', { name: 'Show more (15 images left)' }).click();
      await expect(cards).toHaveCount(27);
      await expectWhole(page, alone);
    });

    test('would more images help?', async ({ page }) => {
      const place = await mount(page, 'evaluated-exact', 'learning-curve-section');
      await expectWhole(page, alone);
      await place.getByRole('button', { name: 'Measure the learning curve' }).click();
      await expect(place.getByText(/The last doubling, from \d+ to \d+ images, gained/)).toBeVisible();
      const slider = place.getByRole('slider', { name: /Accuracy by number of images/ });
      await slider.focus();
      await page.keyboard.press('End');
      await expect(slider).toHaveAttribute('aria-valuetext', /looked ahead$/);
      await place.getByRole('button', { name: 'Table' }).click();
      await expect(place.getByRole('columnheader', { name: 'Training images' })).toBeVisible();
      await expectWhole(page, alone);
    });
  });

test('decisions go by the keyboard, from image to image, and can be taken back', async ({ page }) => {
  const place = await mount(page, 'evaluated', 'label-errors');
  await place.getByRole('button', { name: 'Look for label errors' }).click();
  const cards = place.locator('suspect-card');
  await expect(cards).toHaveCount(4);
  const first = (await cards.first().getByRole('button').first().getAttribute('aria-label'))!;
  expect(first).toMatch(/^Move to dog: cat\/IMG_\d+\.jpg$/);
  await cards.first().getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  await expect(cards.first().getByText('Now dog')).toBeVisible();
  await expect.poll(() => focused(page)).toMatch(/^Move to horse: dog/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(cards.nth(1).getByText('Kept')).toBeVisible();
  await expect(place.getByRole('status').filter({ hasText: 'is kept as dog' })).toHaveCount(1);
  await expect.poll(() => focused(page)).toMatch(/^Move to dog: cat/);
  await cards
    .nth(2)
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect(cards.nth(2).getByText('Removed')).toBeVisible();
  await expect(place.getByText('2 images changed.')).toBeVisible();
  await cards
    .first()
    .getByRole('button', { name: /^Back to cat: / })
    .click();
  await expect(cards.first().getByRole('button', { name: first })).toBeFocused();
  await expect(place.getByText('1 image changed.')).toBeVisible();
  // What was kept stays so, and comes last, when it is looked for again.
  await place.getByRole('button', { name: 'Look again' }).click();
  await expect(cards.last().getByText('Kept')).toBeVisible();
});

test('a search can be cancelled, and begun again', async ({ page }) => {
  const place = await mount(page, 'evaluated', 'label-errors');
  await place.getByRole('button', { name: 'Look for label errors' }).click();
  await place.getByRole('button', { name: 'Cancel' }).click();
  await place.getByRole('button', { name: 'Look for label errors' }).click();
  await expect(place.locator('suspect-card')).toHaveCount(4);
});

test('the report of the runs is saved from the results, whatever the labels hold', async ({
  page,
  browser,
}) => {
  await page.goto(`${gallery}?state=evaluated-sixty`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save report (HTML)' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('headway-report.html');
  const context = await browser.newContext({ offline: true, viewport: { width: 900, height: 800 } });
  const report = await context.newPage();
  const trouble: string[] = [];
  report.on('console', (message) => trouble.push(message.text()));
  report.on('dialog', (dialog) => trouble.push(dialog.message()));
  await report.setContent(readFileSync(await download.path(), 'utf8'));
  await expect(report.getByText('365 of 470 images right').first()).toBeVisible();
  await expect(report.getByRole('rowheader', { name: '<img src=x onerror=alert(1)>' }).first()).toBeVisible();
  expect(await report.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
    0,
  );
  expect(trouble).toEqual([]);
  await context.close();
});
