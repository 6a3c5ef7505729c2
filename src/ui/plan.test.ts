import { describe, expect, it } from 'vitest';
import type { Finding } from '../engine/audit/finding';
import type { CostEstimate } from '../session/state';
import { headText, obstacle, parseHidden, plan, problems, settingsText } from './plan';
import { emptyState, idleLane, someWeights, twoClasses } from './state.test-helper';

const ready = { ...emptyState, dataset: twoClasses };
const estimate: CostEstimate = {
  base: 'resnet50',
  weights: someWeights,
  downloaded: false,
  images: 400,
  cached: 0,
  imagesPerSecond: null,
  seconds: null,
};

describe('what Run waits for', () => {
  it('asks for images, then for a second class', () => {
    expect(obstacle(emptyState)).toBe('Add images first.');
    const dataset = { ...twoClasses, classes: twoClasses.classes.slice(1) };
    expect(obstacle({ ...emptyState, dataset })).toContain('second class');
    expect(obstacle(ready)).toBe('');
  });
  it('asks for a base, and to let a run or an import end', () => {
    expect(obstacle({ ...ready, request: { ...ready.request, bases: [] } })).toContain('base');
    expect(obstacle({ ...ready, lanes: [idleLane] })).toContain('going on');
    expect(obstacle({ ...ready, lanes: [{ ...idleLane, phase: 'interrupted' }] })).toBe('');
    const importing = { done: 0, total: 1, unit: 'images' as const, perSecond: null, secondsLeft: null };
    expect(obstacle({ ...ready, dataset: { ...twoClasses, importing } })).toContain('imported');
  });
});

it('waits for a split that can be made, not for what only makes results worse', () => {
  const found = (code: Finding['code'], severity: Finding['severity']): Finding => ({
    ...{ code, severity, message: 'What.', advice: 'Do this.', images: [], remedies: [] },
  });
  const audited = (stale: boolean, ...findings: Finding[]) => ({
    ...ready,
    audit: { findings, images: 4, stale },
  });
  const impossible = found('split-impossible', 'error');
  const leak = found('copies-across-shares', 'error');
  expect(obstacle(audited(false, impossible))).toBe('Do this.');
  expect(obstacle(audited(true, impossible))).toBe('');
  expect(obstacle(audited(false, leak))).toBe('');
  expect(problems(audited(false, leak, found('few-images', 'warning')))).toEqual([leak]);
});

describe('what Run will do', () => {
  it('names download, extraction and training', () => {
    expect(plan({ ...ready, estimates: { resnet50: estimate } })).toBe(
      'Download 94.5 MB, extract 400 images with ResNet50, then train 10 epochs.',
    );
  });
  it('leaves out what is there already', () => {
    const there = { ...estimate, downloaded: true, cached: 400, seconds: 0 };
    expect(plan({ ...ready, estimates: { resnet50: there } })).toBe('Train 10 epochs.');
  });
  it('says how long extraction takes once that was measured, and what early stopping means', () => {
    const measured = { ...estimate, downloaded: true, cached: 100, imagesPerSecond: 10, seconds: 30 };
    const request = { ...ready.request, earlyStopping: { patience: 3 } };
    expect(plan({ ...ready, request, estimates: { resnet50: measured } })).toBe(
      'Extract 300 images with ResNet50, then train up to 10 epochs. Extraction takes about 30 s.',
    );
  });
  it('counts on the data set where there is no estimate yet', () => {
    const request = { ...ready.request, bases: ['resnet50', 'vgg16'] as const };
    expect(plan({ ...ready, request })).toBe(
      'Extract 4 images with each of ResNet50 and VGG16, then train 10 epochs.',
    );
  });
});

it('names a head and its settings', () => {
  expect(headText({ kind: 'dense', hidden: [512, 128], dropout: 0, l2: 0 })).toBe(
    'Dense 512 + 128 + softmax',
  );
  expect(headText({ kind: 'dense', hidden: [], dropout: 0, l2: 0 })).toBe('Plain softmax');
  expect(settingsText(emptyState.request)).toBe(
    'Dense 512 + softmax, Adam 0.001, 10 epochs, batch 128, stretch to fit, seed 42',
  );
});

it('tells of the exact head only what matters to it', () => {
  const head = { kind: 'exact', hidden: [], dropout: 0, l2: 0 } as const;
  const request = { ...emptyState.request, head };
  expect(settingsText(request)).toBe('Exact linear, L2 by cross-validation, stretch to fit, seed 42');
  expect(settingsText({ ...request, head: { ...head, l2: 0.01 } })).toContain('L2 0.01');
  expect(plan({ ...ready, request })).toMatch(/then solve the exact linear head\.$/);
});

it('reads hidden layers as people write them, and says what is wrong', () => {
  expect(parseHidden('512, 128')).toEqual([512, 128]);
  expect(parseHidden(' 64 32;16 ')).toEqual([64, 32, 16]);
  for (const bad of ['', 'many', '0', '1.5', '-3', '99999', '1,1,1,1,1,1,1,1,1'])
    expect(parseHidden(bad), bad).toBeTypeOf('string');
});
