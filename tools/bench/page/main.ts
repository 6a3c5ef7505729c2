/// <reference lib="dom" />
/**
 * The page of the benchmarks, served by their own server. Every contestant has a worker to itself, as bases have in
 * the application; Node decides who works when.
 */
import { wrap, type Remote } from 'comlink';
import type { Contestant } from './contestant.ts';

const stock = () => new Worker(new URL('./stock.worker.ts', import.meta.url), { type: 'module' });
const headway = () => new Worker(new URL('./headway.worker.ts', import.meta.url), { type: 'module' });
const workers: Record<string, () => Worker> = {
  headway,
  'headway on tfjs': headway,
  stock,
  'stock, as published': stock,
  'onnxruntime-web': () => new Worker(new URL('./onnx.worker.ts', import.meta.url), { type: 'module' }),
  'headway-head': () => new Worker(new URL('./headway-head.worker.ts', import.meta.url), { type: 'module' }),
  'stock-head': () => new Worker(new URL('./stock-head.worker.ts', import.meta.url), { type: 'module' }),
  scale: () => new Worker(new URL('./scale.worker.ts', import.meta.url), { type: 'module' }),
};
const live = new Map<string, Remote<Contestant>>();

const bench = {
  /** Readies a contestant in a fresh worker. */
  async prepare(name: string, task: unknown): Promise<void> {
    const worker = workers[name]!();
    const failed = new Promise<never>((_, reject) => {
      worker.addEventListener('error', ({ message }) => reject(new Error(`${name}: ${message}`)));
    });
    const api = wrap<Contestant>(worker);
    live.set(name, api);
    await Promise.race([api.prepare(task), failed]);
  },
  measure: (name: string, options: unknown) => live.get(name)!.measure(options),
};
Object.assign(globalThis, { bench });

export type BenchPage = typeof bench;
