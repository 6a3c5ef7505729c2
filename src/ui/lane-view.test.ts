import { describe, expect, it } from 'vitest';
import type { Progress } from '../engine/job';
import type { LaneState } from '../session/state';
import { lanesSummary, announcement, laneStatus, phases, phaseView } from './lane-view';
import { idleLane } from './state.test-helper';

const progress = (done: number): Progress => ({
  done,
  total: 400,
  unit: 'images',
  perSecond: null,
  secondsLeft: null,
});
const lane = (patch: Partial<LaneState>): LaneState => ({ ...idleLane, ...patch });
const moods = (patch: Partial<LaneState>) => phases.map((phase) => phaseView(lane(patch), phase).mood);

describe('the three bars of a lane', () => {
  it('follow the phase', () => {
    expect(moods({ phase: 'waiting' })).toEqual(['waiting', 'waiting', 'waiting']);
    expect(moods({ phase: 'extract' })).toEqual(['done', 'active', 'waiting']);
    expect(moods({ phase: 'extract', paused: true })).toEqual(['done', 'still', 'waiting']);
    expect(moods({ phase: 'done' })).toEqual(['done', 'done', 'done']);
  });
  it('stop where the run ended', () => {
    const reached = { download: progress(400), extract: progress(100) };
    expect(moods({ phase: 'failed', progress: reached })).toEqual(['done', 'failed', 'waiting']);
    expect(moods({ phase: 'interrupted', progress: reached })).toEqual(['done', 'still', 'waiting']);
    expect(moods({ phase: 'cancelled' })).toEqual(['waiting', 'waiting', 'waiting']);
  });
  it('say why there was nothing to do', () => {
    expect(phaseView(lane({ phase: 'train' }), 'download').text).toBe('Kept on this machine');
    expect(phaseView(lane({ phase: 'train' }), 'extract').text).toBe('Every bottleneck was in the store');
  });
});

describe('what is announced', () => {
  const at = (done: number) => [lane({ phase: 'extract', progress: { extract: progress(done) } })];

  it('is a new state, with its result', () => {
    expect(announcement([], at(0))).toBe('ResNet50: extracting.');
    const metrics = { epoch: 1, loss: 1, accuracy: 0.8, valLoss: 1, valAccuracy: 0.75 };
    expect(announcement(at(400), [lane({ phase: 'done', history: [metrics] })])).toBe(
      'ResNet50: finished, validation accuracy 75.0%.',
    );
    expect(announcement(at(9), [{ ...at(9)[0]!, paused: true }])).toBe('ResNet50: paused.');
  });
  it('is a quarter, not every image', () => {
    expect(announcement(at(50), at(99))).toBe('');
    expect(announcement(at(99), at(100))).toBe('ResNet50: extracting, 25%.');
  });
});

it('names every state', () => {
  expect(laneStatus(lane({ phase: 'interrupted' }))).toBe('Interrupted');
  expect(laneStatus(lane({ phase: 'done', paused: true }))).toBe('Finished');
});

it('sums up several lanes', () => {
  expect(lanesSummary([idleLane])).toBe('');
  const lanes = (['done', 'failed', 'train'] as const).map((phase) => ({ ...idleLane, phase }));
  expect(lanesSummary(lanes)).toBe('1 of 3 finished, 1 failed');
});
