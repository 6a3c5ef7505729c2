import * as tf from '@tensorflow/tfjs-core';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { afterAwake } from '../awake';
import { announced } from '../start-watch';
import { wantedThreads, withReportedCores } from './threads';

/** A page may be told fewer threads than it has; kept for the next start of the backend. */
let started: { readonly threads: number; readonly simd: boolean } | null = null;

/** Milliseconds, far more than a start takes. */
const patience = 20_000;

/** What the running backend uses; null before it was started. */
export function wasmInUse(): { readonly threads: number; readonly simd: boolean } | null {
  return started;
}

/**
 * Makes tfjs run on WASM, with SIMD where the browser has it and `threads` threads where the page is cross-origin
 * isolated. Once started, the backend stays as it is. Threads that do not come up, which tfjs would wait for without end,
 * are started once more, and left out after that. Rejects when tfjs cannot start it.
 */
export async function startWasm(threads = wantedThreads()): Promise<{ threads: number; simd: boolean }> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  if (started === null) {
    // Absolute, because threads resolve them against a blob.
    const absolute = (url: string) => new URL(url, globalThis.location.href).href;
    wasm.setWasmPaths({
      'tfjs-backend-wasm.wasm': absolute(plainUrl),
      'tfjs-backend-wasm-simd.wasm': absolute(simdUrl),
      'tfjs-backend-wasm-threaded-simd.wasm': absolute(threadedUrl),
    });
    if (threads === 1) tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    wasm.setThreadsCount(threads);
  }
  const begin = () => announced(() => inTime(withReportedCores(2 * threads, () => tf.setBackend('wasm'))));
  // Memory or a file may be had a moment later; a second failure is silent in tfjs, which then waits for ever.
  if (!(await begin()) && !(await begin())) {
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    if (threads === 1 || !(await begin())) throw new Error('tfjs could not start its wasm backend');
  }
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const threaded = await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT');
  const counted = threaded === true && simd === true ? wasm.getThreadsCount() : 1;
  started = { threads: Math.max(1, counted), simd: simd === true };
  return started;
}

/** False where it takes too long as well. */
function inTime(starting: Promise<boolean>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const callOff = afterAwake(patience, () => resolve(false));
    starting.then(resolve, reject).finally(callOff);
  });
}
