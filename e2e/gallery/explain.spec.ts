/** Trying a run out and the map of its features, without a machine behind them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import type { FeatureMap } from '../../src/ui/feature-map.ts';
import { chromiumArgs, findChromium } from '../../tools/chromium.mjs';
import { gallery } from './address.ts';
import { expectAccessible, expectWhole } from './page.ts';

const photo = (name: string) => fileURLToPath(new URL(`../photos/${name}.jpg`, import.meta.url));
const executablePath = findChromium();
const looks = [
  { width: 1440, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const;

test.use({
  launchOptions: {
    args: [...chromiumArgs, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    ...(executablePath === null ? {} : { executablePath }),
  },
});

async function open(page: Page, scene: string) {
  await page.goto(`${gallery}?state=${scene}`);
  await page.locator('try-panel').waitFor();
  return page.locator('try-panel');
}

/** The map by itself, wherever the page keeps it. */
async function openMap(page: Page, scene: string) {
  await open(page, scene);
  await page.evaluate(() => {
    const app = document.querySelector('headway-app')!;
    const map = document.createElement('feature-map');
    map.session = app.session;
    map.result = app.session!.state.results[0]!;
    map.setAttribute('style', 'background: var(--surface); padding: 1rem');
    document.querySelector('main')?.remove();
    app.replaceWith(map);
  });
  return page.locator('feature-map');
}

