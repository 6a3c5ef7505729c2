import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import cat from '../../../e2e/photos/cat.jpg?url';
import { useBackend } from '../../engine/backend/use';
import { outOfMemory } from '../../engine/backend/device-lost';
import { loadBase, type FrozenBase } from '../../engine/bases/base';
import { mirroredCdn } from '../../engine/bases/real-images.test-helper';
import { squareOf } from '../../engine/data/pixels';
import { Job } from '../../engine/job';
import { openStorage } from '../../engine/storage';
import type { BaseRequest } from '../../engine/run';
import { embedAll, inputFor, lookAt } from './looking';

const request: BaseRequest = { base: 'resnet50', backend: null, resize: 'stretch' };
let base: FrozenBase;
let picture: Blob;
let square: Uint8Array;

beforeAll(async () => {
  await useBackend('wasm');
  base = await loadBase('resnet50', openStorage('looking'), { control: new Job(), fetch: mirroredCdn });
  picture = await (await fetch(cat)).blob();
  square = await squareOf(picture, inputFor(request));
});
afterAll(() => base.dispose());

const farthest = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), a.length === b.length ? 0 : Infinity);

test.each([
  [undefined, 7, 2048],
  ['avg_pool', 7, 2048],
  ['conv5_block3_out', 7, 2048],
  ['conv4_block6_out', 14, 1024],
] as const)('the vector of a look at %s is what heads are trained on there', async (cut, side, channels) => {
  const asked = { ...request, ...(cut && { cut }) };
  const before = tf.memory().numTensors;
  const look = await lookAt(base, asked, square);
  expect(look).toMatchObject({ side: 224, map: { height: side, width: side, channels } });
  expect(look.square).toBe(square);
  const expected = await base.features(square, 1, cut ? { cut } : {});
  expect(farthest(look.vector, expected)).toBeLessThan(1e-4);
  expect(tf.memory().numTensors).toBe(before);
});

test('pictures go through in one batch, and those that cannot be read are named', async () => {
  const { features, failed } = await embedAll(base, request, [picture, new Blob(['no picture']), picture]);
  expect(failed.map((error) => error?.code ?? null)).toEqual([null, 'image-unreadable', null]);
  const alone = await base.features(square, 1);
  expect(farthest(features.subarray(0, 2048), alone)).toBeLessThan(1e-4);
  expect(farthest(features.subarray(2048), alone)).toBeLessThan(1e-4);
  expect(await embedAll(base, request, [new Blob()])).toMatchObject({ features: new Float32Array() });
});

test('without memory for all at once, fewer go at a time', async () => {
  const batches: number[] = [];
  const narrow: FrozenBase = {
    ...base,
    features(squares, n, options) {
      batches.push(n);
      return n > 2 ? Promise.reject(outOfMemory('test')) : base.features(squares, n, options);
    },
  };
  const { features } = await embedAll(narrow, request, [picture, picture, picture]);
  expect(batches).toEqual([3, 2, 1]);
  expect(features).toHaveLength(3 * 2048);
  const none: FrozenBase = { ...base, features: () => Promise.reject(outOfMemory('test')) };
  await expect(embedAll(none, request, [picture, picture])).rejects.toMatchObject({ code: 'out-of-memory' });
});
