import { expect, it } from 'vitest';
import type { CostEstimate } from '../session/state';
import { emptyState, someWeights } from './state.test-helper';
import { costSum, costText, precisionText } from './weights-view';

const estimate = (base: CostEstimate['base'], patch: Partial<CostEstimate> = {}): CostEstimate => ({
  base,
  weights: someWeights,
  downloaded: false,
  images: 400,
  cached: 0,
  imagesPerSecond: 10,
  seconds: 40,
  ...patch,
});
const request = { ...emptyState.request, bases: ['vgg16', 'resnet50'] as const };

it('adds up what the chosen bases cost', () => {
  const estimates = {
    'inception-v3': estimate('inception-v3'),
    vgg16: estimate('vgg16'),
    resnet50: estimate('resnet50', { downloaded: true }),
  };
  const sum = costSum({ request, estimates });
  expect(sum).toMatchObject({ downloadBytes: 94_500_000, seconds: 80, unmeasured: [] });
  expect(costText(sum, 400)).toBe(
    'VGG16 and ResNet50 together: 94.5 MB to download, about 1 min 20 s of extraction.',
  );
});

it('gives no time that it does not know', () => {
  const estimates = {
    vgg16: estimate('vgg16', { seconds: null, imagesPerSecond: null }),
    resnet50: estimate('resnet50'),
  };
  const sum = costSum({ request, estimates });
  expect(sum.seconds).toBeNull();
  expect(costText(sum, 400)).toContain('not measured yet for VGG16');
  // Bases whose every bottleneck is stored need no speed.
  const stored = { ...estimates, vgg16: { ...estimates.vgg16, cached: 400 } };
  expect(costSum({ request, estimates: stored }).seconds).toBe(40);
});

it('says nothing of a sum of one', () => {
  const one = { ...request, bases: ['vgg16'] as const };
  expect(costText(costSum({ request: one, estimates: { vgg16: estimate('vgg16') } }), 400)).toBe('');
});

it('says what a stored precision means', () => {
  expect(precisionText('float32')).toBe('float32, as trained');
  expect(precisionText('uint8')).toMatch(/^uint8: 8 bits/);
});
