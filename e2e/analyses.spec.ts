import { expect } from '@playwright/test';
import { join } from 'node:path';
import { test, waitForImages } from './support/app';
import { cifarImages, drop, folderOf } from './support/images';

const hostile = '<img src=x onerror=alert(1)>';

test('label errors, a learning curve and a report of one run', async ({ app, browser }) => {
  const images = cifarImages();
  const of = (label: string, from: number, to: number, folder = label) =>
    images
      .get(label)!
      .slice(from, to)
      .map(({ name, bytes }) => [`${folder}/${label}-${name}`, bytes] as const);
  // Two ships and a frog have lost their way.
  const strays = [...of('ship', 20, 22, 'frog'), ...of('frog', 20, 21, 'airplane')];
  const root = folderOf([
    ...of('airplane', 0, 20),
    ...of('frog', 0, 20),
    ...of('ship', 0, 20, hostile),
    ...strays,
  ]);
  await drop(
    app,
    ['airplane', 'frog', hostile].map((label) => join(root, label)),
  );
  await waitForImages(app, 63);
  const outcome = await app.evaluate(async () => {
    const { headway } = window;
    const code = (error: unknown) => (error as { code?: string }).code;
    const [run] = await headway.run({
      bases: ['resnet50'],
      validationShare: 0.25,
      head: { kind: 'exact', hidden: [], dropout: 0, l2: 0 },
    });
    const { runId } = run!;
    const abort = new AbortController();
    const cancelled = await headway
      .labelErrors(runId, {
        signal: abort.signal,
        onProgress: ({ done }) => {
          if (done > 0) abort.abort();
        },
      })
      .catch(code);
    const progress: string[] = [];
    const found = await headway.labelErrors(runId, { onProgress: ({ unit }) => progress.push(unit) });
    const again: string[] = [];
    const stored = await headway.labelErrors(runId, { onProgress: ({ unit }) => again.push(unit) });
    const curve = await headway.learningCurve(runId, { onProgress: ({ unit }) => progress.push(unit) });
    const report = await headway.report(runId, 'validation');
    const html = await (await headway.htmlReport()).text();
    const unknown = await headway.htmlReport(['nobody']).catch(code);
    // The first suspect goes where it looks to belong; the queue is then made anew.
    const [first] = found.suspects;
    await headway.applyRemedy({ kind: 'relabel', images: [first!.id], to: found.classes[first!.suggested]! });
    const after = await headway.labelErrors(runId);
    return { run: run!, cancelled, found, stored, progress, again, curve, report, html, unknown, after };
  });
  const { run, found, curve, report, html } = outcome;
  expect(outcome.cancelled).toBe('cancelled');
  expect(new Set(outcome.progress)).toEqual(new Set(['fits', 'images']));
  expect(outcome.stored).toEqual(found);
  expect(outcome.again).toEqual([]);
  expect(found).toMatchObject({ images: 63, unjudged: 0, folds: 5, l2: run.exact!.l2 });
  // Strays are doubted, and look like what they are.
  const suggested = found.suspects.map(({ label, suggested: to }) => [
    found.classes[label],
    found.classes[to],
  ]);
  expect(suggested).toContainEqual(['airplane', 'frog']);
  expect(suggested).toContainEqual(['frog', hostile]);
  expect(found.suspects.length).toBeLessThan(12);
  expect(outcome.after.suspects.map(({ id }) => id)).not.toContain(found.suspects[0]!.id);

  expect(curve.points.at(-1)!.images).toBe(run.split.train.length);
  expect(curve.points.at(-1)!.accuracy).toBeCloseTo(run.history[0]!.valAccuracy, 6);
  expect(curve.validationImages).toBe(run.split.validation.length);
  expect(['yes', 'hardly', 'cannot tell']).toContain(curve.moreImages);

  expect(outcome.unknown).toBe('unknown-run');
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('console', (message) => trouble.push(message.text()));
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('dialog', (dialog) => trouble.push(dialog.message()));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) trouble.push(request.url());
  });
  await page.setContent(html);
  const { summary } = report;
  await expect(
    page.getByText(`${summary.correct} of ${summary.examples} images right`).first(),
  ).toBeVisible();
  await expect(page.getByText(run.weightsDigest)).toBeVisible();
  await expect(page.getByText(hostile).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Labels that look wrong' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Would more images help?' })).toBeVisible();
  const pictures = await page
    .locator('.pictures img')
    .evaluateAll((all) =>
      (all as HTMLImageElement[]).map(({ complete, naturalWidth }) => complete && naturalWidth > 0),
    );
  expect(pictures).toEqual(report.misclassified.slice(0, 12).map(() => true));
  expect(await page.locator('script, [onerror], [onload]').count()).toBe(0);
  expect((await page.pdf()).length).toBeGreaterThan(10_000);
  expect(trouble).toEqual([]);
  await context.close();
});
