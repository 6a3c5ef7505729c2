/** A worker for `backend.browser.test.ts`: what is found, and how many threads run, seen from inside a worker. */
import * as tf from '@tensorflow/tfjs-core';
import { probeBackends } from './probe';
import { useBackend } from './use';

const { chosen, threads } = await probeBackends();
await useBackend('wasm');
const { wasm } = tf.backend() as unknown as { wasm: { PThread?: { pthreads: object } } };
postMessage({ chosen, threads, running: Object.keys(wasm.PThread?.pthreads ?? {}).length });
