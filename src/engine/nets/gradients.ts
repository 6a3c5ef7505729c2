import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Net, NetNode } from './graph';
import {
  byAveragePoolInput,
  byConvInput,
  byConvWeights,
  byMaxPoolInput,
  throughRelu,
} from './node-gradients';
import { nodesBetween, runNode, type ConvTensors, type RunOptions, type TensorFlow } from './run';
import { inputsOf } from './shapes';

export interface ConvGradients {
  /** [height, width, in, filters] */
  readonly kernel: Tensor4D;
  /** [filters] */
  readonly bias: Tensor1D;
}

export interface GraphGradients {
  /** By the weights of the convolutions that were asked for. */
  readonly byWeights: ReadonlyMap<string, ConvGradients>;
  /** Null unless it was asked for. */
  readonly byInput: Tensor4D | null;
}

export interface BackwardOptions {
  /** Convolutions whose gradients are wanted; left out: all that ran. */
  readonly trained?: ReadonlySet<string>;
  /** Left out: no. */
  readonly input?: boolean;
}

/** A forward pass that remembers what the way back needs. */
export interface GraphPass {
  /** As `runGraph` returns it; belongs to the pass. */
  readonly output: Tensor;
  /** Gradients as new tensors, from that by the output, which stays the caller's. */
  backward(byOutput: Tensor, options?: BackwardOptions): GraphGradients;
  dispose(): void;
}

/** Runs the part of a net between two stages as `runGraph` does, keeping every output for `backward`. */
export function graphPass(
  tf: TensorFlow,
  net: Net,
  weights: ReadonlyMap<string, ConvTensors>,
  input: Tensor4D,
  options: RunOptions = {},
): GraphPass {
  const { start, target, nodes } = nodesBetween(net, options);
  const outputs = new Map<string, Tensor>([[start, input]]);
  const dispose = () => {
    outputs.delete(start);
    tf.dispose([...outputs.values()]);
    outputs.clear();
  };
  try {
    for (const node of nodes) {
      const inputs = inputsOf(node).map((name) => outputs.get(name) as Tensor4D);
      outputs.set(
        node.name,
        tf.tidy(() => runNode(tf, node, inputs, weights)),
      );
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    output: outputs.get(target)!,
    backward: (byOutput, wanted = {}) =>
      backward(tf, { start, target, nodes, outputs, weights }, byOutput, wanted),
    dispose,
  };
}

interface Ran {
  readonly start: string;
  readonly target: string;
  readonly nodes: readonly NetNode[];
  readonly outputs: ReadonlyMap<string, Tensor>;
  readonly weights: ReadonlyMap<string, ConvTensors>;
}

function backward(tf: TensorFlow, ran: Ran, byOutput: Tensor, options: BackwardOptions): GraphGradients {
  const { start, target, nodes, outputs, weights } = ran;
  const { trained, input = false } = options;
  const isTrained = (node: NetNode) => node.op === 'conv' && (trained?.has(node.name) ?? true);
  // A gradient has to reach a node if something that is wanted lies at or before it.
  const reached = new Set(input ? [start] : []);
  for (const node of nodes)
    if (isTrained(node) || inputsOf(node).some((name) => reached.has(name))) reached.add(node.name);

  /** Sums over readers, of nodes whose turn has not come. */
  const waiting = new Map<string, Tensor>([[target, tf.clone(byOutput)]]);
  const byWeights = new Map<string, ConvGradients>();
  try {
    for (const node of nodes.toReversed()) {
      const byNode = waiting.get(node.name);
      if (byNode === undefined || !reached.has(node.name)) continue;
      const inputs = inputsOf(node).map((name) => outputs.get(name) as Tensor4D);
      const delta = tf.tidy(() => beforeRelu(tf, node, byNode, outputs.get(node.name)!));
      waiting.delete(node.name);
      byNode.dispose();
      try {
        if (node.op === 'conv' && isTrained(node))
          byWeights.set(
            node.name,
            tf.tidy(() => byConvWeights(tf, node, inputs[0]!, delta as Tensor4D)),
          );
        for (const [i, name] of inputsOf(node).entries()) {
          if (!reached.has(name)) continue;
          const before = waiting.get(name);
          waiting.set(
            name,
            tf.tidy(() => {
              const part = byInputOf(tf, node, i, inputs, outputs.get(node.name)!, delta, weights);
              return before === undefined ? tf.clone(part) : tf.add(before, part);
            }),
          );
          before?.dispose();
        }
      } finally {
        delta.dispose();
      }
    }
    const byInput = input ? (waiting.get(start) as Tensor4D) : null;
    if (input) waiting.delete(start);
    return { byWeights, byInput };
  } catch (error) {
    for (const { kernel, bias } of byWeights.values()) tf.dispose([kernel, bias]);
    throw error;
  } finally {
    tf.dispose([...waiting.values()]);
  }
}

/** A new tensor. */
function beforeRelu(tf: TensorFlow, node: NetNode, byOutput: Tensor, y: Tensor): Tensor {
  return 'relu' in node && node.relu
    ? throughRelu(tf, byOutput as Tensor4D, y as Tensor4D)
    : tf.clone(byOutput);
}

/** The gradient by a node's input number `i`, from that by its output before the relu. */
function byInputOf(
  tf: TensorFlow,
  node: NetNode,
  i: number,
  inputs: readonly Tensor4D[],
  y: Tensor,
  delta: Tensor,
  weights: ReadonlyMap<string, ConvTensors>,
): Tensor {
  const x = inputs[i]!;
  switch (node.op) {
    case 'input':
      throw new Error('An input has no inputs');
    case 'conv':
      return byConvInput(tf, node, x, weights.get(node.name)!, delta as Tensor4D);
    case 'max-pool':
      return byMaxPoolInput(tf, node, x, y as Tensor4D, delta as Tensor4D);
    case 'average-pool':
      return byAveragePoolInput(tf, node, x, delta as Tensor4D);
    case 'add':
      return delta;
    case 'concat': {
      const from = inputs.slice(0, i).reduce((sum, { shape }) => sum + shape[3], 0);
      return tf.slice(delta as Tensor4D, [0, 0, 0, from], [-1, -1, -1, x.shape[3]]);
    }
    case 'global-average-pool': {
      const [n, h, w, c] = x.shape;
      const each = tf.reshape(tf.div(delta as Tensor2D, h * w), [n, 1, 1, c]);
      return tf.tile(each, [1, h, w, 1]);
    }
  }
}
