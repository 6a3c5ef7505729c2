import { expect } from '@playwright/test';
import { snapshot, test, waitForImages } from './support/app';
import { cifarImages, classFolders, drop } from './support/images';

test('case 4: a base trained as a whole, from pictures that change, is the run’s own base', async ({
  app,
}) => {
  await drop(app, classFolders(['airplane', 'frog'], 4));
  await waitForImages(app, 8);
  const panel = app.locator('cut-panel');
  await panel.getByRole('radio', { name: /^4\./ }).check();
  await expect(panel.getByRole('slider', { name: 'Cut of ResNet50' })).toHaveAttribute(
    'aria-valuetext',
    'input: 224 × 224 × 3, 0 parameters below',
  );
  await expect(panel.getByText('Trained: 19 stages, 23.6 million parameters, and the head')).toBeVisible();
  await panel.getByText('Advanced').click();
  await expect(panel.getByLabel('Mirror')).toBeChecked();
  await expect(panel.getByLabel('Cut away up to')).toHaveValue('20');
  await expect(panel.getByLabel('Copies of each')).toHaveCount(0);
  await panel.getByLabel('Learning rate of the stages').fill('0.0001');
  await app.getByLabel('Epochs', { exact: true }).fill('2');
  await app.getByLabel('Batch size').fill('6');
  await expect(app.locator('#plan')).toHaveText(
    /^Download .*, then train the head and the whole base for 2 epochs/,
  );
  await app.locator('head-panel').getByRole('button', { name: 'Run', exact: true }).click();
  await app.waitForFunction(() => window.headway.snapshot().lanes[0]?.phase === 'done', null, {
    timeout: 280_000,
  });
  const [run] = (await snapshot(app)).results;
  expect(run!.request).toMatchObject({ cuts: { resnet50: 'input' }, tail: 'train' });
  expect(run!.history).toHaveLength(2);
  expect(run!.timing.extractedImages).toBe(0);
  await expect(
    app.getByRole('article', { name: 'ResNet50, all of it trained, Dense 512 + softmax' }),
  ).toBeVisible();

  // Pictures go through the changed base.
  const frog = cifarImages().get('frog')![20]!;
  const [prediction] = await app.evaluate(
    (bytes) => window.headway.predict(new Blob([new Uint8Array(bytes)], { type: 'image/png' })),
    [...frog.bytes],
  );
  expect(prediction!.runId).toBe(run!.runId);
  expect(prediction!.classes.map(({ label }) => label).sort()).toEqual(['airplane', 'frog']);
});

test('altered copies are stored, trained on, and not made twice', async ({ app }) => {
  await drop(app, classFolders(['airplane', 'frog'], 5));
  await waitForImages(app, 10);
  const panel = app.locator('cut-panel');
  await panel.getByText('Advanced').click();
  await panel.getByLabel('Copies of each').fill('3');
  await expect(panel.getByText('Storage of 10 images and 16 altered copies')).toBeVisible();
  await expect(app.locator('#plan')).toHaveText(/extract 26 images, altered copies included, with ResNet50/);
  const run = () =>
    app.evaluate(async () => {
      const { request } = window.headway.snapshot();
      const [result] = await window.headway.run({ ...request, epochs: 3 });
      return result!;
    });
  const first = await run();
  expect(first.timing.extractedImages).toBe(26);
  expect((await run()).timing.extractedImages).toBe(0);
  // Who judges is not altered, and was not seen.
  expect(first.evaluation!.validation.images).toBe(2);
  expect(first.split.train).toHaveLength(8);
});
