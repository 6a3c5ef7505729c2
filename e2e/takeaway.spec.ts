/** Taking away on the screen: the offline page, streamed to disk; cancelling; a base that is gone. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, expect, type Page } from '@playwright/test';
import { chromiumArgs, findChromium } from '../tools/chromium.mjs';
import { snapshot, test, waitForImages } from './support/app';
import { cifarImages, classFolders, drop } from './support/images';
import { unpacked, verify } from './support/packages';

/** In place of the system's dialog, which no test can answer: a file in the page's own file system. */
async function fakePicker(app: Page): Promise<void> {
  await app.evaluate(() => {
    Object.assign(window, {
      async showSaveFilePicker({ suggestedName }: { suggestedName: string }) {
        document.documentElement.dataset.saved = suggestedName;
        return (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });
      },
    });
  });
}

/** What the page has written into that file; null where there is none. */
async function fromPicker(app: Page): Promise<Uint8Array | null> {
  const download = app.waitForEvent('download');
  const size = await app.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle(document.documentElement.dataset.saved!).catch(() => null);
    const anchor = document.createElement('a');
    const file = (await handle?.getFile()) ?? new Blob();
    anchor.href = URL.createObjectURL(file);
    anchor.download = 'copy.zip';
    anchor.click();
    return handle === null ? null : file.size;
  });
  return size === null ? null : readFileSync(await (await download).path());
}

test('the offline page, straight to disk, opened by a double click without a network', async ({ app }) => {
  await fakePicker(app);
  await drop(app, classFolders(['frog', 'truck'], 8));
  await waitForImages(app, 16);
  await app.evaluate(() => window.headway.run({ epochs: 5 }));
  const panel = app.locator('takeaway-panel');
  await panel.getByRole('radio', { name: /^Offline page/ }).check();
  await panel.getByRole('checkbox', { name: /^Half the size/ }).check();
  await panel.getByRole('button', { name: 'Download Offline page (.zip)' }).click();
  await expect(panel.getByRole('progressbar')).toBeVisible();
  await expect(panel.getByText('headway-resnet50-dense-512-softmax-demo.zip is saved.')).toBeVisible({
    timeout: 120_000,
  });
  const folder = unpacked((await fromPicker(app))!);
  expect(await verify(folder)).toMatch(/This copy predicts what Headway predicted\.\s*$/);

  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: [...chromiumArgs, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    ...(executablePath === null ? {} : { executablePath }),
  });
  const page = await (await browser.newContext({ offline: true })).newPage();
  const asked: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).protocol));
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(pathToFileURL(join(folder, 'index.html')).href);
  await expect(page.getByRole('button', { name: 'Use the webcam' })).toBeVisible({ timeout: 60_000 });
  const frog = join(folder, 'frog.png');
  writeFileSync(frog, cifarImages().get('frog')!.at(-1)!.bytes);
  await page.getByLabel('Choose a picture').setInputFiles(frog);
  await expect(page.getByRole('status')).toHaveText(/^frog, \d+\.\d%$/, { timeout: 30_000 });

  await page.getByLabel('Choose a picture').setInputFiles(join(folder, 'labels.txt'));
  await expect(page.getByRole('alert')).toHaveText('This file is no picture that the browser can read.');
  await page.getByRole('button', { name: 'Use the webcam' }).click();
  await expect(page.getByText(/ms on WebAssembly\./)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Stop the webcam' }).click();
  await expect(page.getByLabel('Webcam', { exact: true })).toBeHidden();
  const spanish = await (await browser.newContext({ offline: true, locale: 'es-MX' })).newPage();
  await spanish.goto(pathToFileURL(join(folder, 'index.html')).href);
  await expect(spanish.getByRole('heading', { name: '¿Qué hay en la imagen?' })).toBeVisible();
  await expect(spanish.getByText(/^ResNet50 y una cabeza .* distinguen \d+ clases\.$/)).toBeVisible();

  expect(errors).toEqual([]);
  expect([...new Set(asked)].sort()).toEqual(['blob:', 'file:']);
  await browser.close();
  rmSync(folder, { recursive: true });
});

test('an export is cancelled; one whose base is gone says what to do, and the head can be had all the same', async ({
  app,
}) => {
  await fakePicker(app);
  await drop(app, classFolders(['frog', 'truck'], 4));
  await waitForImages(app, 8);
  const runId = await app.evaluate(async () => (await window.headway.run({ epochs: 2 }))[0]!.runId);
  const panel = app.locator('takeaway-panel');
  await panel.getByRole('button', { name: 'Download TensorFlow.js (.zip)' }).click();
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await expect(panel.getByRole('button', { name: 'Download TensorFlow.js (.zip)' })).toBeVisible();
  expect((await snapshot(app)).error).toBeNull();
  await expect(panel.getByText('is saved.')).toBeHidden();
  // The dialog's empty file is taken away again.
  await expect.poll(() => fileExists(app)).toBe(false);

  await app.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('headway');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('records', 'readwrite');
          transaction.objectStore('records').delete(IDBKeyRange.bound('weights/', 'weights/\uffff'));
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );
  await panel.getByRole('button', { name: 'Download TensorFlow.js (.zip)' }).click();
  await expect(
    app.getByText('The ResNet50 weights that this run was made with are not here any more.'),
  ).toBeVisible();
  await expect(app.getByText(/Choose the same weight file again, or run again/)).toBeVisible();
  const wrong = app.evaluate((id) => window.headway.exportRun(id, 'zip' as 'tfjs'), runId);
  await expect(wrong).rejects.toThrow('There is no export format zip.');

  await panel.getByRole('radio', { name: /^Head alone/ }).check();
  const download = app.waitForEvent('download');
  await panel.getByRole('button', { name: 'Download Head alone (.zip)' }).click();
  const folder = unpacked(readFileSync(await (await download).path()));
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain('The base was not at hand');
  expect(await verify(folder)).toMatch(/This copy predicts what Headway predicted\.\s*$/);
  rmSync(folder, { recursive: true });
});

function fileExists(app: Page): Promise<boolean> {
  return app.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    return root.getFileHandle(document.documentElement.dataset.saved!).then(
      () => true,
      () => false,
    );
  });
}
