/** Classes from the camera, without any file. */
import { expect } from '@playwright/test';
import { chromiumArgs, findChromium } from '../tools/chromium.mjs';
import { snapshot, test } from './support/app';

const executablePath = findChromium();

test.use({
  launchOptions: {
    args: [...chromiumArgs, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    ...(executablePath === null ? {} : { executablePath }),
  },
});

test('two classes are recorded, by pointer and by keys, and the last press is taken out', async ({ app }) => {
  const labels = async () => (await snapshot(app)).dataset.classes.map(({ label }) => label);
  await app.getByRole('button', { name: 'Record…' }).click();
  const panel = app.locator('class-camera');
  const hold = panel.getByRole('button', { name: 'Hold to record' });
  const name = panel.getByRole('combobox', { name: 'Class' });
  await expect(name).toBeFocused();
  await expect(hold).toHaveAttribute('aria-disabled', 'true');
  const width = () => panel.locator('video').evaluate((video) => (video as HTMLVideoElement).videoWidth);
  await expect.poll(width).toBeGreaterThan(0);

  await name.fill('left/hand');
  await hold.hover();
  await app.mouse.down();
  await expect(panel.getByRole('button', { name: /^[3-9] images$/ })).toBeVisible();
  await app.mouse.up();
  await expect.poll(labels).toEqual(['left∕hand']);

  await name.fill('__proto__');
  await hold.focus();
  await app.keyboard.down('Space');
  await expect(panel.getByRole('button', { name: /^[3-9] images$/ })).toBeVisible();
  await app.keyboard.up('Space');
  await expect(panel.getByRole('status')).toHaveText(/^[3-9] images recorded as “__proto__”\.$/);
  await expect.poll(labels).toHaveLength(2);
  await expect(hold).toBeFocused();

  await panel.getByRole('button', { name: /^Take out the last/ }).click();
  await expect.poll(labels).toEqual(['left∕hand']);
  await panel.getByRole('button', { name: 'Close the camera' }).click();
  await expect(app.getByRole('button', { name: 'Record…' })).toBeFocused();
});
