import * as tf from '@tensorflow/tfjs-core';
import type { FrozenWeights } from '../bases/tensors';
import { graphPass, type GraphPass } from '../nets/gradients';
import type { Net } from '../nets/graph';
import { nodesBetween, runGraph, type ConvTensors } from '../nets/run';
import { readInto } from './read';

/** One convolution's weights as plain data. */
export interface TailConv {
  /** [height, width, in, filters] */
  readonly shape: readonly [number, number, number, number];
  readonly kernel: Float32Array;
  /** [filters] */
  readonly bias: Float32Array;
}

/** The convolutions above a cut, by node name. Survives `structuredClone`. */
export type TailWeights = ReadonlyMap<string, TailConv>;

/** A copy of a base's weights above a cut. Throws where one is missing. */
export function tailWeights(net: Net, cut: string, weights: FrozenWeights): Map<string, TailConv> {
  const tail = new Map<string, TailConv>();
  for (const node of nodesBetween(net, { from: cut }).nodes) {
    if (node.op !== 'conv') continue;
    const own = weights.get(node.name);
    if (own === undefined) throw new Error(`No weights for ${node.name}`);
    tail.set(node.name, {
      shape: own.kernel.shape as [number, number, number, number],
      kernel: own.kernel.data.slice(),
      bias: own.bias.data.slice(),
    });
  }
  return tail;
}

export function copyTail(tail: TailWeights): TailWeights {
  return new Map(
    Array.from(tail, ([name, { shape, kernel, bias }]) => [
      name,
      { shape, kernel: kernel.slice(), bias: bias.slice() },
    ]),
  );
}

/**
 * The stages above a cut on the current backend. The arrays that it was made of are the truth; `changed` brings them
 * to the backend again.
 */
export class Tail {
  readonly #tensors = new Map<string, ConvTensors>();
  readonly #gradients: Float32Array[];

  constructor(
    readonly net: Net,
    readonly cut: string,
    readonly weights: TailWeights,
  ) {
    this.#gradients = this.parameters.map(({ length }) => new Float32Array(length));
    this.changed();
  }

  /** Kernel, bias, kernel, bias, … in the order of the graph: the very arrays, to be changed in place. */
  get parameters(): Float32Array[] {
    return Array.from(this.weights.values(), ({ kernel, bias }) => [kernel, bias]).flat();
  }

  changed(): void {
    this.dispose();
    for (const [name, { shape, kernel, bias }] of this.weights)
      this.#tensors.set(name, { kernel: tf.tensor4d(kernel, [...shape]), bias: tf.tensor1d(bias) });
  }

  /** Features [n, width] of maps [n, height, width, channels]. */
  async features(maps: Float32Array, shape: readonly number[]): Promise<Float32Array> {
    const input = this.#input(maps, shape);
    try {
      const output = runGraph(tf, this.net, this.#tensors, input, { from: this.cut });
      const features = new Float32Array(output.size);
      await readInto([output], [features]);
      return features;
    } finally {
      input.dispose();
    }
  }

  /** The same, and a way back that gives the gradients by `parameters`; arrays that the next call fills again. */
  async pass(
    maps: Float32Array,
    shape: readonly number[],
  ): Promise<{
    readonly features: Float32Array;
    gradients(byFeatures: Float32Array): Promise<readonly Float32Array[]>;
    dispose(): void;
  }> {
    const input = this.#input(maps, shape);
    let pass: GraphPass;
    try {
      pass = graphPass(tf, this.net, this.#tensors, input, { from: this.cut });
    } catch (error) {
      input.dispose();
      throw error;
    }
    const dispose = () => {
      pass.dispose();
      input.dispose();
    };
    try {
      // Read without disposing: the pass needs its output.
      const features = new Float32Array(pass.output.size);
      await readInto([tf.clone(pass.output)], [features]);
      return { features, gradients: (by) => this.#backward(pass, by), dispose };
    } catch (error) {
      dispose();
      throw error;
    }
  }

  async #backward(pass: GraphPass, byFeatures: Float32Array): Promise<readonly Float32Array[]> {
    const delta = tf.tensor(byFeatures, pass.output.shape);
    try {
      const { byWeights } = pass.backward(delta);
      const ordered = [...this.weights.keys()].map((name) => byWeights.get(name)!);
      await readInto(
        ordered.flatMap(({ kernel, bias }): tf.Tensor[] => [kernel, bias]),
        this.#gradients,
      );
      return this.#gradients;
    } finally {
      delta.dispose();
    }
  }

  #input(maps: Float32Array, shape: readonly number[]): tf.Tensor4D {
    const [height, width, channels] = shape as [number, number, number];
    const n = maps.length / (height * width * channels);
    return tf.tensor4d(maps, [n, height, width, channels]);
  }

  dispose(): void {
    for (const { kernel, bias } of this.#tensors.values()) tf.dispose([kernel, bias]);
    this.#tensors.clear();
  }
}
