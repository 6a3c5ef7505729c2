import * as tf from '@tensorflow/tfjs-core';
import { outOfMemory } from '../backend/device-lost';
import type { Net } from '../nets/graph';
import { runStages, type ConvTensors } from '../nets/run';
import { peakActivationBytes } from '../nets/shapes';
import type { Runner } from './runner';
import type { FrozenWeights } from './tensors';

/** Near 4 GiB the wasm heap corrupts tensors before it fails: stay well below. */
const mostWasmBytes = 2.75 * 2 ** 30;

/** Uploads weights to tfjs' backend in use, whichever that is. */
export function tfjsRunner(net: Net, weights: FrozenWeights): Runner {
  const tensors = new Map<string, ConvTensors>();
  let weightBytes = 0;
  for (const [name, { kernel, bias }] of weights) {
    weightBytes += kernel.data.byteLength;
    tensors.set(name, {
      kernel: tf.tensor4d(kernel.data, kernel.shape as [number, number, number, number]),
      bias: tf.tensor1d(bias.data),
    });
  }

  return {
    async run(pixels, n, side, wanted) {
      // XNNPACK packs a second copy of every kernel.
      const needed = 2 * weightBytes + n * peakActivationBytes(net, side);
      if (tf.getBackend() === 'wasm' && needed > mostWasmBytes)
        throw outOfMemory(`${n} images of ${side} pixels need ${Math.round(needed / 2 ** 20)} MB`);
      const held: tf.Tensor[] = [];
      try {
        const input = tf.tensor4d(pixels, [n, side, side, 3]);
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
        return values;
      } finally {
        tf.dispose(held);
      }
    },
    dispose() {
      for (const { kernel, bias } of tensors.values()) tf.dispose([kernel, bias]);
      tensors.clear();
    },
  };
}

/** [n, height, width, channels] → [n, channels]; a vector stays itself. */
function averaged(output: tf.Tensor): tf.Tensor {
  return output.rank === 4 ? tf.mean(output, [1, 2]) : output;
}
