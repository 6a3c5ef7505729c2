import { expect, type Page } from '@playwright/test';
import { openApp, snapshot, test, waitForImages } from './support/app';
import { cifarImages, drop, folderOf } from './support/images';

/** The same picture in other bytes: JPEG of quality 0.9, by the browser. */
async function recompressed(page: Page, png: Uint8Array): Promise<Uint8Array> {
  const base64 = await page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
    const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
    return btoa(String.fromCharCode(...new Uint8Array(await jpeg.arrayBuffer())));
  }, Buffer.from(png).toString('base64'));
  return Buffer.from(base64, 'base64');
}

test('copies across validation and training are found, removed, brought back, moved; then a run', async ({
  app,
}) => {
  const images = cifarImages();
  const files = new Map<string, Uint8Array>();
  for (const label of ['airplane', 'frog'])
    for (const [i, { name, bytes }] of images.get(label)!.slice(0, 28).entries())
      files.set(`${i < 20 ? 'train' : 'val'}/${label}/${name}`, bytes);
  // Planted: three pictures that train judge as well, and one frog among the airplanes. How many of all copies are found
  // is measured beside the hash; the third airplane, nothing but sky, is one of the few that are not.
  const [first, second, , third] = images.get('airplane')!;
  for (const [i, { bytes }] of [first!, second!, third!].entries())
    files.set(`val/airplane/again-${i}.jpg`, await recompressed(app, bytes));
  files.set('train/airplane/no-frog.jpg', await recompressed(app, images.get('frog')![4]!.bytes));
  const root = folderOf(files);
  await drop(app, [`${root}/train`, `${root}/val`]);
  await waitForImages(app, 60);

  const panel = app.locator('audit-panel');
  const leak = panel.getByText('on two sides of the split');
  await expect(leak).toContainText('3 pictures can be found');
  await expect(leak).toContainText('3 of the 19 images that judge have a copy among those that train');
  await expect(
    panel.getByText('1 picture can be found, in nearly the same form, in two classes.'),
  ).toBeVisible();
  await expect(panel.getByRole('list', { name: '2 alike' })).toHaveCount(4);
  const found = await app.evaluate(() => window.headway.audit());

  // Run says so too, and leads here.
  await app.getByRole('button', { name: 'See it in the data check' }).click();
  await expect(panel.getByRole('heading', { name: 'Data check' })).toBeFocused();

  await panel.getByRole('button', { name: 'Remove 3 training images' }).click();
  await expect(panel.getByText('3 images were removed.')).toBeVisible();
  await expect(leak).toHaveCount(0);
  expect((await snapshot(app)).dataset.images).toBe(57);
  await expect(app.getByRole('button', { name: 'See it in the data check' })).toHaveCount(0);

  // Labels, shares and pictures are as they were: the check finds the same again.
  await panel.getByRole('button', { name: 'Undo' }).click();
  await expect(leak).toBeVisible();
  expect(await app.evaluate(() => window.headway.audit())).toEqual(found);
  await expect(panel.locator('thumb-image img').first()).toBeVisible();

  // A move is remembered over a reload.
  await panel.getByRole('button', { name: 'Move 3 images to validation' }).click();
  await expect(panel.getByText('3 images were moved to validation.')).toBeVisible();
  await expect(leak).toHaveCount(0);
  await openApp(app);
  await expect(panel.getByText('3 images were moved to validation.')).toBeVisible();
  await panel.getByRole('button', { name: 'Remove train/airplane/no-frog.jpg' }).click();
  await expect(panel.getByText('1 image was removed.')).toBeVisible();
  await expect(panel.getByText(/on two sides|in two classes/)).toHaveCount(0);

  await app.getByLabel('Epochs').fill('2');
  await app.getByRole('button', { name: 'Run', exact: true }).click();
  await app.waitForFunction(() => window.headway.snapshot().results.length === 1, null, { timeout: 200_000 });
  const [run] = (await snapshot(app)).results;
  expect(run!.split.train).toHaveLength(37);
  expect(run!.split.validation).toHaveLength(22);
  const { groups = [] } = found.find(({ code }) => code === 'copies-across-shares')!;
  for (const group of groups)
    expect(run!.split.validation.filter((id) => group.includes(id))).toHaveLength(2);

  // What is ticked in the comparison is ticked tomorrow.
  const tick = app.getByLabel('Show ResNet50, Dense 512 + softmax in the charts');
  await expect(tick).toBeChecked();
  await tick.uncheck();
  await openApp(app);
  await expect(app.getByLabel('Compare ResNet50, Dense 512 + softmax')).not.toBeChecked();
});

test('a script relabels images, takes it back, and is told what it may not do', async ({ app }) => {
  const images = cifarImages();
  const paths = ['airplane', 'frog'].flatMap((label) =>
    images
      .get(label)!
      .slice(0, 4)
      .map(({ name, bytes }) => [`${label}/${name}`, bytes] as const),
  );
  const root = folderOf(paths);
  await drop(app, [`${root}/airplane`, `${root}/frog`]);
  await waitForImages(app, 8);
  const counts = async () =>
    (await snapshot(app)).dataset.classes.map(({ label, count }) => `${label} ${count}`);
  const outcome = await app.evaluate(async () => {
    const { headway } = window;
    const few = (await headway.audit()).find(({ code }) => code === 'few-images')!;
    await headway.applyRemedy({ kind: 'relabel', images: few.images.slice(0, 2), to: '__proto__' });
    const refused = await headway
      .applyRemedy({ kind: 'move', images: [], to: 'elsewhere' as 'test' })
      .catch((error: unknown) => (error as { code?: string }).code);
    return refused;
  });
  expect(outcome).toBe('invalid-request');
  expect(await counts()).toEqual(['__proto__ 2', 'airplane 2', 'frog 4']);
  expect(await app.evaluate(() => window.headway.undo())).toBe(true);
  expect(await counts()).toEqual(['airplane 4', 'frog 4']);
  expect(await app.evaluate(() => window.headway.undo())).toBe(false);
});
