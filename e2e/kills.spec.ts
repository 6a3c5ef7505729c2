/** Tabs closed and workers ended in the middle of something: what is stored is whole, and it goes on. */
import { expect, type Page } from '@playwright/test';
import type { RunEvent } from '../src/engine/run';
import { openApp, snapshot, test, waitForImages } from './support/app';
import { cifarImages, classFolders, drop } from './support/images';
import { killing, watchWorkers, type Killing } from './support/killing';
import { problems } from './support/soak-records';

test.beforeEach(({ page }) => watchWorkers(page));

/** All 400 images of the sample. */
const all = [...cifarImages()].flatMap(([label, files]) =>
  files.map(({ name, bytes }) => ({ path: `${label}/${name}`, text: Buffer.from(bytes).toString('base64') })),
);

/** Puts them into the page, as `window.files`. */
const give = (page: Page) =>
  page.evaluate((images) => {
    const files = images.map(({ path, text }) => ({
      path,
      blob: new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))]),
    }));
    Object.assign(window, { files });
  }, all);

const addAll = (page: Page) =>
  page.evaluate(() =>
    window.headway
      .addImages((window as unknown as { files: { path: string; blob: Blob }[] }).files)
      .then(({ added }) => added),
  );

async function four(page: Page): Promise<void> {
  await drop(page, classFolders(['frog', 'ship'], 2));
  await waitForImages(page, 4);
}

const run = (page: Page) => page.evaluate(() => window.headway.run({ epochs: 1, validationShare: 0.5 }));

test('a tab closed while weights come down keeps the files that had arrived', async ({
  page,
  context,
  served,
}) => {
  // It never answers.
  await context.route(/group1-shard9of23\.bin$/, () => undefined);
  await openApp(page);
  await four(page);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const kept = () =>
    page.evaluate(async () => {
      const { entries } = await window.headway.storage();
      return entries.find(({ kind }) => kind === 'weights')?.count ?? 0;
    });
  await expect.poll(kept, { timeout: 60_000 }).toBeGreaterThan(4);
  await page.close();
  await context.unroute(/group1-shard9of23\.bin$/);
  const before = served.length;

  const again = await context.newPage();
  await openApp(again);
  expect(await problems(again)).toEqual([]);
  expect((await snapshot(again)).lanes).toMatchObject([{ base: 'resnet50', phase: 'interrupted' }]);
  await again.getByRole('button', { name: /Go on/ }).click();
  await again.waitForFunction(() => window.headway.snapshot().lanes[0]?.phase === 'done', null, {
    timeout: 120_000,
  });
  expect(served.slice(before).some((name) => name.endsWith('shard9of23.bin'))).toBe(true);
  expect(served.filter((name) => name.endsWith('shard1of23.bin'))).toHaveLength(1);
  expect(await problems(again)).toEqual([]);
});

test('a tab closed while images are added has some of them, whole; the rest can be added', async ({
  page,
  context,
}) => {
  await openApp(page);
  await give(page);
  void addAll(page).catch(() => undefined);
  await page.waitForFunction(() => window.headway.snapshot().dataset.images > 0);
  await page.close();

  const again = await context.newPage();
  await openApp(again);
  expect(await problems(again)).toEqual([]);
  const { images } = (await snapshot(again)).dataset;
  expect(images).toBeGreaterThan(0);
  await give(again);
  expect(await addAll(again)).toBe(400 - images);
  expect(await problems(again)).toEqual([]);
});

test('a worker ended while images are added says so, and the rest can be added', async ({ page }) => {
  await openApp(page);
  await give(page);
  const adding = page.evaluate((key) => {
    const { kill } = (window as unknown as Record<string, Killing>)[key]!;
    const timer = setInterval(() => {
      if (window.headway.snapshot().dataset.images === 0) return;
      clearInterval(timer);
      kill('data');
    });
    return window.headway
      .addImages((window as unknown as { files: { path: string; blob: Blob }[] }).files)
      .then(
        () => 'added',
        (error: unknown) => (error as { code: string }).code,
      );
  }, killing);
  expect(await adding).toBe('worker-crashed');
  expect((await snapshot(page)).dataset.importing).toBeNull();
  expect(await problems(page)).toEqual([]);
  const { images } = (await snapshot(page)).dataset;
  expect(images).toBeGreaterThan(0);
  expect(await addAll(page)).toBe(400 - images);
  expect(await problems(page)).toEqual([]);
});

/** Opens the project in `window.project`, and at the first progress does what `then` names. */
const open = (page: Page, then: 'kill' | 'tell') =>
  page.evaluate(
    async ([key, what]) => {
      const held = window as unknown as Record<string, unknown> & { project: Blob };
      const { kill } = held[key] as Killing;
      const onProgress = ({ done }: { done: number }) => {
        if (done === 0 || held.opened === true) return;
        held.opened = true;
        if (what === 'kill') kill('project');
      };
      try {
        return (await window.headway.openProject(held.project, { onProgress })).images;
      } catch (error) {
        return (error as { code: string }).code;
      }
    },
    [killing, then] as const,
  );

