/** ResNet50's real weights on real images: what they show is similar to ImageNet, how noisy they are is not. */
import { beforeAll, expect, test } from 'vitest';
import { useBackend } from '../backend/use';
import { loadBase, type FrozenBase } from '../bases/base';
import { cifar10, mirroredCdn } from '../bases/real-images.test-helper';
import { Job } from '../job';
import { nets } from '../nets';
import { Random } from '../random';
import { openStorage } from '../storage';
import { adviseCase, probedCuts, type CaseAdvice } from './advice';
import { probeCuts, type CutExamples } from './probe-cuts';

const n = 200;
const side = 96;
let base: FrozenBase;
let squares: Uint8Array;
let shown: number[];

beforeAll(async () => {
  await useBackend('wasm');
  base = await loadBase('resnet50', openStorage('advice'), { control: new Job(), fetch: mirroredCdn });
  const images = await cifar10(0, n);
  [squares, shown] = [await images.at(side), images.classes];
  return () => base.dispose();
});

async function advise(pixels: Uint8Array, labels: readonly number[]): Promise<CaseAdvice> {
  const cuts = probedCuts(nets.resnet50);
  const classes = Math.max(...labels) + 1;
  const length = side * side * 3;
  const parts: Float32Array[][] = [];
  for (let from = 0; from < n; from += 20)
    parts.push(
      await base.outputs(
        pixels.subarray(from * length, (from + 20) * length),
        20,
        cuts.map((cut) => ({ cut })),
      ),
    );
  const examples = cuts.map((cut, i): CutExamples => {
    const features = Float32Array.from(parts.flatMap((part) => [...part[i]!]));
    return { cut, features, labels: Uint16Array.from(labels), classes };
  });
  const { measured, folds } = await probeCuts(examples, [], 1, new Job(), () => undefined);
  const perClass = Array.from({ length: classes }, (_, c) => labels.filter((label) => label === c).length);
  const advice = adviseCase(
    { base: 'resnet50', weightsDigest: base.weightsDigest, perClass, folds },
    measured,
  );
  for (const { cut, accuracy, l2, besideLast } of advice.probes)
    console.info(`${cut}: ${accuracy} (l2 ${l2}), p ${besideLast?.pValue ?? 1}`);
  console.info(advice.sentence);
  console.info(advice.evidence);
  return advice;
}

test('what CIFAR-10’s images show is similar', async () => {
  const advice = await advise(squares, shown);
  expect(advice).toMatchObject({ fits: 1, isSimilar: true, cut: 'avg_pool' });
});

/** The same pictures with noise of one of three strengths, in grey levels: what they show no longer matters. */
test('how noisy the same images are is different', async () => {
  const random = new Random(1, 'noise');
  const strengths = [2, 3, 4.5];
  const length = side * side * 3;
  const noisy = squares.map((value, i) => {
    const strength = strengths[Math.floor(i / length) % 3]!;
    return Math.max(0, Math.min(255, Math.round(value + strength * random.normal())));
  });
  const advice = await advise(
    noisy,
    shown.map((_, i) => i % 3),
  );
  expect(advice).toMatchObject({ fits: 3, isSimilar: false });
});
