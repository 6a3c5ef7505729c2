import { expect, test } from 'vitest';
import { caffePreprocessing, tfPreprocessing } from './graph';
import { preprocess } from './preprocess';

const pixels = new Uint8Array([255, 0, 128, 1, 2, 3]);

test('caffe: blue first, minus the mean of ImageNet', () => {
  const expected = [128 - 103.939, -116.779, 255 - 123.68, 3 - 103.939, 2 - 116.779, 1 - 123.68];
  expect(preprocess(caffePreprocessing, pixels)).toEqual(new Float32Array(expected));
});

test('tf: red first, from -1 to 1', () => {
  const values = preprocess(tfPreprocessing, pixels);
  expect(values[0]).toBeCloseTo(1, 6);
  expect(values[1]).toBe(-1);
  expect(values[2]).toBeCloseTo(128 / 127.5 - 1, 6);
});
