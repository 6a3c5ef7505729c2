/**
 * A base as plain data: a list of nodes in execution order, each naming its inputs, and the *stages* — the named
 * places where exactly one tensor crosses, which are the legal cuts. All tensors are NHWC. There is no batch
 * normalisation here: a frozen base has it folded into kernel and bias when its weights arrive (`bases/freeze.ts`).
 */

/** `same` and `valid` as in TensorFlow; a number pads that many zeros on each of the four sides. */
export type Padding = 'same' | 'valid' | number;
/** A square (one number) or [height, width]. */
export type Size = number | readonly [height: number, width: number];

export interface InputNode {
  readonly op: 'input';
  readonly name: string;
}
/** Convolution with bias; kernel [height, width, in, filters], found in the weights under the node's name. */
export interface ConvNode {
  readonly op: 'conv';
  readonly name: string;
  readonly input: string;
  readonly filters: number;
  readonly size: Size;
  readonly stride: number;
  readonly padding: Padding;
  readonly relu: boolean;
}
/** Average pooling leaves padding out of the mean, as TensorFlow does. */
export interface PoolNode {
  readonly op: 'max-pool' | 'average-pool';
  readonly name: string;
  readonly input: string;
  readonly size: number;
  readonly stride: number;
  readonly padding: Padding;
}
export interface AddNode {
  readonly op: 'add';
  readonly name: string;
  readonly inputs: readonly [string, string];
  readonly relu: boolean;
}
/** Along the channels. */
export interface ConcatNode {
  readonly op: 'concat';
  readonly name: string;
  readonly inputs: readonly string[];
}
/** [n, height, width, channels] → [n, channels]. */
export interface GlobalAveragePoolNode {
  readonly op: 'global-average-pool';
  readonly name: string;
  readonly input: string;
}
export type NetNode = InputNode | ConvNode | PoolNode | AddNode | ConcatNode | GlobalAveragePoolNode;

/** Cuts below the first node, where images come in: nothing is frozen then. No stage has this name. */
export const inputCut = 'input';

export interface Stage {
  readonly name: string;
  /** The node whose output crosses here. */
  readonly node: string;
}

/** What happens to a pixel before the first layer: channels in `order`, then x · scale + offset[channel]. */
export interface Preprocessing {
  /** Keras' name for it: `caffe` (VGG16, ResNet50) or `tf` (InceptionV3). */
  readonly mode: 'caffe' | 'tf';
  readonly order: 'rgb' | 'bgr';
  readonly scale: number;
  /** In `order`. */
  readonly offset: readonly [number, number, number];
}

/** Keras' `imagenet_utils.preprocess_input`: BGR, minus ImageNet's mean, no scaling. */
export const caffePreprocessing: Preprocessing = {
  mode: 'caffe',
  order: 'bgr',
  scale: 1,
  offset: [-103.939, -116.779, -123.68],
};
/** Keras' `imagenet_utils.preprocess_input`: to −1 … 1. */
export const tfPreprocessing: Preprocessing = {
  mode: 'tf',
  order: 'rgb',
  scale: 1 / 127.5,
  offset: [-1, -1, -1],
};

/** How batch normalisation stands in the published network, for folding; null: it has none. */
export interface BatchNorm {
  readonly epsilon: number;
  /** InceptionV3 normalises without gamma. */
  readonly gamma: boolean;
}

export interface Net {
  readonly id: string;
  readonly title: string;
  /** Pixels a side in the published network, and the least that Keras accepts. */
  readonly inputSize: number;
  readonly minimumSize: number;
  readonly preprocessing: Preprocessing;
  readonly batchNorm: BatchNorm | null;
  /** Whether the published convolutions carry a bias of their own (beside batch normalisation, if any). */
  readonly convBias: boolean;
  /** Length of the bottleneck vector. */
  readonly features: number;
  /** Keras' published parameter count without top, batch normalisation's four vectors included. */
  readonly parameters: number;
  /** The paper. */
  readonly source: string;
  readonly nodes: readonly NetNode[];
  /** From the input to the bottleneck; the last stage is the globally pooled vector. */
  readonly stages: readonly Stage[];
}

interface ConvOptions {
  readonly size: Size;
  readonly stride?: number;
  readonly padding?: Padding;
  readonly relu?: boolean;
}
interface PoolOptions {
  readonly size: number;
  readonly stride: number;
  readonly padding?: Padding;
}

/** Collects nodes while a net file spells its layers out; every method returns the name of the new node. */
export class GraphBuilder {
  readonly nodes: NetNode[] = [];
  readonly stages: Stage[] = [];

  input(name = 'input'): string {
    return this.#push({ op: 'input', name });
  }

  conv(name: string, input: string, filters: number, options: ConvOptions): string {
    const { size, stride = 1, padding = 'same', relu = true } = options;
    return this.#push({ op: 'conv', name, input, filters, size, stride, padding, relu });
  }

  maxPool(name: string, input: string, { size, stride, padding = 'valid' }: PoolOptions): string {
    return this.#push({ op: 'max-pool', name, input, size, stride, padding });
  }

  averagePool(name: string, input: string, { size, stride, padding = 'valid' }: PoolOptions): string {
    return this.#push({ op: 'average-pool', name, input, size, stride, padding });
  }

  add(name: string, a: string, b: string, relu: boolean): string {
    return this.#push({ op: 'add', name, inputs: [a, b], relu });
  }

  concat(name: string, inputs: readonly string[]): string {
    return this.#push({ op: 'concat', name, inputs });
  }

  globalAveragePool(name: string, input: string): string {
    return this.#push({ op: 'global-average-pool', name, input });
  }

  /** Marks the output of `node` as a legal cut. */
  stage(name: string, node: string): string {
    this.stages.push({ name, node });
    return node;
  }

  #push(node: NetNode): string {
    if (this.nodes.some((other) => other.name === node.name)) throw new Error(`Two nodes named ${node.name}`);
    this.nodes.push(node);
    return node.name;
  }
}
