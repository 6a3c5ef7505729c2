import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { findChromium, chromiumArgs } from '../tools/chromium.mjs';
import { test, waitForImages } from './support/app';
import { cifarImages, classFolders, drop, folderOf } from './support/images';

const executablePath = findChromium();
const cat = fileURLToPath(new URL('photos/cat.jpg', import.meta.url));

test.use({
  launchOptions: {
    args: [...chromiumArgs, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    ...(executablePath === null ? {} : { executablePath }),
  },
});

/** An exact and a dense head on ResNet50, on 24 real images. */
async function train(app: Page): Promise<void> {
  await drop(app, classFolders(['cat', 'ship'], 12));
  await waitForImages(app, 24);
  await app.evaluate(async () => {
    const common = { bases: ['resnet50'], validationShare: 0.25, epochs: 8 } as const;
    await window.headway.run({ ...common, head: { kind: 'exact', hidden: [], dropout: 0, l2: 0 } });
    await window.headway.run({ ...common, head: { kind: 'dense', hidden: [32], dropout: 0, l2: 0 } });
  });
}

test('a trained page is tried out: one picture explained, a folder, the camera, the map', async ({ app }) => {
  await train(app);
  const base64 = readFileSync(cat).toString('base64');

  const facts = await app.evaluate(async (encoded) => {
    const { headway } = window;
    const photo = await (await fetch(`data:image/jpeg;base64,${encoded}`)).blob();
    const [dense, exact] = headway.snapshot().results;
    const [byDense, byExact] = await headway.predict(photo);
    const explained = await headway.explain(photo, exact!.runId);
    const against = await headway.explain(photo, exact!.runId, 'ship');
    const gradient = await headway.explain(photo, dense!.runId, 'cat');
    const nearest = await headway.nearest(photo, exact!.runId, 4);
    const known = exact!.split.train[0]!;
    const alike = await headway.nearest(known, exact!.runId, 3);
    const own = await headway.explain(known, exact!.runId);
    const map = await headway.project(exact!.runId);
    const umap = await headway.project(exact!.runId, 'umap');
    const refused = await headway
      .explain(photo, exact!.runId, 'dog')
      .catch((error: unknown) => error as { code: string });
    const sum = (values: Float32Array) => values.reduce((a, b) => a + b, 0);
    const part = (one: typeof explained) => ({
      label: one.label,
      exact: one.exact,
      margin: one.margin,
      accounted: sum(one.map.values) + one.bias,
      places: one.map.values.length,
      square: one.square.rgb.length,
      first: one.classes[0]!,
    });
    return {
      predicted: { dense: byDense!, exact: byExact! },
      explained: part(explained),
      against: part(against),
      gradient: part(gradient),
      own: part(own),
      nearest,
      known,
      alike,
      map: {
        ids: map.ids.length,
        explained: map.explained,
        finite: [...map.xy].every(Number.isFinite),
        judged: [...map.predicted].filter((c) => c >= 0).length,
      },
      umap: { finite: [...umap.xy].every(Number.isFinite), points: umap.xy.length },
      refused: 'code' in refused ? refused.code : null,
    };
  }, base64);

  expect(facts.predicted.exact.classes[0]!.label).toBe('cat');
  expect(facts.explained).toMatchObject({ label: 'cat', exact: true, places: 49, square: 224 * 224 * 3 });
  expect(facts.explained.first.probability).toBeCloseTo(facts.predicted.exact.classes[0]!.probability, 5);
  expect(facts.explained.accounted).toBeCloseTo(facts.explained.margin, 4);
  // Of two classes, what speaks for one speaks against the other.
  expect(facts.against.margin).toBeCloseTo(-facts.explained.margin, 3);
  expect(facts.gradient).toMatchObject({ label: 'cat', exact: false });
  expect(facts.own.square).toBe(224 * 224 * 3);
  expect(facts.nearest).toHaveLength(4);
  expect(facts.nearest.filter(({ label }) => label === 'cat').length).toBeGreaterThanOrEqual(3);
  expect(facts.alike.map(({ id }) => id)).not.toContain(facts.known);
  expect(facts.map).toMatchObject({ ids: 24, finite: true, judged: 6 });
  expect(facts.umap).toEqual({ finite: true, points: 48 });
  expect(facts.refused).toBe('invalid-request');

  // On the page: one picture.
  const panel = app.locator('try-panel');
  await panel.getByLabel('Images to classify').setInputFiles(cat);
  await expect(panel.getByRole('img', { name: /speaks most for/ })).toHaveCount(2);
  await panel.getByLabel('Nearest training images', { exact: true }).check();
  await expect(panel.getByRole('list', { name: /^Nearest training images of/ })).toHaveCount(2);
  await panel.getByText('None of these:').click();
  const threshold = panel.getByRole('slider', { name: 'How sure an answer has to be' });
  await threshold.fill('100');
  await expect(threshold).toHaveAttribute('aria-valuetext', /Answer only when at least 100% sure/);
  await threshold.fill('0');

  // A folder, one of its pictures broken.
  const images = cifarImages();
  const folder = folderOf([
    ...['cat', 'ship'].flatMap((label) =>
      images
        .get(label)!
        .slice(20, 25)
        .map(({ name, bytes }) => [`${label}-${name}`, bytes] as const),
    ),
    ['broken.jpg', 'no picture at all'] as const,
  ]);
  await panel
    .getByLabel('Images to classify')
    .evaluate((input: HTMLInputElement) => (input.webkitdirectory = true));
  await panel.getByLabel('Images to classify').setInputFiles(folder);
  await expect(panel.getByText('11 images classified.')).toBeVisible({ timeout: 60_000 });
  await expect(panel.getByText('The image cannot be read.')).toHaveCount(1);
  const download = app.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save as CSV' }).click();
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(12);
  const answers = lines.slice(1).filter((line) => !line.includes('cannot be read'));
  // The exact head is the second run: file, problem, three columns and two classes of the first, then its answer.
  const right = answers.filter((line) => line.includes('/cat-') === (line.split(',')[6] === 'cat'));
  expect(right.length).toBeGreaterThanOrEqual(7);

  // The camera.
  await panel.getByRole('button', { name: 'Use the camera' }).click();
  await expect(panel.getByText(/pictures a second/)).toBeVisible({ timeout: 30_000 });
  await panel.getByRole('button', { name: 'Stop the camera' }).click();
  await expect(panel.getByRole('img', { name: 'The image to classify: from the camera' })).toBeVisible();
  const lit = await app.evaluate(() => window.headway.snapshot().error);
  expect(lit).toBeNull();
});
