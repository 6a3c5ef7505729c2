import { nets, type BaseId } from '../../src/engine/nets/index.ts';
import type { BenchContext } from './context.ts';
import { writeExported } from './exported.ts';
import { nodeOnnx } from './node-onnx.ts';
import { openBenchPage } from './bench-page.ts';
import type { ExtractionTask } from './page/contestant.ts';
import type { Comparison } from './results.ts';
import { inTurns } from './statistics.ts';

type Name =
  'headway' | 'headway on tfjs' | 'stock' | 'stock, as published' | 'onnxruntime-web' | 'onnxruntime-node';

/** Images a measurement: a second or two on two cores. */
const imagesOf: Readonly<Record<BaseId, number>> = { resnet50: 8, 'inception-v3': 8, vgg16: 4 };

/** The forward pass alone: pixels in memory → features, every base, everyone at the batch that suits it best. */
export async function measureExtraction(context: BenchContext): Promise<Comparison[]> {
  const figures: Comparison[] = [];
  for (const base of context.options.bases) figures.push(await measureBase(context, base));
  return figures;
}

async function measureBase(context: BenchContext, base: BaseId): Promise<Comparison> {
  const path = `.cache/bench/${base}`;
  await writeExported(base, `${context.root}${path}`);
  const task: ExtractionTask = {
    base,
    exported: `/${path}`,
    threads: Math.min(2, context.machine.cores),
    images: imagesOf[base],
  };
  const contestants: readonly Name[] = [
    ...(['headway', 'headway on tfjs', 'stock'] as const),
    // The only one whose published model is in the mirror.
    ...(base === 'resnet50' ? (['stock, as published'] as const) : []),
    ...(['onnxruntime-web', 'onnxruntime-node'] as const),
  ];
  const page = await openBenchPage(context);
  const native = await nodeOnnx(`${context.root}${path}/model.onnx`, task);
  const measure = (name: Name, batch: number): Promise<number> =>
    name === 'onnxruntime-node' ? native.measure({ batch }) : page.measure(name, { batch });
  try {
    for (const name of contestants)
      if (name !== 'onnxruntime-node')
        await page.prepare(name, {
          ...task,
          published: name === 'stock, as published',
          kernels: name === 'headway on tfjs' ? 'tfjs' : 'own',
        });
    const batches = new Map<Name, number>();
    for (const name of contestants) batches.set(name, await bestBatch(name, task.images, measure));
    const rates = await inTurns(contestants, context.options.rounds, (name) =>
      measure(name, batches.get(name)!),
    );
    const { title, inputSize } = nets[base];
    const standIn = base === 'vgg16' ? '; weights of blocks 4 and 5 are a stand-in' : '';
    return {
      kind: 'comparison',
      section: 'extraction',
      title: `${title} at ${inputSize}`,
      unit: 'images/s',
      subject: 'headway',
      rates,
      targets: [
        { baseline: 'stock', atLeast: 1.35 },
        { baseline: 'onnxruntime-web', atLeast: 1.3 },
      ],
      note: `${task.threads} threads; batch of ${contestants.map((name) => `${name}: ${batches.get(name)!}`).join(', ')}; stock and ONNX Runtime run our own exports${standIn}`,
    };
  } finally {
    await native.end();
    await page.close();
  }
}

/** One image at a time, or all at once: whichever is faster once warm. */
async function bestBatch(
  name: Name,
  images: number,
  measure: (name: Name, batch: number) => Promise<number>,
): Promise<number> {
  const rates: [batch: number, rate: number][] = [];
  for (const batch of [1, images]) {
    await measure(name, batch);
    rates.push([batch, await measure(name, batch)]);
  }
  return rates.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
