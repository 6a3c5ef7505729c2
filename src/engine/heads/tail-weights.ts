import * as tf from '@tensorflow/tfjs-core';
import type { FrozenWeights } from '../bases/tensors';
import { graphPass, type GraphPass } from '../nets/gradients';
import type { Net } from '../nets/graph';
import { nodesBetween, runGraph, type ConvTensors } from '../nets/run';
import { outputBytes } from '../nets/shapes';
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

/** What a pass may take; the wasm heap corrupts tensors near 4 GiB. */
const mostBytes = 2 ** 30;

/** As many images as fit: their outputs are kept for the way back, which needs about twice that again. */
export function imagesAtOnce(net: Net, cut: string, shape: readonly [number, number, number]): number {
  const { start, nodes } = nodesBetween(net, { from: cut });
  return Math.max(1, Math.floor(mostBytes / (3 * outputBytes(nodes, start, shape))));
}

/**
 * The stages above a cut on the current backend. The arrays that it was made of are the truth; `changed` brings them
 * to the backend again.
 */
export class Tail {
  /** Images in one pass; a batch may have more. */
  readonly atOnce: number;
  readonly #tensors = new Map<string, ConvTensors>();
  readonly #gradients: Float32Array[];

  constructor(
    readonly net: Net,
    readonly cut: string,
    readonly weights: TailWeights,
    /** [height, width, channels] at the cut. */
    readonly shape: readonly [number, number, number],
    atOnce = imagesAtOnce(net, cut, shape),
  ) {
    this.atOnce = atOnce;
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

  /** Features [n, width] of maps [n, height, width, channels], however many. */
  async features(maps: Float32Array): Promise<Float32Array> {
    const n = maps.length / this.#length;
    const width = this.net.features;
    const features = new Float32Array(n * width);
    for (let from = 0; from < n; from += this.atOnce) {
      const to = Math.min(n, from + this.atOnce);
      const input = this.#input(maps.subarray(from * this.#length, to * this.#length));
      try {
        const output = runGraph(tf, this.net, this.#tensors, input, { from: this.cut });
        await readInto([output], [features.subarray(from * width, to * width)]);
      } finally {
        input.dispose();
      }
    }
    return features;
  }

  /** Of one image's map. */
  get #length(): number {
    return this.shape[0] * this.shape[1] * this.shape[2];
  }

  /**
   * The same for at most `atOnce` images, and a way back that gives the gradients by `parameters`; arrays that the next
   * call fills again.
   */
  async pass(maps: Float32Array): Promise<{
    readonly features: Float32Array;
    gradients(byFeatures: Float32Array): Promise<readonly Float32Array[]>;
    dispose(): void;
  }> {
    const input = this.#input(maps);
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

  #input(maps: Float32Array): tf.Tensor4D {
    return tf.tensor4d(maps, [maps.length / this.#length, ...this.shape]);
  }

  dispose(): void {
    for (const { kernel, bias } of this.#tensors.values()) tf.dispose([kernel, bias]);
    this.#tensors.clear();
  }
}
