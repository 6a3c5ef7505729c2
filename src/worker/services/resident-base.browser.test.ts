import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { useBackend } from '../../engine/backend/use';
import * as bases from '../../engine/bases/base';
import { cifar10 } from '../../engine/bases/real-images.test-helper';
import { keepTuned, type TunedBase } from '../../engine/bases/tuned.test-helper';
import type { BaseRequest } from '../../engine/run';
import { openStorage } from '../../engine/storage';
import { lookAt } from './looking';
import { ResidentBase } from './resident-base';

vi.mock('../../engine/bases/base', { spy: true });

const storage = openStorage('resident');
const request: BaseRequest = { base: 'resnet50', backend: 'wasm', resize: 'stretch' };
let one: TunedBase;
let two: TunedBase;
let square: Uint8Array;

beforeAll(async () => {
  await useBackend('wasm');
  one = await keepTuned(storage, 1);
  two = await keepTuned(storage, 2);
  square = await (await cifar10(0, 1)).at(224);
});
afterEach(() => vi.mocked(bases.loadKeptBase).mockClear());

const loads = () => vi.mocked(bases.loadKeptBase).mock.calls.map(([, , digest]) => digest);
const vectorOf = (resident: ResidentBase, digest: string) =>
  resident.withWeights({ ...request, weightsDigest: digest }, async (base) => {
    const look = await lookAt(base, request, square);
    return { digest: base.weightsDigest, vector: look.vector };
  });

test('a run’s own base is loaded once, gives its own features, and goes when another takes its place', async () => {
  const none = tf.memory().numTensors;
  const resident = new ResidentBase(storage);
  await resident.get(request);
  const alone = tf.memory().numTensors;
  const first = await vectorOf(resident, one.digest);
  const both = tf.memory().numTensors;
  expect(both).toBe(none + 2 * (alone - none));
  expect((await vectorOf(resident, one.digest)).vector).toEqual(first.vector);
  const plain = await vectorOf(resident, one.before);
  expect(loads()).toEqual([one.digest]);
  expect([first.digest, plain.digest]).toEqual([one.digest, one.before]);
  expect(first.vector).not.toEqual(plain.vector);

  // Asked for at the same time, they take turns: there are never three.
  let most = 0;
  const watched = [two, one, two].map(({ digest }) =>
    resident.withWeights({ ...request, weightsDigest: digest }, async (base) => {
      most = Math.max(most, tf.memory().numTensors);
      await new Promise((resolve) => setTimeout(resolve, 10));
      const { vector } = await lookAt(base, request, square);
      return { digest: base.weightsDigest, vector };
    }),
  );
  const seen = await Promise.all(watched);
  expect(seen.map(({ digest }) => digest)).toEqual([two.digest, one.digest, two.digest]);
  expect(seen[1]!.vector).toEqual(first.vector);
  expect(seen[0]!.vector).not.toEqual(first.vector);
  expect(most).toBe(both);

  await resident.dropOther();
  expect(tf.memory().numTensors).toBe(alone);
  await vectorOf(resident, one.digest);
  await resident.drop();
  expect(tf.memory().numTensors).toBe(none);
});

test('weights that are gone fail alone: the next ones are loaded', async () => {
  const resident = new ResidentBase(storage);
  const gone = vectorOf(resident, 'f'.repeat(64));
  const next = vectorOf(resident, two.digest);
  await expect(gone).rejects.toMatchObject({ code: 'weights-incompatible' });
  expect((await next).digest).toBe(two.digest);
  await resident.drop();
});
