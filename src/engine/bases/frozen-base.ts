import * as tf from '@tensorflow/tfjs-core';
import { checkDevice, outOfMemory, translateFailure } from '../backend/device-lost';
import { HeadwayError } from '../errors';
import type { Net } from '../nets/graph';
import { preprocess } from '../nets/preprocess';
import { runStages, type ConvTensors } from '../nets/run';
import { peakActivationBytes } from '../nets/shapes';
import type { WeightSource } from './sources';
import type { FrozenWeights } from './tensors';

export interface FeatureOptions {
  /** The stage to stop at; left out: the last one, the bottleneck vector. */
  readonly cut?: string;
}

/** What of a stage is wanted. */
export interface CutOutput {
  readonly cut: string;
  /** Left out: the map averaged over its height and width. */
  readonly form?: 'map';
}

/** A base whose weights are on the backend, ready to turn pixels into features. */
export interface FrozenBase {
  readonly net: Net;
  readonly weightsDigest: string;
  readonly source: WeightSource;
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

/** Near 4 GiB the wasm heap corrupts tensors before it fails: stay well below. */
const mostWasmBytes = 2.75 * 2 ** 30;

/** Uploads weights to the backend in use. */
export function frozenBase(
  net: Net,
  source: WeightSource,
  weightsDigest: string,
  weights: FrozenWeights,
): FrozenBase {
  const tensors = new Map<string, ConvTensors>();
  let weightBytes = 0;
  for (const [name, { kernel, bias }] of weights) {
    weightBytes += kernel.data.byteLength;
    tensors.set(name, {
      kernel: tf.tensor4d(kernel.data, kernel.shape as [number, number, number, number]),
      bias: tf.tensor1d(bias.data),
    });
  }
  let disposed = false;
  const last = net.stages.at(-1)!.name;

  return {
    net,
    weightsDigest,
    source,
    async features(squares, n, { cut = last } = {}) {
      return (await this.outputs(squares, n, [{ cut }]))[0]!;
    },
    async outputs(squares, n, wanted) {
      if (disposed) throw new Error('This base was disposed of');
      const side = sideOf(net, squares, n);
      // XNNPACK packs a second copy of every kernel.
      const needed = 2 * weightBytes + n * peakActivationBytes(net, side);
      if (tf.getBackend() === 'wasm' && needed > mostWasmBytes)
        throw outOfMemory(`${n} images of ${side} pixels need ${Math.round(needed / 2 ** 20)} MB`);
      checkDevice();
      const held: tf.Tensor[] = [];
      try {
        const input = tf.tensor4d(preprocess(net.preprocessing, squares), [n, side, side, 3]);
        held.push(input);
        const stages = [...new Set(wanted.map(({ cut }) => cut))];
        const asMap = new Set(wanted.flatMap(({ cut, form }) => (form === 'map' ? [cut] : [])));
        const outputs = runStages(tf, net, tensors, input, stages, {
          take: (output, stage) => tf.clone(asMap.has(stage) ? output : averaged(output)),
        });
        held.push(...outputs);
        // Never dataSync: on WebGPU it has returned zeros and then lost the device.
        const values: Float32Array[] = [];
        for (const { cut, form } of wanted) {
          const output = outputs[stages.indexOf(cut)]!;
          const one = form === 'map' ? output : averaged(output);
          if (one !== output) held.push(one);
          values.push(await one.data<'float32'>());
        }
        checkDevice();
        for (const one of values) requireNumbers(one);
        return values;
      } catch (error) {
        throw translateFailure(error);
      } finally {
        tf.dispose(held);
      }
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      for (const { kernel, bias } of tensors.values()) tf.dispose([kernel, bias]);
      tensors.clear();
    },
  };
}

/** [n, height, width, channels] → [n, channels]; a vector stays itself. */
function averaged(output: tf.Tensor): tf.Tensor {
  return output.rank === 4 ? tf.mean(output, [1, 2]) : output;
}

function sideOf(net: Net, squares: Uint8Array, n: number): number {
  const side = Math.sqrt(squares.length / (3 * n));
  if (Number.isInteger(side) && side >= net.minimumSize) return side;
  throw new HeadwayError({
    code: 'invalid-request',
    message: `${net.title} takes squares of at least ${net.minimumSize} pixels a side.`,
    advice: 'Choose a larger input size.',
    details: `${squares.length} bytes for ${n} images`,
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
  });
}
