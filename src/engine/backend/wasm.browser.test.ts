import * as tf from '@tensorflow/tfjs-core';
import { expect, test, vi } from 'vitest';
import { startWasm } from './wasm';

test('a start that found no memory is tried once more', async () => {
  const { Memory } = WebAssembly;
  let asked = 0;
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.spyOn(WebAssembly, 'Memory').mockImplementation(function (descriptor) {
    if (asked++ === 0) throw new RangeError('could not allocate memory');
    return new Memory(descriptor);
  });
  const { threads } = await startWasm(2);
  expect(asked).toBeGreaterThan(1);
  expect(threads).toBe(2);
  expect(await tf.matMul([[1, 2]], [[3], [4]]).data()).toEqual(Float32Array.of(11));
});
