import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { nets, type BaseId } from '../../src/engine/nets/index.ts';
import { addPhotographs, addSmall, forgetFeatures, openApp, run } from './app-page.ts';
import type { PageGlobals } from '../study/browser.ts';
import { openBenchPage } from './bench-page.ts';
import type { BenchContext } from './context.ts';
import type { ExtractionTask } from './page/contestant.ts';
import type { Comparison, Figure, Measure } from './results.ts';
import { inTurns } from './statistics.ts';

/** VGG16's weights cannot be had everywhere; the pipeline is the same. */
const piped: readonly BaseId[] = ['resnet50', 'inception-v3'];
const perClass = 20;
const images = { small: 10 * perClass, large: 32 };
/** Of the second run beside the first. */
const cachedImages = 100;

/** The application itself: files in the store → features in the store, beside the forward pass alone. */
export async function measurePipeline(context: BenchContext): Promise<Figure[]> {
  const figures: Figure[] = [];
  const bases = piped.filter((base) => context.options.bases.includes(base));
  const page = await openApp(context);
  const sample = readFileSync(`${context.root}public/sample/cifar10.zip`);
  try {
    const small = await addSmall(page, sample, perClass);
    for (const base of bases)
      figures.push(await besideBare(context, page, base, '32-pixel PNGs', images.small));
    await page.evaluate(() => (globalThis as PageGlobals).headway.reset());
    const photograph = readFileSync(`${context.root}e2e/photos/coffee.jpg`);
    const large = await addPhotographs(page, images.large, photograph);
    for (const base of bases)
      figures.push(await besideBare(context, page, base, '12-megapixel JPEGs', images.large));
    figures.push(imported('32-pixel PNGs', small), imported('12-megapixel JPEGs', large));
  } finally {
    // The next page could not write beside it.
    await page.close();
  }
  return [...figures, ...(await cached(context, sample))];
}

async function besideBare(
  context: BenchContext,
  page: Page,
  base: BaseId,
  kind: string,
  count: number,
): Promise<Comparison> {
  const task: ExtractionTask = {
    base,
    exported: '',
    threads: Math.min(2, context.machine.cores),
    images: 8,
  };
  const bare = await openBenchPage(context);
  const pipeline = async () => {
    await forgetFeatures(page);
    const { result } = await run(page, base, { epochs: 1 });
    const { extractedImages, imagesPerSecond } = result.timing;
    if (extractedImages !== count) throw new Error(`${extractedImages} images were extracted, not ${count}`);
    return imagesPerSecond!;
  };
  try {
    await bare.prepare('headway', task);
    await bare.measure('headway', { batch: task.images });
    // Downloads and loads the base.
    await pipeline();
    const rates = await inTurns(['whole pipeline', 'bare forward pass'], context.options.rounds, (name) =>
      name === 'whole pipeline' ? pipeline() : bare.measure('headway', { batch: task.images }),
    );
    return {
      kind: 'comparison',
      section: 'pipeline',
      title: `${nets[base].title}, ${kind}`,
      unit: 'images/s',
      subject: 'whole pipeline',
      rates,
      targets: [{ baseline: 'bare forward pass', atLeast: 0.9 }],
      note: `${count} images: decoded, resized, extracted and stored`,
    };
  } finally {
    await bare.close();
  }
}

function imported(kind: string, rate: number): Measure {
  const title = `Importing ${kind} (hash, thumbnail, fingerprint)`;
  return { kind: 'measure', section: 'pipeline', title, unit: 'images/s', value: rate, atMost: null };
}

/** The same run again, once everything is in the store. */
async function cached(context: BenchContext, sample: Uint8Array): Promise<Comparison[]> {
  const page = await openApp(context);
  const kinds = ['first run', 'second run'] as const;
  const whole: Record<string, number[]> = { 'first run': [], 'second run': [] };
  const features: Record<string, number[]> = { 'first run': [], 'second run': [] };
  try {
    await addSmall(page, sample, cachedImages / 10);
    await run(page, 'resnet50', { epochs: 1 });
    for (let round = 0; round < Math.min(2, context.options.rounds); round++) {
      await forgetFeatures(page);
      for (const kind of kinds) {
        const { result, ms } = await run(page, 'resnet50', {});
        const { extractedImages, extractMs } = result.timing;
        if (extractedImages !== (kind === 'first run' ? cachedImages : 0))
          throw new Error(`${kind}: ${extractedImages} images were extracted`);
        whole[kind]!.push(60_000 / ms);
        features[kind]!.push(60_000 / extractMs);
      }
    }
  } finally {
    await page.close();
  }
  const common: Pick<Comparison, 'kind' | 'section' | 'unit' | 'subject' | 'targets'> = {
    ...({ kind: 'comparison', section: 'pipeline', unit: 'runs/min', subject: 'second run' } as const),
    targets: [{ baseline: 'first run', atLeast: 50 }],
  };
  return [
    {
      ...common,
      title: `ResNet50, ${cachedImages} images: the whole run, default head`,
      rates: whole,
      note: 'weights are here and the base is loaded before the first run; ten epochs',
    },
    { ...common, title: `ResNet50, ${cachedImages} images: their features`, rates: features },
  ];
}