test('a project half opened has what it has, whole, and is opened to its end the next time', async ({
  page,
  context,
}) => {
  await openApp(page);
  await give(page);
  await addAll(page);
  // The page that comes next has it from the disk, as a user would.
  const download = page.waitForEvent('download');
  await page.evaluate(async () => {
    const project = await window.headway.saveProject();
    const anchor = document.createElement('a');
    anchor.href = URL.createObjectURL(project);
    anchor.download = 'project.headway';
    anchor.click();
    await window.headway.reset();
    Object.assign(window, { project });
  });
  const path = await (await download).path();

  expect(await open(page, 'kill')).toBe('worker-crashed');
  expect(await problems(page)).toEqual([]);
  const { images } = (await snapshot(page)).dataset;
  expect(images).toBeGreaterThan(0);
  await page.evaluate(() => Object.assign(window, { opened: false }));
  expect(await open(page, 'tell')).toBe(400 - images);

  await page.evaluate(async () => {
    await window.headway.reset();
    Object.assign(window, { opened: false });
  });
  void open(page, 'tell').catch(() => undefined);
  await page.waitForFunction(() => (window as unknown as { opened: boolean }).opened);
  await page.close();

  const again = await context.newPage();
  await openApp(again);
  expect(await problems(again)).toEqual([]);
  await again.getByLabel('Project file').setInputFiles(path);
  await again.getByRole('button', { name: 'Add to what is here' }).click();
  await again.getByRole('button', { name: 'Done' }).click();
  await waitForImages(again, 400);
  expect(await problems(again)).toEqual([]);
});

test('workers ended during an export, a saving, and many predictions: said, and done the next time', async ({
  page,
}) => {
  await openApp(page);
  await give(page);
  await four(page);
  const [result] = await run(page);
  const said = await page.evaluate(
    async ([key, runId]) => {
      const { kill } = (window as unknown as Record<string, Killing>)[key]!;
      const { headway } = window;
      const outcome = async (work: Promise<unknown>): Promise<string> => {
        try {
          await work;
          return 'done';
        } catch (error) {
          return (error as { code: string }).code;
        }
      };
      /** Ends the worker at the first sign of life of what is done, but not of what is done after that. */
      const ending = (name: string) => {
        let isLeft = true;
        return () => {
          if (isLeft) kill(name);
          isLeft = false;
        };
      };
      const pictures = (window as unknown as { files?: { path: string; blob: Blob }[] }).files!;
      const many = pictures.slice(0, 24);
      const onProgress = ending('export');
      const saving = ending('project');
      const asking = ending('resnet50');
      const rows: number[] = [];
      return {
        exported: await outcome(headway.exportRun(runId, 'tfjs', { onProgress })),
        exportedAgain: await outcome(headway.exportRun(runId, 'tfjs', { onProgress })),
        saved: await outcome(headway.saveProject({ onProgress: saving })),
        savedAgain: await outcome(headway.saveProject({ onProgress: saving })),
        predicted: await outcome(
          headway.predictMany(many, {
            onRow: (_, index) => {
              rows.push(index);
              if (index === 7) asking();
            },
          }),
        ),
        rows,
        predictedAgain: (await headway.predictMany(many)).filter(({ answers }) => answers.length === 1)
          .length,
      };
    },
    [killing, result!.runId] as const,
  );
  expect(said).toEqual({
    exported: 'worker-crashed',
    exportedAgain: 'done',
    saved: 'worker-crashed',
    savedAgain: 'done',
    predicted: 'worker-crashed',
    rows: [0, 1, 2, 3, 4, 5, 6, 7],
    predictedAgain: 24,
  });
  expect((await snapshot(page)).exporting ?? null).toBeNull();
  expect(await problems(page)).toEqual([]);
});

/** As behind other tabs, and worse: a frame never comes, and a timer of the page never ends. */
const hide = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true });
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
    const never = () => 0;
    Object.assign(window, { requestAnimationFrame: never, setTimeout: never, setInterval: never });
  });

test('a base whose worker is ended in the middle of extraction begins again by itself, though nobody looks', async ({
  page,
}) => {
  await openApp(page);
  await give(page);
  await addAll(page);
  await hide(page);
  const outcome = await page.evaluate(async (key) => {
    const { kill } = (window as unknown as Record<string, Killing>)[key]!;
    const notes: string[] = [];
    let isLeft = true;
    const [run] = await window.headway.run(
      { epochs: 1, cut: 'conv2_block1_out' },
      {
        onEvent(event) {
          if (event.type === 'note') notes.push(event.note.code);
          if (event.type !== 'progress' || event.phase !== 'extract' || event.progress.done < 128) return;
          if (isLeft) kill('resnet50');
          isLeft = false;
        },
      },
    );
    return { notes, extracted: run!.timing.extractedImages };
  }, killing);
  expect(outcome.notes).toEqual(['worker-crashed']);
  // What was stored by then is not computed again.
  expect(outcome.extracted).toBeLessThan(400);
  expect(await problems(page)).toEqual([]);
});

test('a worker that the browser holds while it starts threads is ended, and its base begins again by itself', async ({
  page,
}) => {
  await page.clock.install();
  await page.route(/engine\.worker[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    const held = `if (self.name === 'resnet50')
      self.Worker = class { constructor() { console.log('held'); for (;;); } };`;
    await route.fulfill({ response, body: `${held}\n${await response.text()}` });
  });
  await openApp(page);
  await four(page);
  const isHeld = page.waitForEvent('console', (message) => message.text() === 'held');
  const running = page.evaluate(async () => {
    const notes: string[] = [];
    const onEvent = (event: RunEvent) => {
      if (event.type === 'note') notes.push(event.note.code);
    };
    await window.headway.run({ epochs: 1, validationShare: 0.5, cut: 'conv2_block1_out' }, { onEvent });
    return notes;
  });
  await isHeld;
  await page.unroute(/engine\.worker[^/]*\.js$/);
  await page.clock.fastForward(61_000);
  expect(await running).toEqual(['worker-crashed']);
  expect(await problems(page)).toEqual([]);
});
