/** The article's second to fourth case on real images and real weights, beside what they have to beat. */
import { useBackend } from '../backend/use';
import { loadBase, loadKeptWeights } from '../bases/base';
import { frozenBase, type FrozenBase } from '../bases/frozen-base';
import type { CutOutput } from '../bases/runner';
import { cifar10, mirroredCdn } from '../bases/real-images.test-helper';
import type { WeightSource } from '../bases/sources';
import type { FrozenWeights } from '../bases/tensors';
import { Job } from '../job';
import { defaultAugmentation, type Augmentation } from '../data/augment';
import { nets } from '../nets';
import { inputCut, type Net } from '../nets/graph';
import { convShapes, nodeShapes } from '../nets/shapes';
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
import type { TailOptions } from './tail-options';
import { pictures, type MapExamples, type MapSource } from './tail-source';
import { Tail, tailWeights } from './tail-weights';
import { trainHead } from './train';

const classes = 10;

/** CIFAR-10's test images from the first: `training` train, the next `held` judge. */
export interface Sizes {
  /** In pixels. */
  readonly side: number;
  readonly training: number;
  readonly held: number;
}

/** Images of one size, and what bases make of them. */
class Cases {
  readonly #images: ReturnType<typeof cifar10>;

  constructor(readonly sizes: Sizes) {
    this.#images = cifar10(0, this.n);
  }

  get n(): number {
    return this.sizes.training + this.sizes.held;
  }