for (const { width, colorScheme } of looks)
  test.describe(`${width} pixels wide, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 800 }, colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('one picture: answers, maps, neighbours, a threshold', async ({ page }) => {
      const panel = await open(page, 'evaluated');
      await panel.getByLabel('Images to classify').setInputFiles(photo('cat'));
      await panel.getByText('None of these:').click();
      await panel.getByLabel('Nearest training images', { exact: true }).check();
      await expect(panel.getByRole('img', { name: /speaks most for cat/ })).toHaveCount(2);
      await expect(panel.getByText('exact: the head is linear')).toHaveCount(1);
      await expect(panel.getByText('by the gradient through the hidden layers')).toHaveCount(1);
      await expect(panel.getByText('cosine 0.93')).toHaveCount(2);
      const slider = panel.getByRole('slider', { name: 'How sure an answer has to be' });
      await slider.fill('72');
      await expect(panel.getByText('None of these: less than 72% sure')).toHaveCount(2);
      await expect(slider).toHaveAttribute('aria-valuetext', /^72%\. Answer only when at least 72% sure: \d/);
      await panel.getByLabel('Speaks for').selectOption('horse');
      await expect(panel.getByRole('img', { name: /speaks most for horse/ })).toHaveCount(2);
      await expectWhole(page, { within: 'headway-app' });
    });

    test('many pictures: a table and a file', async ({ page }) => {
      const panel = await open(page, 'evaluated');
      const buffer = readFileSync(photo('coffee'));
      const names = ['one.jpg', 'broken.jpg', 'x'.repeat(120) + '.jpg', '<img src=x onerror=alert(1)>.jpg'];
      await panel
        .getByLabel('Images to classify')
        .setInputFiles(names.map((name) => ({ name, mimeType: 'image/jpeg', buffer })));
      await expect(panel.getByText('4 images classified.')).toBeVisible();
      await expect(panel.getByRole('row')).toHaveCount(5);
      await expect(panel.getByText('The image cannot be read.')).toBeVisible();
      const download = page.waitForEvent('download');
      await panel.getByRole('button', { name: 'Save as CSV' }).click();
      const file = await download;
      expect(file.suggestedFilename()).toBe('headway-predictions.csv');
      const lines = readFileSync(await file.path(), 'utf8')
        .trim()
        .split('\r\n');
      expect(lines).toHaveLength(5);
      expect(lines[0]).toContain('ResNet50, Plain softmax: horse');
      await expectWhole(page, { within: 'headway-app' });
    });

    test('the camera, and back', async ({ page }) => {
      const panel = await open(page, 'evaluated');
      await panel.getByRole('button', { name: 'Use the camera' }).click();
      await expect(panel.getByText(/pictures a second/)).toBeVisible();
      await expect(panel.getByRole('img', { name: /speaks most for/ })).toHaveCount(2);
      await expectAccessible(page, { within: 'headway-app' });
      await panel.getByRole('button', { name: 'Stop the camera' }).click();
      await expect(panel.getByRole('img', { name: 'The image to classify: from the camera' })).toBeVisible();
      await expect(panel.getByRole('button', { name: 'Use the camera' })).toBeVisible();
    });

    for (const scene of ['evaluated', 'evaluated-sixty'] as const)
      test(`the map of the features: ${scene}`, async ({ page }) => {
        const map = await openMap(page, scene);
        const slider = map.getByRole('slider', { name: 'Image on the map' });
        await slider.focus();
        await page.keyboard.press('Home');
        await expect(slider).toHaveAttribute('aria-valuetext', /IMG_\d+\.jpg: .+, training/);
        await page.keyboard.press('ArrowRight');
        await map.getByRole('button', { name: 'UMAP' }).click();
        await expect(map.getByText(/UMAP keeps neighbours together/)).toBeVisible();
        await map.getByRole('button', { name: 'Table' }).click();
        await expect(map.getByRole('columnheader', { name: 'Nearest class on the map' })).toBeVisible();
        await expectWhole(page, { within: 'feature-map' });
      });
  });

test('a class is recorded; without a camera it says so', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await open(page, 'evaluated');
  await page.getByRole('button', { name: 'Record…' }).click();
  await expect(page.getByRole('heading', { name: 'Record a class' })).toBeVisible();
  await expectWhole(page, { within: 'headway-app' });
  await page.getByRole('button', { name: 'Close the camera' }).click();
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await page.getByRole('button', { name: 'Record…' }).click();
  await expect(page.locator('class-camera').getByRole('alert')).toContainText('may not use the camera');
  await expectAccessible(page, { within: 'headway-app' });
});

test('without a camera it says so', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
  });
  const panel = await open(page, 'evaluated');
  await panel.getByRole('button', { name: 'Use the camera' }).click();
  await expect(panel.getByRole('alert')).toContainText('No camera was found.');
});

test('a picture is pasted', async ({ page }) => {
  const panel = await open(page, 'evaluated');
  await page.evaluate(
    (base64) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], 'pasted.jpg', { type: 'image/jpeg' }));
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }));
    },
    readFileSync(photo('cat')).toString('base64'),
  );
  await expect(panel.getByRole('img', { name: 'The image to classify: pasted.jpg' })).toBeVisible();
});

test('one of 20,000 points is found without drawing them all again', async ({ page }) => {
  const map = await openMap(page, 'evaluated');
  const times = await map.evaluate(async (element: FeatureMap) => {
    const scatter = element.shadowRoot!.querySelector('feature-scatter')!;
    const n = 20_000;
    const of = scatter.map;
    const at = (i: number) => i % of.ids.length;
    const wave = (i: number) => 3 * Math.sin(i) + Math.cos(7.3 * i);
    const map = {
      ...of,
      ids: Array.from({ length: n }, (_, i) => of.ids[at(i)]!),
      xy: Float32Array.from({ length: 2 * n }, (_, i) => of.xy[i % of.xy.length]! + wave(i)),
      labels: Uint16Array.from({ length: n }, (_, i) => of.labels[at(i)]!),
      predicted: Int32Array.from({ length: n }, (_, i) => of.predicted[at(i)]!),
      share: Uint8Array.from({ length: n }, (_, i) => of.share[at(i)]!),
    };
    let start = performance.now();
    scatter.map = map;
    await scatter.updateComplete;
    const drawing = performance.now() - start;
    const slider = scatter.shadowRoot!.querySelector('.slider')!;
    start = performance.now();
    for (let i = 0; i < 20; i++) {
      const { left, top } = slider.getBoundingClientRect();
      slider.dispatchEvent(
        new PointerEvent('pointermove', { clientX: left + 200 + 9 * i, clientY: top + 150 + 5 * i }),
      );
      await scatter.updateComplete;
    }
    return { drawing, looking: (performance.now() - start) / 20 };
  });
  console.info(
    `20,000 points: ${times.drawing.toFixed(0)} ms to draw, ${times.looking.toFixed(1)} ms to look at one`,
  );
  expect(times.looking).toBeLessThan(times.drawing / 10);
});
