import * as tf from '@tensorflow/tfjs-core';
import { HeadwayError } from '../errors';

/**
 * Losing the GPU is an event to recover from: every tensor on it is gone, so whoever holds some lets go, starts a
 * backend again and loads anew. Between the loss and the next `useBackend`, `checkDevice` throws.
 */
export type DeviceLostListener = (error: HeadwayError) => void;

const listeners = new Set<DeviceLostListener>();
let lost: HeadwayError | null = null;
let fault: string | null = null;

/** Calls `listener` whenever the GPU is lost; returns the way to stop it. */
export function onDeviceLost(listener: DeviceLostListener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The device is lost: later calls say so, and tfjs forgets the backend, so that it can be started again. */
export function reportLoss(backend: string, details: string): void {
  if (lost !== null) return;
  lost = new HeadwayError({
    code: 'device-lost',
    message: 'The graphics card was lost while it was computing.',
    advice: 'Start the run again: what was finished is kept. If it happens often, choose the WASM backend.',
    details: `${backend}: ${details}`,
  });
  for (const listener of listeners) listener(lost);
}

/** An error on the device that no call reported: what was computed since the last check cannot be trusted. */
export function reportFault(details: string): void {
  fault = details;
}

/** Forgets an earlier loss, because a backend starts anew. True if there was one. */
export function clearLoss(): boolean {
  const had = lost !== null;
  lost = null;
  fault = null;
  return had;
}

/**
 * To be called after results have been read. Throws `device-lost` if the device went away, and `out-of-memory` if it
 * reported an error: WebGPU does not throw where a buffer is too large, and the numbers may look plausible.
 */
export function checkDevice(): void {
  if (lost !== null) throw lost;
  if (fault === null) return;
  const details = fault;
  fault = null;
  throw outOfMemory(details);
}

export function outOfMemory(details: string): HeadwayError {
  return new HeadwayError({
    code: 'out-of-memory',
    message: 'There was not enough memory for this batch of images.',
    advice: 'Close other tabs, choose a smaller batch, or another backend.',
    details,
    why: { code: 'batch-memory' },
  });
}

const memoryTrouble =
  /out of memory|\boom\b|alloc|exceed|texture size|memory access out of bounds|too large|array buffer/i;

/** An error of a computation as ours: memory trouble is `out-of-memory`, all else is passed on. */
export function translateFailure(error: unknown): unknown {
  if (error instanceof HeadwayError) return error;
  if (lost !== null) return lost;
  const text = String(error);
  return error instanceof RangeError || memoryTrouble.test(text) ? outOfMemory(text) : error;
}

/** Watches the GPU behind the backend that tfjs now uses. */
export function watchDevice(): void {
  const inUse = tf.backend();
  const backend = inUse as {
    device?: GPUDevice;
    getGPGPUContext?: () => { gl: { canvas: EventTarget } };
  };
  const { device } = backend;
  if (device !== undefined) {
    device.addEventListener('uncapturederror', ({ error }) => reportFault(`WebGPU: ${error.message}`));
    void device.lost.then(({ reason, message }) => {
      // One that was replaced may go.
      if (tf.findBackend('webgpu') === inUse) reportLoss('WebGPU', `${reason}: ${message}`);
    });
  }
  const canvas = backend.getGPGPUContext?.().gl.canvas;
  canvas?.addEventListener('webglcontextlost', () => reportLoss('WebGL', 'the context was lost'));
}
