import { readFile, writeFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import * as tf from '@tensorflow/tfjs';
import { unzipSync } from 'fflate';
import { animated } from './support/animation';
import { longTasks, snapshot, test, waitForImages } from './support/app';
import { cifarImages, classFolders, drop } from './support/images';

const labels = ['airplane', 'frog', 'truck'];

/** `SCREENSHOT=1` renews the README's animation. */
const frames: Buffer[] = [];
async function frame(app: Page, place: string): Promise<void> {
  if (!process.env.SCREENSHOT) return;
  await app.setViewportSize({ width: 1100, height: 720 });
  await app.locator(place).evaluate((element) => {
    scrollTo({ top: element.getBoundingClientRect().top + scrollY - 140, behavior: 'instant' });
  });
  frames.push(await app.screenshot({ animations: 'disabled' }));
}

test('from folders dropped on the page to a head that stock tfjs opens', async ({ app, served }, info) => {
  await drop(app, classFolders(labels, 16));
  await waitForImages(app, 48);
  for (const label of labels)
    await expect(app.getByRole('option', { name: `${label} 16 images` })).toBeVisible();
  await expect(app.getByText('48 images in 3 classes')).toBeVisible();

  await frame(app, 'data-panel');
  await frame(app, 'base-panel');
  await app.getByLabel('Epochs').fill('6');
  const started = await app.evaluate(() => performance.now());
  await app.getByRole('button', { name: 'Run', exact: true }).click();
  await app.waitForFunction(() => window.headway.snapshot().lanes[0]?.phase === 'extract');
  // The page answers while the base works.
  await app.getByRole('button', { name: /Pause/ }).click();
  await frame(app, 'head-panel');
  await expect(app.getByRole('button', { name: /Resume/ })).toBeVisible();
  await app.getByRole('button', { name: /Resume/ }).click();
  await app.waitForFunction(() => window.headway.snapshot().lanes[0]?.phase === 'done', null, {
    timeout: 240_000,
  });
  expect(
    served.some((url) => url.includes('idai-shapes-ceramics_resnet50@1.0.1/model/group1-shard1of23.bin')),
  ).toBe(true);

  const [run] = (await snapshot(app)).results;
  expect(run!.timing.extractedImages).toBe(48);
  expect(run!.history).toHaveLength(6);
  expect(run!.history.at(-1)!.loss).toBeLessThan(run!.history[0]!.loss);
  // Three CIFAR-10 classes as different as these: far above the 0.33 of guessing.
  expect(run!.history.at(-1)!.valAccuracy).toBeGreaterThan(0.6);

  const blocked = await longTasks(app, started);
  info.annotations.push({ type: 'main-thread tasks above 50 ms', description: blocked.join(', ') || 'none' });
  console.log(`main-thread tasks above 50 ms: ${blocked.join(', ') || 'none'}`);

  await frame(app, 'results-panel');
  await frame(app, 'evaluation-panel');
  await frame(app, 'takeaway-panel');
  if (frames.length > 0) await writeFile('docs/animation.png', animated(frames, 1.6));

  // The chart as a table.
  await app.getByRole('button', { name: 'Table' }).first().click();
  await expect(app.getByRole('table').first().getByRole('row')).toHaveCount(7);

  // One image on the result.
  const frog = cifarImages().get('frog')![20]!;
  const chooser = app.waitForEvent('filechooser');
  await app.getByRole('button', { name: /Choose images/ }).click();
  await (await chooser).setFiles({ name: frog.name, mimeType: 'image/png', buffer: Buffer.from(frog.bytes) });
  await expect(app.getByText(/frog/).last()).toBeVisible();
  const predictions = await app.evaluate(
    (bytes) => window.headway.predict(new Blob([new Uint8Array(bytes)], { type: 'image/png' })),
    [...frog.bytes],
  );
  expect(predictions[0]!.classes[0]!.label).toBe('frog');
  const total = predictions[0]!.classes.reduce((sum, { probability }) => sum + probability, 0);
  expect(total).toBeCloseTo(1, 4);

  // The zip, opened by somebody else.
  const download = app.waitForEvent('download');
  await app.getByRole('radio', { name: /^Head alone/ }).check();
  await app.getByRole('button', { name: 'Download Head alone (.zip)' }).click();
  const zip = unzipSync(await readFile(await (await download).path()));
  expect(new TextDecoder().decode(zip['labels.txt'])).toBe('airplane\nfrog\ntruck\n');
  const metadata = JSON.parse(new TextDecoder().decode(zip['metadata.json'])) as { base: { id: string } };
  expect(metadata.base.id).toBe('resnet50');
  const model = await openHead(zip);
  expect(model.inputs[0]!.shape).toEqual([null, 2048]);
  expect(model.outputs[0]!.shape).toEqual([null, 3]);
});

test('a second run on the same images extracts nothing, and the same seed gives the same curve', async ({
  app,
}) => {
  await drop(app, classFolders(['cat', 'ship'], 8));
  await waitForImages(app, 16);
  const [first] = await app.evaluate(() => window.headway.run({ epochs: 3 }));
  const [second] = await app.evaluate(() => window.headway.run({ epochs: 3 }));
  expect(first!.timing.extractedImages).toBe(16);
  expect(second!.timing.extractedImages).toBe(0);
  expect(second!.history).toEqual(first!.history);
  expect(second!.split).toEqual(first!.split);
});

async function openHead(zip: Record<string, Uint8Array>): Promise<tf.LayersModel> {
  const model = JSON.parse(new TextDecoder().decode(zip['model.json'])) as {
    modelTopology: object;
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
  };
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: model.modelTopology,
      weightSpecs: model.weightsManifest[0]!.weights,
      weightData: zip['weights.bin']!.slice().buffer,
    }),
  );
}
