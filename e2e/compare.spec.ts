import { expect } from '@playwright/test';
import { nets } from '../src/engine/nets';
import { snapshot, test, waitForImages } from './support/app';
import { classFolders, drop } from './support/images';
import { standInName, vgg16StandIn } from '../tools/formats/vgg16-stand-in.ts';

test('three bases in one run, and a table that says what the runs say', async ({ app }) => {
  await drop(app, classFolders(['airplane', 'frog'], 10));
  await waitForImages(app, 20);
  const chooser = app.waitForEvent('filechooser');
  await app.getByRole('button', { name: 'Use my own weights for VGG16' }).click();
  await (await chooser).setFiles(vgg16StandIn());
  await expect(app.getByRole('strong').filter({ hasText: standInName })).toBeVisible({ timeout: 60_000 });
  for (const title of ['InceptionV3', 'VGG16']) await app.getByRole('checkbox', { name: title }).check();

  await app.getByLabel('Epochs').fill('4');
  await app.getByRole('button', { name: 'Run', exact: true }).click();
  await app.waitForFunction(
    () => {
      const { lanes } = window.headway.snapshot();
      return lanes.length === 3 && lanes.every(({ phase }) => phase === 'done' || phase === 'failed');
    },
    null,
    { timeout: 280_000 },
  );
  const { lanes, results } = await snapshot(app);
  expect(lanes.map(({ base, error }) => [base, error])).toEqual([
    ['inception-v3', null],
    ['vgg16', null],
    ['resnet50', null],
  ]);
  expect(results).toHaveLength(3);
  // One split for all: the bases are compared on the same images.
  expect(new Set(results.map(({ split }) => JSON.stringify(split.validation))).size).toBe(1);

  const table = app.getByRole('table', { name: 'Comparison of runs' });
  for (const { base, history, weights, timing } of results) {
    const row = table.getByRole('row', { name: new RegExp(nets[base].title) });
    const best = Math.max(...history.map(({ valAccuracy }) => valAccuracy));
    await expect(row).toContainText(`${(100 * best).toFixed(1)}%`);
    await expect(row).toContainText((weights.bytes / 1e6).toFixed(1));
    await expect(row).toContainText(nets[base].features.toLocaleString('en'));
    expect(timing.extractedImages).toBe(20);
  }
  expect(results.find(({ base }) => base === 'vgg16')!.weights.source).toContain(standInName);
});

test('a base whose weights cannot be had fails alone, and can be tried again', async ({ app }) => {
  await drop(app, classFolders(['airplane', 'frog'], 4));
  await waitForImages(app, 8);
  // VGG16 is on no registry, so no mirror has it.
  const results = await app.evaluate(() =>
    window.headway.run({ bases: ['vgg16', 'inception-v3'], epochs: 2 }),
  );
  expect(results.map(({ base }) => base)).toEqual(['inception-v3']);
  const { lanes } = await snapshot(app);
  expect(lanes.map(({ base, phase, error }) => [base, phase, error?.code])).toEqual([
    ['vgg16', 'failed', 'weights-unreachable'],
    ['inception-v3', 'done', undefined],
  ]);
  await expect(app.getByRole('button', { name: 'Try again VGG16' })).toBeVisible();
});
