import { expect, it } from 'vitest';
import { pageTitle } from './page-title';
import { idleLane } from './state.test-helper';

const progress = (done: number) => ({
  done,
  total: 400,
  unit: 'images' as const,
  perSecond: null,
  secondsLeft: null,
});
const extracting = { ...idleLane, phase: 'extract' as const, progress: { extract: progress(170) } };

it('says how far the base that works has come', () => {
  expect(pageTitle({ lanes: [] })).toBe('Headway');
  expect(pageTitle({ lanes: [extracting] })).toBe('42% ResNet50 – Headway');
  expect(pageTitle({ lanes: [{ ...extracting, progress: {} }] })).toBe('ResNet50 – Headway');
  expect(pageTitle({ lanes: [{ ...extracting, phase: 'done' }] })).toBe('Headway');
});

it('passes over lanes that wait or pause', () => {
  const waiting = { ...idleLane, base: 'vgg16' as const };
  expect(pageTitle({ lanes: [waiting, extracting] })).toBe('42% ResNet50 – Headway');
  expect(pageTitle({ lanes: [{ ...extracting, paused: true }, waiting] })).toBe('Paused – Headway');
});
