import { describe, expect, test } from 'vitest';
import type { CaseAdvice } from '../engine/analysis/advice';
import { defaultAugmentation } from '../engine/data/augment';
import { baseIds } from '../engine/nets';
import { defaultRunRequest, type RunRequest } from '../engine/run';
import { adviceSubject, caseOfSettings, casePatch, casesText, cutCases, isSetFor } from './cut-cases';
import { baseText } from './cut-name';
import { costStats, parts } from './cut-stats';
import { cutCost, tailObstacle, tailPatch } from './cut-view';
import { fields } from './request-fields';
import { emptyState, twoClasses } from './state.test-helper';

const asked = (patch: Partial<RunRequest>): RunRequest => ({ ...defaultRunRequest, ...patch });

describe('the four cases', () => {
  const advice = { base: 'vgg16', cut: 'block2_pool' } as CaseAdvice;

  test.each(baseIds)('of %s: each that can be set is what it is called', (base) => {
    for (const { number } of cutCases()) {
      const request = asked({ bases: [base] });
      const after = { ...request, ...casePatch(request, base, number) };
      expect(caseOfSettings(after, base)).toBe(number);
      expect(isSetFor(after, base, number, null)).toBe(true);
      expect(tailObstacle(after)).toBe('');
    }
  });

  test('of several bases: those of one case are named together', () => {
    const request = asked({ bases: ['vgg16', 'resnet50'] });
    expect(casesText(request)).toBe('VGG16 and ResNet50: Few images, similar');
    const early = { ...request, ...casePatch(request, 'vgg16', 3) };
    expect(casesText(early)).toBe('VGG16: Few images, different · ResNet50: Few images, similar');
  });

  test('case 4 freezes and stores nothing, and changes pictures every epoch', () => {
    const request = asked({});
    const whole = { ...request, ...casePatch(request, 'resnet50', 4) };
    expect(whole).toMatchObject({
      cuts: { resnet50: 'input' },
      tail: 'train',
      augmentation: { flip: true, crop: 0.2, colour: 0.2 },
    });
    const state = { ...emptyState, dataset: twoClasses, request: whole };
    expect(cutCost(state, 'resnet50')).toMatchObject({ frozen: 0, storedBytes: 0, features: 2048 });
    expect(parts(state, 'resnet50').map(({ part }) => part)).toEqual(['trained']);
    expect(costStats(state, 'resnet50').map(({ label }) => label)).not.toContain('Frozen part, once');
    expect(baseText('resnet50', whole)).toBe('ResNet50, all of it trained');
    // What is above the input is everything: removed, nothing would be left.
    expect({ ...whole, ...tailPatch(whole, 'remove') }).toMatchObject({ cuts: {}, tail: 'remove' });
  });

  test('copies cost room and extraction once more for each training image', () => {
    const once = { ...emptyState, dataset: twoClasses, request: asked({ validationShare: 0.5 }) };
    const thrice = { ...once, request: { ...once.request, ...fields.copies.patch(3, once.request) } };
    expect(thrice.request.augmentation).toEqual(defaultAugmentation);
    const [before, after] = [cutCost(once, 'resnet50'), cutCost(thrice, 'resnet50')];
    expect(after.copies).toBe(before.images);
    expect(after.storedBytes).toBe(2 * before.storedBytes);
  });

  test('case 3 cuts where the advice found the best features of that base', () => {
    expect(casePatch(asked({}), 'vgg16', 3, advice)).toEqual({
      cuts: { vgg16: 'block2_pool' },
      tail: 'remove',
    });
    expect(casePatch(asked({}), 'resnet50', 3, advice).cuts).toEqual({ resnet50: 'conv3_block4_out' });
    const set = asked({ bases: ['vgg16'], cuts: { vgg16: 'block2_pool' } });
    expect(isSetFor(set, 'vgg16', 3, advice)).toBe(true);
    expect(isSetFor(set, 'vgg16', 1, advice)).toBe(false);
    expect(isSetFor({ ...set, bases: ['resnet50'] }, 'vgg16', 3, advice)).toBe(false);
  });

  test('advice is about images and their split, not about the cut', () => {
    const about = (patch: Partial<RunRequest>) => adviceSubject({ ...emptyState, request: asked(patch) });
    expect(about({ cuts: { resnet50: 'conv4_block6_out' } })).toBe(about({}));
    expect(about({ seed: 7 })).not.toBe(about({}));
  });
});
