/** What this room's browser tests share; no product code imports it. */
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { Random } from '../random';
import type { TrainingOptions } from '../run';
import type { Examples } from './examples';

setWasmPaths({
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': threaded,
});

/** Switches backends; wasm gets as many threads as the machine reports (tfjs would halve that number). */
export async function useBackend(name: 'wasm' | 'cpu' | 'webgl' | 'webgpu'): Promise<void> {
  if (name === 'wasm' && !('wasm' in tf.engine().registry)) {
    const threads = navigator.hardwareConcurrency;
    Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 * threads, configurable: true });
    setThreadsCount(threads);
  }
  if (!(await tf.setBackend(name))) throw new Error(`No ${name} backend here`);
  await tf.ready();
}

export const plainOptions: TrainingOptions = {
  optimizer: 'adam',
  learningRate: 0.001,
  epochs: 10,
  batchSize: 128,
  classWeights: 'none',
  earlyStopping: null,
  seed: 1,
};

/** Gaussian clouds around one random centre a class: easy to learn, never perfectly. Labels are unevenly frequent. */
export function clouds(n: number, inputs: number, classes: number, seed: number, spread = 1): Examples {
  const centres = new Random(0, 'centres');
  const centre = Float32Array.from({ length: classes * inputs }, () => centres.normal());
  const random = new Random(seed, 'clouds');
  const labels = Uint16Array.from({ length: n }, (_, i) => {
    return i < classes ? i : Math.floor(classes * random.uniform() ** 1.5);
  });
  const features = Float32Array.from({ length: n * inputs }, (_, i) => {
    const label = labels[Math.floor(i / inputs)]!;
    return centre[label * inputs + (i % inputs)]! + spread * random.normal();
  });
  return { features, labels, classes };
}

/** Runs a generator to its end; what it yielded and what it returned. */
export async function collect<T, R>(generator: AsyncGenerator<T, R, undefined>): Promise<[T[], R]> {
  const items: T[] = [];
  for (;;) {
    const step = await generator.next();
    if (step.done === true) return [items, step.value];
    items.push(step.value);
  }
}
