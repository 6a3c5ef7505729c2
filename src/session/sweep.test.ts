import { expect, test } from 'vitest';
import { defaultRunRequest, type RunRequest } from '../engine/run';
import { sweepCuts } from './sweep';

test('a base runs at each cut in turn; what is above is removed, whatever the form says', async () => {
  const asked: RunRequest[] = [];
  let going = 0;
  const run = async (request: RunRequest) => {
    expect(++going).toBe(1);
    asked.push(request);
    await new Promise((resolve) => setTimeout(resolve, 1));
    going--;
    return [];
  };
  const request: RunRequest = {
    ...defaultRunRequest,
    bases: ['vgg16', 'resnet50'],
    tail: 'train',
    epochs: 3,
  };
  await sweepCuts({ run }, request, 'resnet50', ['conv1_relu', 'avg_pool']);
  expect(asked.map(({ bases, cuts, tail, epochs }) => ({ bases, cuts, tail, epochs }))).toEqual([
    { bases: ['resnet50'], cuts: { resnet50: 'conv1_relu' }, tail: 'remove', epochs: 3 },
    { bases: ['resnet50'], cuts: {}, tail: 'remove', epochs: 3 },
  ]);
});

test('the first run that fails or is cancelled ends the series', async () => {
  let runs = 0;
  const run = () => {
    runs++;
    return Promise.reject(new Error('cancelled'));
  };
  await expect(sweepCuts({ run }, defaultRunRequest, 'resnet50', ['conv1_relu', 'avg_pool'])).rejects.toThrow(
    'cancelled',
  );
  expect(runs).toBe(1);
});
