/** Runs taken away: the same predictions elsewhere. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { baseIds, nets, type BaseId } from '../src/engine/nets';
import type { HeadSpec } from '../src/engine/run';
import { test, waitForImages } from './support/app';
import { cifarImages, classFolders, drop } from './support/images';
import { classifyClean, cleanServer, exported, verify } from './support/packages';
import { standInName, vgg16StandIn } from '../tools/formats/vgg16-stand-in.ts';

const dense: HeadSpec = { kind: 'dense', hidden: [64], dropout: 0.2, l2: 0 };
const exact: HeadSpec = { kind: 'exact', hidden: [], dropout: 0, l2: 0.01 };
const classes = ['airplane', 'frog', 'truck'];

/** Real photographs that no run has seen, base64. */
function unseen(count: number): string[] {
  const images = cifarImages();
  return Array.from({ length: count }, (_, i) =>
    Buffer.from(images.get(classes[i % classes.length]!)!.at(-1 - Math.floor(i / 3))!.bytes).toString(
      'base64',
    ),
  );
}

type Answer = Record<string, number>;

/** What the page itself says of pictures: probabilities by label, of each run. */
function predicted(app: Page, pictures: readonly string[]): Promise<Record<string, Answer>[]> {
  return app.evaluate(async (images) => {
    const byImage: Record<string, Answer>[] = [];
    for (const image of images) {
      const blob = new Blob([Uint8Array.from(atob(image), (c) => c.charCodeAt(0))]);
      const answers: Record<string, Answer> = {};
      for (const { runId, classes } of await window.headway.predict(blob))
        answers[runId] = Object.fromEntries(classes.map(({ label, probability }) => [label, probability]));
      byImage.push(answers);
    }
    return byImage;
  }, pictures);
}

async function trained(
  app: Page,
  base: BaseId,
  count: number,
  heads: readonly HeadSpec[],
): Promise<string[]> {
  await drop(app, classFolders(classes, count));
  await waitForImages(app, count * classes.length);
  if (base === 'vgg16') {
    const chooser = app.waitForEvent('filechooser');
    await app.getByRole('button', { name: 'Use my own weights for VGG16' }).click();
    await (await chooser).setFiles(vgg16StandIn());
    await expect(app.getByRole('strong').filter({ hasText: standInName })).toBeVisible({ timeout: 60_000 });
  }
  const runIds: string[] = [];
  for (const head of heads)
    runIds.push(
      await app.evaluate(
        async ([id, spec]) =>
          (await window.headway.run({ bases: [id], head: spec, epochs: 5, resize: 'crop' }))[0]!.runId,
        [base, head] as const,
      ),
    );
  return runIds;
}

function farthest(actual: readonly Answer[], expected: readonly Answer[]): number {
  const differences = actual.flatMap((answer, i) =>
    classes.map((label) => Math.abs(answer[label]! - expected[i]![label]!)),
  );
  return differences.some(Number.isNaN) ? NaN : Math.max(...differences);
}

/** Both heads and 20 pictures where that is cheap; a second head changes nothing of the base. */
const cases: Readonly<Record<BaseId, { readonly heads: readonly HeadSpec[]; readonly pictures: number }>> = {
  'inception-v3': { heads: [dense], pictures: 9 },
  vgg16: { heads: [dense], pictures: 6 },
  resnet50: { heads: [dense, exact], pictures: 20 },
};

for (const base of baseIds)
  test(`${nets[base].title} and its head in one predict the same in stock TensorFlow.js`, async ({
    app,
    context,
  }) => {
    const { heads } = cases[base];
    const runIds = await trained(app, base, 4, heads);
    const pictures = unseen(cases[base].pictures);
    const expected = await predicted(app, pictures);
    const folders: Record<string, string> = {};
    for (const [i, runId] of runIds.entries()) folders[heads[i]!.kind] = await exported(app, runId, 'tfjs');
    const { origin, close } = await cleanServer(folders);
    const page = await context.newPage();
    for (const [i, runId] of runIds.entries()) {
      const { kind } = heads[i]!;
      const actual = await classifyClean(page, `${origin}/${kind}/`, pictures);
      const difference = farthest(
        actual,
        expected.map((answers) => answers[runId]!),
      );
      console.info(`${nets[base].title}, ${kind}: ${difference.toExponential(1)} apart at most`);
      expect(difference).toBeLessThan(1e-4);
    }
    close();
    for (const folder of Object.values(folders)) rmSync(folder, { recursive: true });
  });

test('half precision, pictures of one’s own, and a package that was tampered with', async ({
  app,
  context,
}) => {
  const [runId] = await trained(app, 'inception-v3', 6, [dense]);
  const pictures = unseen(6);
  const expected = await predicted(app, pictures);
  const folder = await exported(app, runId!, 'tfjs', {
    weights: 'float16',
    preprocessing: 'outside',
    pictures: 'validation',
  });
  const { origin, close } = await cleanServer({ half: folder });
  const actual = await classifyClean(await context.newPage(), `${origin}/half/`, pictures);
  const difference = farthest(
    actual,
    expected.map((answers) => answers[runId!]!),
  );
  console.info(`float16: ${difference.toExponential(1)} apart at most`);
  expect(difference).toBeLessThan(1e-2);
  close();

  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain('pass them on only if you may');
  expect(await verify(folder)).toMatch(/This copy predicts what Headway predicted\.\s*$/);
  const weights = readFileSync(join(folder, 'weights.bin'));
  // The head's last kernel: its probabilities, and nothing else, are others now.
  weights.fill(0, weights.length - 64 * 3 * 4, weights.length - 3 * 4);
  writeFileSync(join(folder, 'weights.bin'), weights);
  const failure = (await verify(folder).catch((error: unknown) => error)) as { stdout: string };
  expect(failure.stdout).toMatch(/DIFFERS {2}weights\.bin\n/);
  expect(failure.stdout).toMatch(/ok {7}features/);
  expect(failure.stdout).toMatch(/DIFFERS {2}probabilities/);
  rmSync(folder, { recursive: true });
});
