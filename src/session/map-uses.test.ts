import { expect, it } from 'vitest';
import { defaultRunRequest, type RunRequest, type RunResult } from '../engine/run';
import { mapUses } from './map-uses';
import { newLane } from './reducer';

const trained: RunRequest = { ...defaultRunRequest, tail: 'train', cuts: { resnet50: 'conv4_block6_out' } };
const result = (request: RunRequest): RunResult => ({ base: 'resnet50', request }) as unknown as RunResult;
const at = (cut: string) => ({ base: 'resnet50', resize: 'stretch', cut });

it('names the maps of runs that trained a tail, and of no others', () => {
  expect(mapUses([result(trained), result({ ...trained, tail: 'remove' })], [], null)).toEqual([
    at('conv4_block6_out'),
  ]);
  expect(mapUses([result(defaultRunRequest)], [], defaultRunRequest)).toEqual([]);
});

it('names those of a run that goes on, or can be gone on with, until it is done', () => {
  const current: RunRequest = { ...trained, cuts: { resnet50: 'conv5_block2_out' } };
  for (const phase of ['train', 'failed', 'cancelled', 'interrupted'] as const)
    expect(mapUses([], [{ ...newLane('resnet50'), phase }], current)).toEqual([at('conv5_block2_out')]);
  expect(mapUses([], [{ ...newLane('resnet50'), phase: 'done' }], current)).toEqual([]);
});
