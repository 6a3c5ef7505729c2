import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { openApp, snapshot, test, waitForImages } from './support/app';
import { routeCdn } from './support/cdn';
import { cifarImages, drop, folderOf } from './support/images';

/** Probabilities of every run for one picture of the data set, by class. */
const ask = (page: Page, picture: number[]) =>
  page.evaluate(async (bytes) => {
    const predictions = await window.headway.predict(new Blob([new Uint8Array(bytes)]));
    return predictions.map(({ runId, classes }) => ({ runId, classes }));
  }, picture);

async function download(page: Page, button: RegExp): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test('a project goes to another computer, predicts the same there, and goes on', async ({
  app,
  browser,
  baseURL,
}) => {
  const images = cifarImages();
  const [birds, ships] = [images.get('bird')!.slice(0, 6), images.get('ship')!.slice(0, 6)];
  const nasty = '<img onerror=alert(1)>';
  const root = folderOf([
    ...birds.map(({ name, bytes }) => [`${nasty}/${name}`, bytes] as const),
    ...ships.map(({ name, bytes }) => [`ship/${name}`, bytes] as const),
  ]);
  await drop(app, [join(root, nasty), join(root, 'ship')]);
  await waitForImages(app, 12);
  await app.evaluate(() =>
    window.headway.run({ epochs: 3, head: { kind: 'dense', hidden: [], dropout: 0, l2: 0 } }),
  );
  const picture = [...birds[0]!.bytes];
  const expected = await ask(app, picture);

  await app.getByRole('checkbox', { name: /with bottleneck features/ }).check();
  const project = await download(app, /Save project/);
  expect(project.name).toBe('headway-project.headway');
  await app.getByRole('radio', { name: 'One head, without any image' }).check();
  const head = await download(app, /Save head/);
  expect(head.bytes.length).toBeLessThan(project.bytes.length);

  const elsewhere = await browser.newContext();
  await routeCdn(elsewhere, baseURL);
  const there = await elsewhere.newPage();
  await openApp(there);
  const saved = folderOf([[project.name, project.bytes]]);
  await drop(there, [join(saved, project.name)]);
  const dialog = there.getByRole('dialog', { name: 'Open this project?' });
  await expect(dialog).toContainText('12 images in 2 classes, 1 finished run, and their bottleneck features');
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(there.getByRole('heading', { name: 'The project is open' })).toBeVisible();
  await there.getByRole('button', { name: 'Done' }).click();
  await waitForImages(there, 12);
  expect(await ask(there, picture)).toEqual(expected);
  const before = (await snapshot(app)).results[0]!;
  expect((await snapshot(there)).results).toEqual([before]);
  const [again] = await there.evaluate(
    (request) => window.headway.run(request),
    structuredClone(before.request),
  );
  expect(again!.timing.extractedImages).toBe(0);
  expect(again!.history).toEqual(before.history);
  await elsewhere.close();

  const colleague = await browser.newContext();
  await routeCdn(colleague, baseURL);
  const page = await colleague.newPage();
  await openApp(page);
  await page.getByLabel('Project file').setInputFiles({ name: head.name, mimeType: '', buffer: head.bytes });
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  expect(await ask(page, picture)).toEqual(expected);
  expect((await snapshot(page)).dataset.images).toBe(0);
  // What is no project is said to be none, and changes nothing.
  await page
    .getByLabel('Project file')
    .setInputFiles({ name: 'x.headway', mimeType: '', buffer: Buffer.from('x') });
  await expect(page.getByText('This project file cannot be read.')).toBeVisible();
  expect((await snapshot(page)).results).toHaveLength(1);
  await colleague.close();
});
