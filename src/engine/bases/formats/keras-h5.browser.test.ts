/** The HDF5 reader in its worker: files that make the parser trap or run on end there. */
import { expect, test } from 'vitest';
import { HeadwayError } from '../../errors';
import { fuzz, mutated, patience, refusal } from '../../fuzz.test-helper';
import { corrupt } from './checks';
import { readKerasH5, type WorkerAnswer } from './keras-h5';
import { h5pyFile } from './keras-h5.test-file';

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

/** The worker that readings share as long as it answers: most of a reading's time is the parser's start. */
let shared: Worker | null = null;
function readShared(bytes: Uint8Array): Promise<void> {
  const worker = (shared ??= new Worker(new URL('./keras-h5.worker.ts', import.meta.url), {
    type: 'module',
  }));
  return new Promise((resolve, reject) => {
    const replace = (error: HeadwayError) => {
      clearTimeout(timer);
      worker.terminate();
      shared = null;
      reject(error);
    };
    const timer = setTimeout(() => replace(corrupt('HDF5', 'the parser came to no end with it')), 5000);
    worker.onerror = () => replace(corrupt('HDF5', 'the parser failed on it'));
    worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
      clearTimeout(timer);
      if ('tensors' in data) resolve();
      // A parser that trapped is done with.
      else if (/RuntimeError|Aborted/.test(data.error.details ?? '')) replace(new HeadwayError(data.error));
      else reject(new HeadwayError(data.error));
    };
    worker.postMessage(bytes);
  });
}

test(
  'changed files are read or refused',
  async () => {
    const bounds = { codes: ['weights-corrupt', 'weights-incompatible'], milliseconds: 10_000 } as const;
    const { refused } = await fuzz(mutated(h5pyFile()), readShared, { ...bounds, count: 200 });
    shared?.terminate();
    expect(refused).toBeGreaterThan(20);
  },
  patience,
);
