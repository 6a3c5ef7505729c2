import * as tf from '@tensorflow/tfjs-core';
import { checkDevice, translateFailure } from '../backend/device-lost';
import { wasmInUse } from '../backend/wasm';
import { HeadwayError } from '../errors';
import type { Net } from '../nets/graph';
import { preprocess } from '../nets/preprocess';
import { kernelsRun } from '../runtime/support';
import type { CutOutput, Runner } from './runner';
import type { WeightSource } from './sources';
import type { FrozenWeights } from './tensors';
import { tfjsRunner } from './tfjs-runner';

export interface FeatureOptions {
  /** The stage to stop at; left out: the last one, the bottleneck vector. */
  readonly cut?: string;
}

/** A base whose weights are on the backend, ready to turn pixels into features. */
export interface FrozenBase {
  readonly net: Net;
  readonly weightsDigest: string;
  readonly source: WeightSource;
  /** What computes it. Features are the same to rounding. */
  readonly kernels: KernelChoice;
  /**
   * `squares` is [n, side, side, 3], RGB bytes, any side from `net.minimumSize`; the result is [n, channels] of the
   * cut (2048 a row for ResNet50's bottleneck), maps being averaged over their height and width in the same pass.
   * Rejects with `out-of-memory`, `device-lost` or `invalid-request`.
   */
  features(squares: Uint8Array, n: number, options?: FeatureOptions): Promise<Float32Array>;
  /** As `features`, at several cuts in one pass, in their order: [n, channels], or [n, height, width, channels]. */
  outputs(squares: Uint8Array, n: number, wanted: readonly CutOutput[]): Promise<Float32Array[]>;
  /** Frees the weights. Harmless when called again. */
  dispose(): void;
}

/** `own`: kernels of our own where the backend is wasm and the browser has what they need; `tfjs`: tfjs in any case. */
export type KernelChoice = 'own' | 'tfjs';

/** Makes weights ready on the backend in use. */
export async function frozenBase(
  net: Net,
  source: WeightSource,
  weightsDigest: string,
  weights: FrozenWeights,
  kernels: KernelChoice = 'own',
): Promise<FrozenBase> {
  const own = kernels === 'own' && tf.getBackend() === 'wasm' ? await ownRunner(net, weights) : null;
  const runner = own ?? tfjsRunner(net, weights);
  let disposed = false;
  const last = net.stages.at(-1)!.name;

  const base: FrozenBase = {
    net,
    weightsDigest,
    source,
    kernels: own === null ? 'tfjs' : 'own',
    async features(squares, n, { cut = last } = {}) {
      return (await base.outputs(squares, n, [{ cut }]))[0]!;
    },
    async outputs(squares, n, wanted) {
      if (disposed) throw new Error('This base was disposed of');
      const side = sideOf(net, squares, n);
      checkDevice();
      try {
        const values = await runner.run(preprocess(net.preprocessing, squares), n, side, wanted);
        checkDevice();
        for (const one of values) requireNumbers(one);
        return values;
      } catch (error) {
        throw translateFailure(error);
      }
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      runner.dispose();
    },
  };
  return base;
}

/** Null where the browser lacks something, or memory or threads are not to be had: tfjs needs less of either. */
async function ownRunner(net: Net, weights: FrozenWeights): Promise<Runner | null> {
  if (!kernelsRun()) return null;
  const { NetRuntime } = await import('../runtime/runtime');
  try {
    return await NetRuntime.start(net, weights, wasmInUse()?.threads ?? 1);
  } catch (error) {
    if (error instanceof HeadwayError) return null;
    throw error;
  }
}

function sideOf(net: Net, squares: Uint8Array, n: number): number {
  const side = Math.sqrt(squares.length / (3 * n));
  if (Number.isInteger(side) && side >= net.minimumSize) return side;
  throw new HeadwayError({
    code: 'invalid-request',
    message: `${net.title} takes squares of at least ${net.minimumSize} pixels a side.`,
    advice: 'Choose a larger input size.',
    details: `${squares.length} bytes for ${n} images`,
    why: { code: 'squares-too-small', net: net.title, least: net.minimumSize },
  });
}

/** A frozen base gives finite numbers for any picture; anything else is the device's doing. */
function requireNumbers(values: Float32Array): void {
  let sum = 0;
  for (const value of values) sum += value * 0;
  if (sum === 0) return;
  throw new HeadwayError({
    code: 'internal',
    message: 'The device computed features that are not numbers.',
    advice: 'Choose another backend and start the run again.',
    details: `backend ${tf.getBackend()}`,
    why: { code: 'features-not-numbers' },
  });
}
