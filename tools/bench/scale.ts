import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { vgg16StandIn } from '../formats/vgg16-stand-in.ts';
import { bottleneckSpec } from '../../src/engine/features/estimate.ts';
import { specKey } from '../../src/engine/features/key.ts';
import { baseIds, nets } from '../../src/engine/nets/index.ts';
import { addSmall, openApp } from './app-page.ts';
import { openBenchPage } from './bench-page.ts';
import type { BenchContext } from './context.ts';
import type { Comparison, Figure, Measure } from './results.ts';
import { inTurns } from './statistics.ts';
import type { ScaleOptions } from './page/scale-task.ts';
import {
  collectGarbage,
  leastTold,
  longestTask,
  longestTaskSince,
  mostMemory,
  seedFeatures,
  watchTasks,
} from './watched.ts';
import type { PageGlobals } from '../study/browser.ts';

const allSizes = [500, 5_000, 50_000];

/** What ten and a hundred times as many images cost. */
export async function measureScale(context: BenchContext): Promise<Figure[]> {
  return [...(await growingHead(context)), ...(await largeDataset(context))];
}

/** Time a trained example, features read from the store included. */
async function growingHead(context: BenchContext): Promise<Comparison[]> {
  const page = await openBenchPage(context);
  const sizes = allSizes.filter((n) => n <= context.options.most);
  const titles = sizes.map((n) => `${n.toLocaleString('en')} images`);
  try {
    await page.prepare('scale', { sizes });
    const rate = (title: string, head: ScaleOptions['head']) =>
      page.measure('scale', { images: sizes[titles.indexOf(title)]!, head } satisfies ScaleOptions);
    await rate(titles[0]!, 'default');
    const rates = await inTurns(titles, Math.min(2, context.options.rounds), (title) =>
      rate(title, 'default'),
    );
    const exactTitles = titles.slice(1);
    const exact = await inTurns(exactTitles, 1, (title) => rate(title, 'exact'));
    return [
      ...titles.slice(1).map((title, i): Comparison => ({
        kind: 'comparison',
        section: 'scale',
        title: `Training on ${title}`,
        unit: 'examples/s',
        subject: title,
        rates: { [title]: rates[title]!, [titles[i]!]: rates[titles[i]!]! },
        // Linear time: as many a second.
        targets: [{ baseline: titles[i]!, atLeast: 0.8 }],
        note: 'a default head on 2048-wide features, from the store to the evaluated result, two epochs',
      })),
      ...exactTitles.slice(1).map((title, i): Comparison => ({
        kind: 'comparison',
        section: 'scale',
        title: `Solving the exact head on ${title}`,
        unit: 'images/s',
        subject: title,
        rates: { [title]: exact[title]!, [exactTitles[i]!]: exact[exactTitles[i]!]! },
        targets: [],
        note: 'its penalty chosen by cross-validation; features that do not fit in memory are read anew for every step',
      })),
    ];
  } finally {
    await page.close();
  }
}

/** The application with all of CIFAR-10 in it and made-up features of three bases. */
async function largeDataset(context: BenchContext): Promise<Measure[]> {
  const app = await openApp(context, watchTasks);
  const figures: Measure[] = [];
  // CIFAR-10's 50,000 training images, and 10,000 to test with.
  const limit = context.options.most;
  const count = (limit + Math.min(limit, 10_000)).toLocaleString('en');
  const task = (title: string, value: number) => {
    console.log(`  ${title}: ${Math.round(value)} ms`);
    figures.push({
      ...{ kind: 'measure', section: 'scale', unit: 'ms', atMost: 50 },
      ...{ title: `Longest main-thread task, ${title}`, value },
      ...(value === leastTold && {
        note: `none was longer than ${leastTold} ms; browsers tell of no shorter ones`,
      }),
    });
  };
  try {
    const digests = await firstRun(context, app);
    task(
      `importing ${count} images`,
      await longestTask(app, () =>
        app.evaluate(
          (limit) => (globalThis as PageGlobals).headway.addCifar10('all', { limit }).then(() => undefined),
          limit,
        ),
      ),
    );
    for (const base of baseIds)
      await seedFeatures(
        app,
        base,
        specKey(bottleneckSpec(base, digests[base]!, 'stretch')),
        nets[base].features,
      );
    await collectGarbage(app);
    await app.reload();
    await app.waitForFunction(
      () => (globalThis as Partial<PageGlobals>).headway?.snapshot().ready,
      undefined,
      // Asking is work of the page, too.
      { polling: 500 },
    );
    await app.waitForTimeout(3000);
    task('opening the page with them', await longestTaskSince(app, 0));
    task('walking through classes and images', await longestTask(app, () => browse(app)));
    const runAll = () =>
      app.evaluate(
        (bases) => (globalThis as PageGlobals).headway.run({ bases, epochs: 2 }).then(() => undefined),
        [...baseIds],
      );
    task(
      'running three bases, data check included',
      await longestTask(app, async () => {
        await runAll();
        await app.waitForTimeout(3000);
      }),
    );
    // In a run of its own: looking costs time, too.
    const memory = await mostMemory(app, runAll);
    const held = (what: string, bytes: number, atMost: number | null) =>
      figures.push({
        ...{ kind: 'measure', section: 'scale', unit: 'MB', value: bytes / 1e6, atMost },
        title: `Memory of ${what} while three heads train on ${limit.toLocaleString('en')} images`,
      });
    held('the page', memory.page, 500);
    if (memory.tab !== null) held('the whole tab, workers and WebAssembly included,', memory.tab, null);
    return figures;
  } finally {
    await app.evaluate(() => (globalThis as PageGlobals).headway.reset()).catch(() => undefined);
    await app.close();
  }
}

/** Has every base loaded once, on a few images; which weights it has. */
async function firstRun(context: BenchContext, app: Page): Promise<Record<string, string>> {
  await addSmall(app, readFileSync(`${context.root}public/sample/cifar10.zip`), 3);
  const stand = readFileSync(vgg16StandIn()).toString('base64');
  return app.evaluate(
    async ({ bases, stand }) => {
      const { headway } = globalThis as PageGlobals;
      const bytes = Uint8Array.from(atob(stand), (character) => character.charCodeAt(0));
      await headway.useWeights('vgg16', new Blob([bytes]), 'vgg16-stand-in.safetensors');
      const digests: Record<string, string> = {};
      // One after the other: each rejects with its own reason.
      for (const base of bases)
        for (const run of await headway.run({ bases: [base], epochs: 1 })) digests[base] = run.weightsDigest;
      return digests;
    },
    { bases: [...baseIds], stand },
  );
}

async function browse(app: Page): Promise<void> {
  const classes = app.locator('class-list [role=option]');
  for (let i = 0; i < 6; i++) {
    await classes.nth(i).click();
    const images = app.locator('thumb-grid .scroller');
    for (let page = 1; page <= 5; page++) {
      await images.evaluate((scroller, share) => {
        scroller.scrollTop = scroller.scrollHeight * share;
      }, page / 5);
      await app.waitForTimeout(100);
    }
  }
}
