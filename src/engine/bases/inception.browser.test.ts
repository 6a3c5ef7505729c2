/** A quantised base from a single tflite file goes the same way as the others. */
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { useBackend } from '../backend/use';
import { Job } from '../job';
import { openStorage } from '../storage';
import { loadBase } from './base';
import { cifar10, mirroredCdn } from './real-images.test-helper';

test('InceptionV3 loads, computes and leaves nothing behind', async () => {
  await useBackend('wasm');
  const before = tf.memory().numTensors;
  const notes: string[] = [];
  const base = await loadBase('inception-v3', openStorage('inception'), {
    control: new Job(),
    fetch: mirroredCdn,
    onNote: ({ text }) => notes.push(text),
  });
  expect(notes).toEqual([]);
  expect(base.source).toMatchObject({ format: 'tflite', precision: 'uint8' });
  const features = await base.features(await (await cifar10(0, 2)).at(96), 2);
  expect(features).toHaveLength(2 * base.net.features);
  expect(Math.max(...features)).toBeGreaterThan(0);
  await expect(base.features(new Uint8Array(3 * 64 * 64), 1)).rejects.toMatchObject({
    code: 'invalid-request',
  });
  base.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
