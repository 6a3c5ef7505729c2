import * as tf from '@tensorflow/tfjs-core';
import { HeadwayError } from '../errors';
import { adapterName, webglAdapter, webgpuAdapter } from './adapters';
import type { BackendId, BackendInUse } from './backend';
import { clearLoss, watchDevice } from './device-lost';
import { startWasm } from './wasm';

const watched = new WeakSet();

/** Settles with the last change of backend that was asked for. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Makes `id` the backend of every tensor from now on, starting it if need be; software GPUs are allowed here, since
 * the user may want one. Tensors of another backend move over when they are next used. Those who ask at the same time
 * get their turns: tfjs gives up a start when another one begins. Rejects with `backend-unavailable`.
 */
export function useBackend(id: BackendId): Promise<BackendInUse> {
  const change = last.then(() => changeTo(id));
  last = change.catch(() => undefined);
  return change;
}

async function changeTo(id: BackendId): Promise<BackendInUse> {
  const wasLost = clearLoss();
  try {
    // A lost device stays lost: tfjs would go on with it.
    if (wasLost && (id === 'webgpu' || id === 'webgl')) restart(id);
    const inUse = await start[id]();
    await tf.ready();
    const backend = tf.backend();
    if (!watched.has(backend)) {
      watched.add(backend);
      watchDevice();
    }
    return inUse;
  } catch (error) {
    if (error instanceof HeadwayError) throw error;
    throw unavailable(id, String(error), error);
  }
}

function restart(id: BackendId): void {
  const factory = tf.findBackendFactory(id) as ReturnType<typeof tf.findBackendFactory> | null;
  if (factory === null) return;
  tf.removeBackend(id);
  tf.registerBackend(id, factory);
}

function unavailable(id: BackendId, details: string, cause?: unknown): HeadwayError {
  return new HeadwayError(
    {
      code: 'backend-unavailable',
      message: `The ${id} backend does not start in this browser.`,
      advice: 'Choose another backend, or leave the choice to Headway.',
      details,
      why: { code: 'backend-silent', backend: id },
    },
    { cause },
  );
}

async function set(id: BackendId): Promise<void> {
  if (!(await tf.setBackend(id))) throw unavailable(id, 'tfjs could not start it');
}

const start: Record<BackendId, () => Promise<BackendInUse>> = {
  async webgpu() {
    const adapter = await webgpuAdapter();
    if (!adapter.present) throw unavailable('webgpu', adapter.name);
    await import('@tensorflow/tfjs-backend-webgpu');
    await set('webgpu');
    return { id: 'webgpu', description: `WebGPU on ${adapterName(adapter)}`, threads: 1, precision: 32 };
  },

  async webgl() {
    const adapter = webglAdapter();
    if (!adapter.present) throw unavailable('webgl', adapter.name);
    await import('@tensorflow/tfjs-backend-webgl');
    tf.env().set('WEBGL_FORCE_F16_TEXTURES', false);
    await set('webgl');
    const precision = tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') ? 32 : 16;
    const note = precision === 16 ? ', half precision only' : '';
    return { id: 'webgl', description: `WebGL on ${adapterName(adapter)}${note}`, threads: 1, precision };
  },

  async wasm() {
    const { threads, simd } = await startWasm();
    const plural = threads === 1 ? 'thread' : 'threads';
    const description = `WASM${simd ? ' with SIMD' : ''}, ${threads} ${plural}`;
    return { id: 'wasm', description, threads, precision: 32 };
  },

  async cpu() {
    await import('@tensorflow/tfjs-backend-cpu');
    await set('cpu');
    return { id: 'cpu', description: 'plain JavaScript', threads: 1, precision: 32 };
  },
};
