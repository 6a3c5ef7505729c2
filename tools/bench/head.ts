import { openBenchPage, type OpenBenchPage } from './bench-page.ts';
import type { BenchContext } from './context.ts';
import type { HeadOptions, HeadTask } from './page/head-task.ts';
import type { Comparison } from './results.ts';
import { inTurns } from './statistics.ts';
import { hasFixtures } from '../vite/fixtures.ts';

/** Heads on features that are there: speed on made-up ones, time to an accuracy on the article's. */
export async function measureHeads(context: BenchContext): Promise<Comparison[]> {
  const threads = Math.min(2, context.machine.cores);
  const figures = [await measureSpeed(context, threads)];
  if (hasFixtures) figures.push(await measureAccuracy(context, threads));
  else console.log('The time to an accuracy needs the article’s features (shared/fixtures): not measured.');
  return figures;
}

async function measureSpeed(context: BenchContext, threads: number): Promise<Comparison> {
  const task: HeadTask = { data: 'clouds', hidden: [512], batchSize: 128, threads };
  const options: HeadOptions = { kind: 'epochs', epochs: 2 };
  const page = await ready(context, task);
  try {
    for (const name of [ours, stock]) await page.measure(name, options);
    const rates = await inTurns([ours, stock], context.options.rounds, (name) => page.measure(name, options));
    return {
      kind: 'comparison',
      section: 'head',
      title: '2048 → 512 → 10, batch 128',
      unit: 'examples/s',
      subject: 'headway',
      rates: { headway: rates[ours], 'stock fit': rates[stock] },
      targets: [{ baseline: 'stock fit', atLeast: 8 }],
      note: `Adam, wasm, ${threads} threads; 1,024 examples, validated each epoch on 64`,
    };
  } finally {
    await page.close();
  }
}

/** What stock `fit` reaches in the article's ten epochs. */
const valAccuracy = 0.76;

async function measureAccuracy(context: BenchContext, threads: number): Promise<Comparison> {
  const page = await ready(context, { data: 'article', hidden: [], batchSize: 128, threads });
  const ways: Readonly<Record<string, readonly [worker: string, options: HeadOptions]>> = {
    'exact head': [ours, { kind: 'exact', valAccuracy }],
    'our loop': [ours, { kind: 'until', valAccuracy }],
    'stock fit': [stock, { kind: 'until', valAccuracy }],
  };
  try {
    const rates = await inTurns(Object.keys(ways), context.options.rounds, (way) =>
      page.measure(...ways[way]!),
    );
    return {
      kind: 'comparison',
      section: 'head',
      title: `The article’s VGG16 features (2,000 × 512), to a validation accuracy of ${valAccuracy}`,
      unit: 'runs/min',
      subject: 'exact head',
      rates,
      targets: [],
      note: 'the exact head chooses its penalty by cross-validation first, and ends at 0.795; the others train a softmax head with Adam and stop at that accuracy',
    };
  } finally {
    await page.close();
  }
}

const ours = 'headway-head';
const stock = 'stock-head';

async function ready(context: BenchContext, task: HeadTask): Promise<OpenBenchPage> {
  const page = await openBenchPage(context);
  for (const name of [ours, stock]) await page.prepare(name, task);
  return page;
}
