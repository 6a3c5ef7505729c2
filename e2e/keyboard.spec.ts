/** The whole job without a pointer: from a folder to a head on disk. */
import { expect, type Page } from '@playwright/test';
import { test, waitForImages } from './support/app';
import { classFolders } from './support/images';
import { dirname } from 'node:path';

/** The accessible name, by label, text or what labels it, of what has the focus. */
const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (element === null) return '';
    const { labels } = element as HTMLInputElement;
    const text = element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent;
    return text.trim().replace(/\s+/g, ' ');
  });

/** Presses Tab until what has the focus is called so: everything between is on the way of a user, too. */
async function tabTo(page: Page, name: RegExp, most = 120): Promise<void> {
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab');
    if (name.test(await focusedName(page))) return;
  }
  throw new Error(`${most} times Tab does not lead to ${name}`);
}

test('by keys alone: a folder in, a run, its evaluation, a head out', async ({ app }) => {
  const chooser = app.waitForEvent('filechooser');
  await tabTo(app, /^Choose a folder/, 20);
  await app.keyboard.press('Enter');
  await (await chooser).setFiles(dirname(classFolders(['cat', 'ship'], 6)[0]!));
  await waitForImages(app, 12);
  // The button that had the focus has gone; the way goes on from where it was.
  await expect.poll(() => focusedName(app)).toMatch(/^12 images in 2 classes/);

  await tabTo(app, /^Epochs/);
  await app.keyboard.press('ControlOrMeta+A');
  await app.keyboard.type('3');
  await tabTo(app, /^Run$/, 20);
  await app.keyboard.press('Enter');
  await expect.poll(() => focusedName(app)).toBe('Running');
  await app.waitForFunction(() => window.headway.snapshot().lanes[0]?.phase === 'done', null, {
    timeout: 240_000,
  });
  await expect(app.locator('run-panel').getByRole('status')).toContainText('validation accuracy');

  await tabTo(app, /^Overview$/);
  await app.keyboard.press('ArrowRight');
  await expect.poll(() => focusedName(app)).toBe('Confidence');
  await tabTo(app, /^TensorFlow\.js/);
  for (let presses = 0; presses < 8 && !(await focusedName(app)).startsWith('Head alone'); presses++)
    await app.keyboard.press('ArrowDown');
  await tabTo(app, /^Download Head alone/, 12);
  const download = app.waitForEvent('download');
  await app.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toMatch(/\.zip$/);
});