  /** Everything of all images at some cuts of a base, one array a cut. */
  async outputs(base: FrozenBase, wanted: readonly CutOutput[]): Promise<Float32Array[]> {
    const { side } = this.sizes;
    const squares = await (await this.#images).at(side);
    const length = side * side * 3;
    const parts: Float32Array[][] = [];
    for (let from = 0; from < this.n; from += 50) {
      const to = Math.min(from + 50, this.n);
      parts.push(await base.outputs(squares.subarray(from * length, to * length), to - from, wanted));
    }
    return wanted.map((_, i) => joined(parts.map((part) => part[i]!)));
  }

  /** As `shares`, of the pictures themselves. */
  async pictures(net: Net, augmentation: Augmentation): Promise<MapExamples[]> {
    const { side, training } = this.sizes;
    const images = await this.#images;
    const all = await images.at(side);
    const length = side * side * 3;
    const squares = (ids: readonly string[]) =>
      Promise.resolve(
        Uint8Array.from(
          ids.flatMap((id) => [...all.subarray(Number(id) * length, (Number(id) + 1) * length)]),
        ),
      );
    const ids = Array.from({ length: this.n }, (_, i) => String(i));
    return [ids.slice(0, training), ids.slice(training)].map((some) => ({
      labels: Uint16Array.from(some, (id) => images.classes[Number(id)]!),
      maps: pictures(net, side, some, squares, { augmentation, seed: defaultRunRequest.seed }),
    }));
  }

  /** Those that train, and those that judge. */
  async shares(features: Float32Array): Promise<[train: Examples, validation: Examples]> {
    const { training } = this.sizes;
    const width = features.length / this.n;
    const labels = Uint16Array.from((await this.#images).classes);
    const share = (from: number, to: number): Examples => ({
      features: features.subarray(from * width, to * width),
      labels: labels.subarray(from, to),
      classes,
    });
    return [share(0, training), share(training, this.n)];
  }

  async hits(logits: Float32Array): Promise<Uint8Array> {
    const labels = (await this.#images).classes.slice(this.sizes.training);
    const predicted = predictedClasses(logits, classes);
    return Uint8Array.from(labels, (label, i) => (predicted[i] === label ? 1 : 0));
  }

  async headHits(head: TrainedHead, { features }: Examples): Promise<Uint8Array> {
    return this.hits(await allLogits(head, features, new Pace(new Job())));
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

async function finished<T>(epochs: AsyncGenerator<EpochMetrics, T, undefined>): Promise<T> {
  for (;;) {
    const next = await epochs.next();
    if (next.done === true) return next.value;
  }
}

function tellHistory(history: readonly EpochMetrics[]): void {
  for (const { epoch, loss, valLoss, valAccuracy } of history)
    console.info(
      `epoch ${epoch}: loss ${loss.toFixed(4)}, validation ${valLoss.toFixed(4)}, ${valAccuracy.toFixed(4)}`,
    );
}

function tell(title: string, a: Uint8Array, b: Uint8Array) {
  const compared = comparePaired(a, b, 1);
  const share = (hits: Uint8Array) => (hits.reduce((sum, hit) => sum + hit, 0) / hits.length).toFixed(4);
  const { low, high } = compared.interval;
  console.info(
    `${title}: ${share(a)} beside ${share(b)}, difference ${compared.difference.toFixed(4)} ` +
      `(${low.toFixed(4)} … ${high.toFixed(4)}), McNemar p ${compared.pValue.toExponential(2)}: ${compared.verdict}`,
  );
  return compared;
}

/** Case 2: ResNet50's stages above a cut, trained with a softmax head, beside the same head on the frozen bottleneck. */
export async function trainedBesideFrozen(sizes: Sizes, cut: string, epochs: number) {
  await useBackend('wasm');
  const cases = new Cases(sizes);
  const net = nets.resnet50;
  const storage = openStorage('cases');
  const base = await loadBase('resnet50', storage, { control: new Job(), fetch: mirroredCdn });
  const [maps, features] = await cases.outputs(base, [{ cut, form: 'map' }, { cut: 'avg_pool' }]);
  base.dispose();
  const spec: HeadSpec = { kind: 'dense', hidden: [], dropout: 0, l2: 0 };
  const options = { ...defaultRunRequest, epochs, batchSize: 16 };
  const [train, validation] = await cases.shares(features!);
  const frozen = await finished(trainHead(spec, options, train, validation, new Job()));

  const shape = nodeShapes(net, sizes.side).get(cut) as MapSource['shape'];
  const length = maps!.length / cases.n;
  const source = (first: number, { labels }: Examples): MapExamples => ({
    labels,
    maps: {
      shape,
      read: (rows) =>
        Promise.resolve(
          joined(
            Array.from(rows, (row) => maps!.subarray((first + row) * length, (first + row + 1) * length)),
          ),
        ),
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
      source(sizes.training, validation),
      new Job(),
    ),
  );
  tellHistory(trained.history);
  console.info(`${((epochs * sizes.training) / (trained.trainMs / 1000)).toFixed(1)} examples/s`);
  const tail = new Tail(net, cut, trained.tail, shape);
  const logits = await tailLogits(trained.head, tail, maps!.subarray(sizes.training * length));
  tail.dispose();
  const compared = tell(
    'case 2, trained beside frozen',
    await cases.hits(logits),
    await cases.headHits(frozen.head, validation),
  );
  return { compared, losses: { trained: trained.history.at(-1)!.loss, frozen: frozen.history.at(-1)!.loss } };
}

/** Case 3: VGG16's real blocks 1 to 3, pooled, under the exact head, beside blocks of random weights. */
export async function realBesideRandom(sizes: Sizes) {
  await useBackend('wasm');
  const cases = new Cases(sizes);
  const real = await realBlocks();
  // Whatever stands for the blocks above is not used, and drawing it would take most of the time.
  const [unused] = real.values();
  const above = convShapes(nets.vgg16).filter(({ name }) => !real.has(name));
  const random = withStandIn(new Map(above.map(({ name }) => [name, unused!])), 1);
  const spec: HeadSpec = { kind: 'exact', hidden: [], dropout: 0, l2: 0 };
  // Our own kernels want the weights of a whole net.
  const hits = async (weights: FrozenWeights) => {
    const base = await frozenBase(nets.vgg16, {} as WeightSource, '', weights, 'tfjs');
    const [features] = await cases.outputs(base, [{ cut: 'block3_pool' }]);
    base.dispose();
    const [train, validation] = await cases.shares(features!);
    const solved = await finished(solveHead(spec, defaultRunRequest, train, validation, new Job()));
    return cases.headHits(solved.head, validation);
  };
  const low = new Map([...random].filter(([name]) => real.has(name)));
  return tell('case 3, real beside random', await hits(real), await hits(low));
}

/** Case 4: all of ResNet50, trained from its pretrained weights on pictures that change every epoch. */
export async function wholeTrained(sizes: Sizes, patch: Partial<TailOptions>) {
  await useBackend('wasm');
  const cases = new Cases(sizes);
  const net = nets.resnet50;
  const storage = openStorage('cases');
  const base = await loadBase('resnet50', storage, {
    control: new Job(),
    fetch: mirroredCdn,
  });
  base.dispose();
  const weights = tailWeights(net, inputCut, await loadKeptWeights('resnet50', storage, base.weightsDigest));
  const [train, validation] = await cases.pictures(net, defaultAugmentation);
  const trained = await finished(
    trainTail(
      { kind: 'dense', hidden: [], dropout: 0, l2: 0 },
      { ...defaultRunRequest, batchSize: 16, tailLearningRate: 1e-4, warmupEpochs: 1, ...patch },
      { net, cut: inputCut, weights },
      classes,
      train!,
      validation!,
      new Job(),
    ),
  );
  tellHistory(trained.history);
  const seen = trained.history.length * sizes.training;
  console.info(`${(seen / (trained.trainMs / 1000)).toFixed(1)} examples/s`);
  return trained;
}
