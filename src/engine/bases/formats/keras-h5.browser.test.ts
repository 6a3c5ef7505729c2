/** The HDF5 reader in its worker: files that make the parser trap or run on end there. */
import { expect, test } from 'vitest';
import { readKerasH5 } from './keras-h5';
import { h5pyFile } from './keras-h5.test-file';
import { fuzz, refusal } from './mutations.test-helper';

test('a file is read, and its bytes stay with the caller', async () => {
  const bytes = h5pyFile();
  const start = performance.now();
  const tensors = await readKerasH5(bytes);
  console.info(`HDF5 read in ${(performance.now() - start).toFixed(0)} ms, the parser's start included`);
  expect(tensors.get('block1_conv1/bias')).toEqual({ shape: [2], data: new Float32Array([0, 0.125]) });
  expect(tensors.size).toBe(6);
  expect(bytes.length).toBeGreaterThan(0);
});

test('a file that traps the parser is refused, and the next one is read', async () => {
  const bytes = h5pyFile();
  // Found by trial: HDF5 then reads outside its memory.
  bytes[2984] = 76;
  expect((await refusal(() => readKerasH5(bytes))).code).toBe('weights-corrupt');
  expect((await readKerasH5(h5pyFile())).size).toBe(6);
});

test('a parser that does not come to an end is ended', async () => {
  const error = await refusal(() => readKerasH5(h5pyFile(), { deadline: 0 }));
  expect(error.code).toBe('weights-corrupt');
  expect(error.message).toMatch(/no end/);
});

test('a job is cancelled while the parser runs', async () => {
  const abort = new AbortController();
  const reading = refusal(() => readKerasH5(h5pyFile(), { signal: abort.signal }));
  abort.abort();
  expect((await reading).code).toBe('cancelled');
});

// Every file starts a parser of its own, which takes its time; the other readers' mutations run by the thousand.
test('mutated files are read or refused', async () => {
  const read = (mutated: Uint8Array) => readKerasH5(mutated, { deadline: 5000 });
  const refused = await fuzz(h5pyFile(), read, { count: 40, milliseconds: 10_000 });
  expect(refused).toBeGreaterThan(10);
});
