import { expect, test } from 'vitest';
import { nets } from '../nets';
import { adviceThresholds, adviseCase, caseOf, probedCuts, stratifiedSample } from './advice';

const few = { base: 'resnet50', weightsDigest: 'ab', perClass: [200, 150, 250], folds: 5 } as const;
const many = { ...few, perClass: [1000, 1200, 900] };

/** Right for the first `correct` of 400 images, moved on by `from`. */
const cutWith = (cut: string, correct: number, from = 0) => ({
  cut,
  width: 64,
  l2: 0.1,
  hits: Uint8Array.from({ length: 400 }, (_, i) => (i >= from && i < from + correct ? 1 : 0)),
});
const rising = [cutWith('low', 200), cutWith('middle', 280), cutWith('last', 360)];
const falling = [cutWith('low', 300), cutWith('middle', 360), cutWith('last', 280)];

test('one cut for each size of map, and the bottleneck instead of the last map', () => {
  expect(probedCuts(nets.resnet50)).toEqual([
    'conv1_relu',
    'conv2_block3_out',
    'conv3_block4_out',
    'conv4_block6_out',
    'avg_pool',
  ]);
  expect(probedCuts(nets.vgg16)).toEqual([...[1, 2, 3, 4].map((i) => `block${i}_pool`), 'avg_pool']);
  expect(probedCuts(nets['inception-v3'])).toEqual(['max_pooling2d', 'mixed2', 'mixed7', 'avg_pool']);
});

test('the four cases, from images a class and from where the probe does best', () => {
  expect(adviseCase(few, rising)).toMatchObject({ fits: 1, isLarge: false, isSimilar: true, cut: 'last' });
  expect(adviseCase(many, rising)).toMatchObject({ fits: 2, isLarge: true, isSimilar: true });
  expect(adviseCase(few, falling)).toMatchObject({ fits: 3, isSimilar: false, cut: 'middle' });
  expect(adviseCase(many, falling)).toMatchObject({ fits: 4, trainImages: 3100, smallestClass: 900 });
  expect(caseOf(true, false)).toBe(4);
});

test('the evidence: accuracies with intervals, and each cut beside the last', () => {
  const { probes, probed, imagesPerClass, thresholds } = adviseCase(few, falling);
  expect({ probed, imagesPerClass, thresholds }).toEqual({
    probed: 400,
    imagesPerClass: 200,
    thresholds: adviceThresholds,
  });
  expect(probes.map(({ accuracy }) => accuracy)).toEqual([0.75, 0.9, 0.7]);
  // SciPy 1.17: binomtest(360, 400).proportion_ci(method='wilson')
  expect(probes[1]!.interval.low).toBeCloseTo(0.866689, 6);
  expect(probes[1]!.interval.high).toBeCloseTo(0.925701, 6);
  expect(probes[2]!.besideLast).toBeNull();
  // Twenty images, all for the lower cut: 2 · 0.5^20.
  expect(probes[0]!.besideLast).toMatchObject({ difference: 0.05, isBetter: true });
  expect(probes[0]!.besideLast!.pValue).toBeCloseTo(2 * 0.5 ** 20, 12);
});

test('a lead that may be luck leaves the images similar', () => {
  // 210 against 190 of the images on which they differ: SciPy 1.17, binomtest(190, 400).pvalue.
  const lucky = adviseCase(few, [cutWith('low', 210, 190), cutWith('last', 190)]);
  expect(lucky.probes[0]!.besideLast).toMatchObject({ isBetter: false });
  expect(lucky.probes[0]!.besideLast!.pValue).toBeCloseTo(0.342122, 6);
  expect(lucky.fits).toBe(1);
  // Six images, all for the lower cut: p = 0.031, which is enough against one cut and too much against two.
  const six = [cutWith('low', 206), cutWith('last', 200)];
  expect(adviseCase(few, six).fits).toBe(3);
  expect(adviseCase(few, [cutWith('lower', 100), ...six]).fits).toBe(1);
});

test('the words say the case, what to do, and why', () => {
  const advice = adviseCase(few, falling);
  expect(advice.sentence).toBe(
    'Case 3: few images, different from ImageNet’s. Cut the base low, remove what lies above, and train a new head ' +
      'on the features there. The best cut measured is middle.',
  );
  expect(advice.evidence).toContain(
    '200 training images a class are few (1,000 and more would count as many)',
  );
  expect(advice.evidence).toContain('90.0% at middle but only 70.0% at the last stage of ResNet50');
});

test('the sample is seeded, stratified, and leaves no class out that can be held out from', () => {
  const labels = Uint16Array.from({ length: 2003 }, (_, i) => (i < 1990 ? i % 2 : i < 2002 ? 2 : 3));
  const sample = stratifiedSample(labels, 500, 1);
  expect(sample).toEqual(stratifiedSample(labels, 500, 1));
  expect(sample).not.toEqual(stratifiedSample(labels, 500, 2));
  const counts = [0, 0, 0, 0];
  for (const row of sample) counts[labels[row]!]!++;
  expect(counts).toEqual([244, 244, 12, 0]);
  expect(new Set(sample).size).toBe(500);
  // Of 300 classes, five images each are more than 500.
  const wide = Uint16Array.from({ length: 3000 }, (_, i) => i % 300);
  expect(stratifiedSample(wide, 500, 1)).toHaveLength(1500);
  expect(stratifiedSample(Uint16Array.of(0, 1, 2), 500, 1)).toEqual([]);
});
