import { afterAll, expect, test } from 'vitest';
import type { BackendId } from '../backend/backend';
import { probeBackends } from '../backend/probe';
import { useBackend } from '../backend/use';
import { run } from '../heads/tail.test-helper';
import type { EpochMetrics } from '../run';
import { gradientsOf, relativeDifference, smallNets } from './gradients.test-helper';

/** The cpu backend's, which agree with finite differences (`gradients.test.ts`). */
const reference = new Map<string, Map<string, Float32Array>>();

test.each<BackendId>(['wasm', 'webgl', 'webgpu'])('%s has the gradients of the cpu backend', async (id) => {
  const { available } = await probeBackends();
  if (!available.includes(id)) {
    console.info(`${id} is not here: its gradients stay unchecked`);
    return;
  }
  if (reference.size === 0) {
    await useBackend('cpu');
    for (const [title, make] of Object.entries(smallNets)) reference.set(title, await gradientsOf(make()));
  }
  await useBackend(id);
  let worst = 0;
  for (const [title, make] of Object.entries(smallNets))
    for (const [key, gradient] of await gradientsOf(make())) {
      const difference = relativeDifference(gradient, reference.get(title)!.get(key)!);
      expect(difference, `${title}: ${key}`).toBeLessThan(1e-4);
      worst = Math.max(worst, difference);
    }
  console.info(`${id}: largest difference ${worst.toExponential(1)} of the largest gradient`);
});

/** Epochs of the small net above a cut. */
let trained: readonly EpochMetrics[] = [];

test.each<BackendId>(['wasm', 'webgl', 'webgpu'])('%s trains a tail as the cpu backend does', async (id) => {
  const { available } = await probeBackends();
  if (!available.includes(id)) {
    console.info(`${id} is not here: training on it stays unchecked`);
    return;
  }
  const few = { epochs: 3, batchSize: 45 };
  if (trained.length === 0) {
    await useBackend('cpu');
    trained = (await run(few)).history;
    // The tail has learned, or nothing is compared but heads.
    expect((await run({ ...few, tailLearningRate: 0 })).history).not.toEqual(trained);
  }
  await useBackend(id);
  const { history } = await run(few);
  for (const [i, { loss, valLoss }] of history.entries()) {
    expect(loss).toBeCloseTo(trained[i]!.loss, 4);
    expect(valLoss).toBeCloseTo(trained[i]!.valLoss, 4);
  }
});

afterAll(async () => {
  await useBackend('wasm');
});
