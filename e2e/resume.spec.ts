import { expect } from '@playwright/test';
import { openApp, snapshot, test, waitForImages } from './support/app';
import { classFolders, drop } from './support/images';

test('a tab closed in the middle of extraction loses nothing and goes on from there', async ({
  app,
  context,
}) => {
  await drop(app, classFolders(['dog', 'automobile'], 40));
  await waitForImages(app, 80);
  await app.getByRole('button', { name: 'Run', exact: true }).click();
  // Wait until at least one chunk is on disk.
  await app.waitForFunction(
    () => (window.headway.snapshot().lanes[0]?.progress.extract?.done ?? 0) >= 40,
    null,
    { timeout: 120_000 },
  );
  await app.close();

  const page = await context.newPage();
  await openApp(page);
  const restored = await snapshot(page);
  expect(restored.dataset.images).toBe(80);
  expect(restored.lanes).toMatchObject([{ base: 'resnet50', phase: 'interrupted' }]);
  await page.getByRole('button', { name: /Go on/ }).click();
  await page.waitForFunction(() => window.headway.snapshot().lanes[0]?.phase === 'done', null, {
    timeout: 240_000,
  });
  const [run] = (await snapshot(page)).results;
  console.log(`after the reload ${run!.timing.extractedImages} of 80 images were extracted`);
  expect(run!.timing.extractedImages).toBeGreaterThan(0);
  expect(run!.timing.extractedImages).toBeLessThan(80);
  expect(run!.split.train.length + run!.split.validation.length).toBe(80);

  // Finished runs survive, too.
  await page.reload();
  await page.waitForFunction(() => window.headway.snapshot().ready);
  expect((await snapshot(page)).results.map(({ runId }) => runId)).toEqual([run!.runId]);
});
