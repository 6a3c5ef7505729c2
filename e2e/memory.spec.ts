/** Where nothing can be stored, the whole job is done in memory. */
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { openApp, snapshot, test, waitForImages } from './support/app';
import { everywhere, withoutDatabase } from './support/everywhere';
import { cifarImages, classFolders, drop } from './support/images';
import { killing, watchWorkers, type Killing } from './support/killing';
import { exported, verify } from './support/packages';

const done = (page: Page) =>
  page.waitForFunction(() => window.headway.snapshot().lanes[0]?.phase === 'done', null, {
    timeout: 240_000,
  });

test('a browser that gives no database: said plainly, and the whole job is done without', async ({
  page,
  context,
}) => {
  await withoutDatabase(context);
  await openApp(page);
  await expect(page.getByText(/^Nothing will be kept once this page is closed/)).toBeVisible();
  expect(await snapshot(page)).toMatchObject({ memory: 'blocked', access: 'write', error: null });

  const images = 24;
  await drop(page, classFolders(['frog', 'truck'], images / 2));
  await waitForImages(page, images);
  await page.getByLabel('Epochs', { exact: true }).fill('3');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await done(page);
  const again = await page.evaluate(() => window.headway.run({ epochs: 2 }));
  expect(again[0]!.timing.extractedImages).toBe(0);
  const { results } = await snapshot(page);
  expect(results).toHaveLength(2);
  await expect(page.getByRole('table', { name: 'Comparison of runs' }).getByRole('row')).toHaveCount(3);
  expect(
    (
      await page.evaluate(
        ([a, b]) => window.headway.compare(a!, b!),
        results.map(({ runId }) => runId),
      )
    ).images,
  ).toBe(results[0]!.split.validation.length);

  const frog = cifarImages().get('frog')!.at(-1)!;
  const predictions = await page.evaluate(
    (bytes) => window.headway.predict(new Blob([new Uint8Array(bytes)], { type: 'image/png' })),
    [...frog.bytes],
  );
  expect(predictions).toHaveLength(2);
  const folder = await exported(page, results[0]!.runId, 'tfjs');
  expect(await verify(folder)).toMatch(/This copy predicts what Headway predicted\.\s*$/);
  rmSync(folder, { recursive: true });

  await page.getByRole('button', { name: 'Storage' }).click();
  const dialog = page.getByRole('dialog', { name: 'What is stored in this browser' });
  await expect(dialog.getByText('It is in memory, and gone once this page is closed.')).toBeVisible();
  await expect(dialog.getByText(/used of .* of memory\./)).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();

  // A project is the way to keep it; another visit begins with nothing.
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /Save project/ }).click();
  const project = await (await download).path();
  page.on('dialog', (leaving) => void leaving.accept());
  await page.reload();
  await page.waitForFunction(() => window.headway.snapshot().ready);
  expect((await snapshot(page)).dataset.images).toBe(0);
  await page.getByLabel('Project file').setInputFiles({
    name: 'mine.headway',
    mimeType: '',
    buffer: await readFile(project),
  });
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('button', { name: 'Done' }).click({ timeout: 60_000 });
  const restored = await snapshot(page);
  expect(restored.dataset.images).toBe(images);
  expect(restored.results.map(({ runId }) => runId)).toEqual(results.map(({ runId }) => runId));
});

test('a disk that is full in the middle of a run: gone on over in memory, what was stored stays', async ({
  page,
  context,
}) => {
  await everywhere(context, () => {
    const store = IDBObjectStore.prototype as { put: (value: unknown, key?: IDBValidKey) => IDBRequest };
    const { put } = store;
    store.put = function (value, key) {
      if (typeof key === 'string' && /^(features|run)\//.test(key))
        throw new DOMException('The disk is full.', 'QuotaExceededError');
      return put.call(this, value, key);
    };
  });
  await openApp(page);
  await drop(page, classFolders(['bird', 'ship'], 6));
  await waitForImages(page, 12);
  await page.getByLabel('Epochs', { exact: true }).fill('2');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForFunction(() => window.headway.snapshot().lanes[0]?.phase === 'failed', null, {
    timeout: 120_000,
  });
  expect((await snapshot(page)).lanes[0]!.error!.code).toBe('storage-full');
  await page.getByRole('button', { name: 'Go on in memory' }).first().click();
  await expect(page.getByText(/^What you do from now on will not be kept/)).toBeVisible();
  await page.getByRole('button', { name: 'Try again ResNet50' }).click();
  await done(page);
  const { results } = await snapshot(page);
  expect(results).toHaveLength(1);
  expect(results[0]!.timing.extractedImages).toBe(12);
  const kinds = await page.evaluate(async () =>
    (await window.headway.storage()).entries.map(({ kind }) => kind),
  );
  expect(kinds.toSorted()).toEqual(['features', 'images', 'runs', 'weights']);

  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await page.waitForFunction(() => window.headway.snapshot().ready);
  const left = await snapshot(page);
  expect(left).toMatchObject({ dataset: { images: 12 }, results: [] });
  expect(left.memory).toBeUndefined();
});

test('the worker that keeps everything in memory is ended: said, and nothing waits for it', async ({
  page,
  context,
}) => {
  await watchWorkers(page);
  await withoutDatabase(context);
  await openApp(page);
  await drop(page, classFolders(['frog', 'ship'], 2));
  await waitForImages(page, 4);
  const codes = await page.evaluate(async (key) => {
    const { kill } = (window as unknown as Record<string, Killing>)[key]!;
    const codeOf = (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (error: unknown) => (error as { code: string }).code,
      );
    const { headway } = window;
    let isLeft = true;
    const onEvent = (event: { type: string }) => {
      if (event.type === 'progress' && isLeft) kill('memory');
      isLeft &&= event.type !== 'progress';
    };
    return {
      run: await codeOf(headway.run({ epochs: 1, validationShare: 0.5 }, { onEvent })),
      storage: await codeOf(headway.storage()),
      again: await codeOf(headway.run({ epochs: 1, validationShare: 0.5 })),
    };
  }, killing);
  expect(codes).toEqual({ run: 'memory-lost', storage: 'memory-lost', again: 'memory-lost' });
  expect((await snapshot(page)).error?.code).toBe('memory-lost');
  await expect(page.getByText('What this page kept in memory is lost.').first()).toBeVisible();
});
