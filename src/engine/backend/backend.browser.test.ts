import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import type { BackendId } from './backend';
import { checkDevice, onDeviceLost } from './device-lost';
import { probeBackends } from './probe';
import { useBackend } from './use';

test('the page is cross-origin isolated and wasm really runs on more than one thread, for two who ask at once', async () => {
  expect(globalThis.crossOriginIsolated).toBe(true);
  const cores = navigator.hardwareConcurrency;
  const { chosen, threads } = await probeBackends();
  const [inUse, again] = await Promise.all([useBackend('wasm'), useBackend('wasm')]);
  expect(again).toEqual(inUse);
  const { getThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
  if (cores > 1) expect(threads).toBeGreaterThan(1);
  expect(inUse).toMatchObject({ id: 'wasm', threads, precision: 32 });
  expect(getThreadsCount()).toBe(threads);
  // The threads that exist, as Emscripten itself keeps them; the calling thread is one of the team.
  const { wasm } = tf.backend() as unknown as { wasm: { PThread: { pthreads: object } } };
  expect(Object.keys(wasm.PThread.pthreads)).toHaveLength(threads - 1);
  // The page is told the truth again.
  expect(navigator.hardwareConcurrency).toBe(cores);
  console.info(`wasm: ${inUse.description} on ${cores} cores; chosen: ${chosen}`);
});

test('a worker finds the same, and gets its threads too', async () => {
  const worker = new Worker(new URL('./probe.test-worker.ts', import.meta.url), { type: 'module' });
  const answer = await new Promise<{ chosen: string; threads: number; running: number }>(
    (resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data as { chosen: string; threads: number; running: number });
      worker.onerror = (event) => reject(new Error(event.message));
    },
  );
  worker.terminate();
  const { chosen, threads } = await probeBackends();
  expect(answer).toEqual({ chosen, threads, running: threads - 1 });
});

test.each<BackendId>(['wasm', 'cpu', 'webgl', 'webgpu'])('%s computes, or says why not', async (id) => {
  const { available } = await probeBackends();
  if (!available.includes(id)) {
    await expect(useBackend(id)).rejects.toMatchObject({ code: 'backend-unavailable' });
    console.info(`${id} is not here: its numbers stay unchecked`);
    return;
  }
  await useBackend(id);
  const result = tf.tidy(() => tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.eye(2)));
  expect([...(await result.data())]).toEqual([1, 2, 3, 4]);
  result.dispose();
});

const losses = {
  webgl() {
    const { gl } = (
      tf.backend() as unknown as { getGPGPUContext: () => { gl: WebGL2RenderingContext } }
    ).getGPGPUContext();
    gl.getExtension('WEBGL_lose_context')!.loseContext();
  },
  webgpu: () => (tf.backend() as unknown as { device: GPUDevice }).device.destroy(),
};
test.for(['webgl', 'webgpu'] as const)(
  'a lost GPU is reported once, and %s starts again',
  async (id, { skip }) => {
    const { available } = await probeBackends();
    if (!available.includes(id)) skip(`no ${id} here`);
    await useBackend(id);
    const heard: string[] = [];
    const stop = onDeviceLost(({ code }) => heard.push(code));
    losses[id]();
    await expect.poll(() => heard).toEqual(['device-lost']);
    expect(checkDevice).toThrow('lost');
    await useBackend(id);
    expect(checkDevice).not.toThrow();
    const sum = tf.tidy(() => tf.sum(tf.ones([3])));
    expect((await sum.data())[0]).toBe(3);
    sum.dispose();
    stop();
    await useBackend('cpu');
  },
);
