import { describe, expect, it } from 'vitest';
import { scenes } from '../../e2e/gallery/scenes';
import { nextStep } from './next-step';

describe('nextStep', () => {
  it('is nothing while the step itself says what is missing', () => {
    expect(nextStep(scenes.empty(), null)).toBeNull();
    expect(nextStep(scenes['one-class'](), null)).toBeNull();
  });

  it('is the run, with what it will do', () => {
    expect(nextStep(scenes.ready(), null)).toEqual({
      kind: 'start',
      step: 'run',
      text: 'Download 94.5 MB, extract 400 images with ResNet50, then train 10 epochs. Extraction takes about 35 s.',
      action: 'Run now',
    });
  });

  it('is to watch a run that goes on', () => {
    expect(nextStep(scenes.running(), null)).toMatchObject({
      kind: 'watch',
      text: 'ResNet50: extracting, 53%',
    });
  });

  it('is to look at a result once, then the next run', () => {
    const state = scenes.finished();
    expect(nextStep(state, null)).toMatchObject({
      kind: 'look',
      step: 'results',
      text: 'ResNet50, Plain softmax: 85.7% of the validation images are right',
    });
    expect(nextStep(state, 'run-1')).toMatchObject({ kind: 'start', text: 'Train 10 epochs.' });
  });
});
