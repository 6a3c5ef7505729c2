/** The article's second and third case on real images and real weights, beside what they have to beat. */
import { expect, test } from 'vitest';
import { useBackend } from '../backend/use';
import { loadBase, loadKeptWeights } from '../bases/base';
import { frozenBase, type CutOutput, type FrozenBase } from '../bases/frozen-base';
import { cifar10, mirroredCdn } from '../bases/real-images.test-helper';
import type { WeightSource } from '../bases/sources';
import { Job } from '../job';
import { nets } from '../nets';
import { nodeShapes } from '../nets/shapes';
import { realBlocks, withStandIn } from '../nets/vgg16.test-helper';
import { predictedClasses } from '../results/confusion';
import { comparePaired } from '../results/paired';
import { defaultRunRequest, type EpochMetrics, type HeadSpec } from '../run';
import { openStorage } from '../storage';
import type { Examples } from './examples';
import { solveHead } from './exact';
import type { TrainedHead } from './head';
import { allLogits } from './logits';
import { Pace } from './pace';
import { tailLogits, trainTail } from './tail';
import type { MapExamples, MapSource } from './tail-source';
import { Tail, tailWeights } from './tail-weights';
import { trainHead } from './train';

const [side, training, held] = [64, 400, 300];
const n = training + held;
const classes = 10;
const images = cifar10(0, n);

/** Everything of all images at some cuts of a base, one array a cut. */
async function outputs(base: FrozenBase, wanted: readonly CutOutput[]): Promise<Float32Array[]> {
  const squares = await (await images).at(side);
  const length = side * side * 3;
  const parts: Float32Array[][] = [];
  for (let from = 0; from < n; from += 50)
    parts.push(await base.outputs(squares.subarray(from * length, (from + 50) * length), 50, wanted));
  return wanted.map((_, i) => {
    const all = new Float32Array(parts.reduce((sum, part) => sum + part[i]!.length, 0));
    let offset = 0;
    for (const part of parts) {
      all.set(part[i]!, offset);
      offset += part[i]!.length;
    }
    return all;
  });
}

async function share(features: Float32Array, from: number, to: number): Promise<Examples> {
  const width = features.length / n;
  const labels = Uint16Array.from((await images).classes.slice(from, to));
  return { features: features.subarray(from * width, to * width), labels, classes };
}

async function finished<T>(epochs: AsyncGenerator<EpochMetrics, T, undefined>): Promise<T> {
  for (;;) {
    const next = await epochs.next();
    if (next.done === true) return next.value;
  }
}

async function hitsOf(logits: Float32Array): Promise<Uint8Array> {
  const labels = (await images).classes.slice(training);
  const predicted = predictedClasses(logits, classes);
  return Uint8Array.from(labels, (label, i) => (predicted[i] === label ? 1 : 0));
}
const headHits = async (head: TrainedHead, { features }: Examples) =>
  hitsOf(await allLogits(head, features, new Pace(new Job())));

function tell(title: string, a: Uint8Array, b: Uint8Array) {
  const compared = comparePaired(a, b, 1);
  const share_ = (hits: Uint8Array) => (hits.reduce((sum, hit) => sum + hit, 0) / hits.length).toFixed(4);
  const { low, high } = compared.interval;
  console.info(
    `${title}: ${share_(a)} beside ${share_(b)}, difference ${compared.difference.toFixed(4)} ` +
      `(${low.toFixed(4)} … ${high.toFixed(4)}), McNemar p ${compared.pValue.toExponential(2)}: ${compared.verdict}`,
  );
  return compared;
}

test('case 2: ResNet50’s last stage, trained, is no worse than frozen', async () => {
  await useBackend('wasm');
  const net = nets.resnet50;
  const cut = 'conv4_block6_out';
  const storage = openStorage('cases');
  const base = await loadBase('resnet50', storage, { control: new Job(), fetch: mirroredCdn });
  const [maps, features] = await outputs(base, [{ cut, form: 'map' }, { cut: 'avg_pool' }]);
  base.dispose();
  const spec: HeadSpec = { kind: 'dense', hidden: [], dropout: 0, l2: 0 };
  const options = { ...defaultRunRequest, epochs: 6, batchSize: 16 };
  const [train, validation] = [await share(features!, 0, training), await share(features!, training, n)];
  const frozen = await finished(trainHead(spec, options, train, validation, new Job()));

  const shape = nodeShapes(net, side).get(cut) as MapSource['shape'];
  const length = maps!.length / n;
  const source = (first: number, { labels }: Examples): MapExamples => ({
    labels,
    maps: {
      shape,
      read: (rows) => {
        const out = new Float32Array(rows.length * length);
        for (let i = 0; i < rows.length; i++) {
          const at = (first + rows[i]!) * length;
          out.set(maps!.subarray(at, at + length), i * length);
        }
        return Promise.resolve(out);
      },
    },
  });
  const weights = tailWeights(net, cut, await loadKeptWeights('resnet50', storage, base.weightsDigest));
  const trained = await finished(
    trainTail(
      spec,
      { ...options, tailLearningRate: 3e-5, warmupEpochs: 1 },
      { net, cut, weights },
      classes,
      source(0, train),
      source(training, validation),
      new Job(),
    ),
  );
  for (const { epoch, loss, valLoss, valAccuracy } of trained.history)
    console.info(
      `epoch ${epoch}: loss ${loss.toFixed(4)}, validation ${valLoss.toFixed(4)}, ${valAccuracy.toFixed(4)}`,
    );
  console.info(`${((6 * training) / (trained.trainMs / 1000)).toFixed(1)} examples/s`);
  const tail = new Tail(net, cut, trained.tail, shape);
  const logits = await tailLogits(trained.head, tail, maps!.subarray(training * length));
  tail.dispose();
  const compared = tell(
    'case 2, trained beside frozen',
    await hitsOf(logits),
    await headHits(frozen.head, validation),
  );
  expect(compared.verdict).not.toBe('worse');
}, 600_000);

test.runIf(import.meta.env.HAS_FIXTURES)(
  'case 3: VGG16’s real blocks 1 to 3 beat blocks of random weights',
  async () => {
    await useBackend('wasm');
    const real = await realBlocks();
    const random = withStandIn(new Map(), 1);
    const spec: HeadSpec = { kind: 'exact', hidden: [], dropout: 0, l2: 0 };
    const hits = async (weights: Map<string, ReturnType<typeof random.get> & object>) => {
      const base = frozenBase(nets.vgg16, {} as WeightSource, '', weights);
      const [features] = await outputs(base, [{ cut: 'block3_pool' }]);
      base.dispose();
      const [train, validation] = [await share(features!, 0, training), await share(features!, training, n)];
      const solved = await finished(solveHead(spec, defaultRunRequest, train, validation, new Job()));
      return headHits(solved.head, validation);
    };
    const low = new Map([...random].filter(([name]) => real.has(name)));
    const compared = tell('case 3, real beside random', await hits(real), await hits(low));
    expect(compared.verdict).toBe('better');
    expect(compared.pValue).toBeLessThan(0.01);
  },
  600_000,
);
