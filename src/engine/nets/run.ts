import type * as tfjs from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import { inputCut, type ConvNode, type Net, type NetNode, type PoolNode } from './graph';
import { inputsOf } from './shapes';

/** tfjs' core; every backend shares the one instance. */
export type TensorFlow = typeof tfjs;

export interface ConvTensors {
  /** [height, width, in, filters] */
  readonly kernel: Tensor4D;
  /** [filters] */
  readonly bias: Tensor1D;
}

export interface RunOptions {
  /** The stage whose output `input` is; left out, or `inputCut`: `input` is the preprocessed image. */
  readonly from?: string;
  /** The stage to stop at; left out: the last one, the pooled vector. */
  readonly to?: string;
}

/**
 * Runs the part of a net between two stages. `input` is [n, height, width, channels] and stays the caller's; the
 * result (same, or [n, channels] once pooled) is a new tensor. Intermediate tensors are disposed of as soon as their
 * last reader has run, so that memory stays at the graph's widest place; under a gradient tape that is harmless,
 * since the tape keeps clones of what it needs. Runs synchronously; throws on an unknown stage.
 */
export function runGraph(
  tf: TensorFlow,
  net: Net,
  weights: ReadonlyMap<string, ConvTensors>,
  input: Tensor4D,
  options: RunOptions = {},
): Tensor {
  const { from, to = net.stages.at(-1)!.name } = options;
  return runStages(tf, net, weights, input, [to], from === undefined ? {} : { from })[0]!;
}

export interface StageOptions extends Pick<RunOptions, 'from'> {
  /** What to keep of a stage, taken as soon as it is there; left out: all of it. Its argument is not to be kept. */
  readonly take?: (output: Tensor, stage: string) => Tensor;
}

/** As `runGraph`, for several stages in one pass: a new tensor each, in the order of `to`. */
export function runStages(
  tf: TensorFlow,
  net: Net,
  weights: ReadonlyMap<string, ConvTensors>,
  input: Tensor4D,
  to: readonly string[],
  options: StageOptions = {},
): Tensor[] {
  const { take = (output: Tensor) => tf.clone(output) } = options;
  const start = startNode(net, options);
  const targets = to.map((stage) => stageNode(net, stage));
  const nodes = between(net, start, targets);
  const readersLeft = new Map<string, number>();
  for (const name of nodes.flatMap(inputsOf)) readersLeft.set(name, (readersLeft.get(name) ?? 0) + 1);

  const live = new Map<string, Tensor>([[start, input]]);
  const taken = new Map<number, Tensor>();
  const takeFrom = (name: string) => {
    for (const [i, target] of targets.entries())
      if (target === name)
        taken.set(
          i,
          tf.tidy(() => take(live.get(name)!, to[i]!)),
        );
  };
  let isDone = false;
  try {
    takeFrom(start);
    for (const node of nodes) {
      const inputs = inputsOf(node).map((name) => live.get(name) as Tensor4D);
      live.set(
        node.name,
        tf.tidy(() => runNode(tf, node, inputs, weights)),
      );
      takeFrom(node.name);
      for (const name of inputsOf(node)) {
        const left = readersLeft.get(name)! - 1;
        readersLeft.set(name, left);
        if (left === 0) {
          if (name !== start) live.get(name)!.dispose();
          live.delete(name);
        }
      }
    }
    isDone = true;
    return to.map((_, i) => taken.get(i)!);
  } finally {
    live.delete(start);
    for (const tensor of live.values()) tensor.dispose();
    if (!isDone) for (const tensor of taken.values()) tensor.dispose();
  }
}

/** What runs between two stages: the node whose output is given, the one whose output is wanted, and those needed. */
export function nodesBetween(net: Net, { from, to = net.stages.at(-1)!.name }: RunOptions) {
  const start = startNode(net, from === undefined ? {} : { from });
  const target = stageNode(net, to);
  return { start, target, nodes: between(net, start, [target]) };
}

/** What runs from the image to several stages, in execution order, the input left out. */
export function nodesTo(net: Net, stages: readonly string[]): NetNode[] {
  return between(
    net,
    startNode(net, {}),
    stages.map((stage) => stageNode(net, stage)),
  );
}

function startNode(net: Net, { from }: Pick<RunOptions, 'from'>): string {
  return from === undefined || from === inputCut
    ? net.nodes.find(({ op }) => op === 'input')!.name
    : stageNode(net, from);
}

function stageNode(net: Net, name: string): string {
  const stage = net.stages.find((candidate) => candidate.name === name);
  if (stage === undefined) throw new Error(`${net.id} has no stage ${name}`);
  return stage.node;
}

/** The nodes that `targets` need once `start` is there, in execution order, `start` itself left out. */
function between(net: Net, start: string, targets: readonly string[]): NetNode[] {
  const needed = new Set(targets);
  const nodes: NetNode[] = [];
  for (const node of net.nodes.toReversed()) {
    if (node.name === start || !needed.has(node.name)) continue;
    if (node.op === 'input')
      throw new Error(`${net.id}: ${targets.join(', ')} do not all come after ${start}`);
    nodes.push(node);
    for (const name of inputsOf(node)) needed.add(name);
  }
  return nodes.reverse();
}

/** The output of one node, as a new tensor. */
export function runNode(
  tf: TensorFlow,
  node: NetNode,
  inputs: readonly Tensor4D[],
  weights: ReadonlyMap<string, ConvTensors>,
): Tensor {
  const x = inputs[0]!;
  switch (node.op) {
    case 'input':
      throw new Error('An input is not run');
    case 'conv':
      return convolve(tf, node, x, weights);
    case 'max-pool':
      // Explicit padding means zeros, which take part in the maximum; tfjs' own padding would leave them out.
      return tf.maxPool(padded(tf, node, x), node.size, node.stride, tfjsPadding(node));
    case 'average-pool':
      if (typeof node.padding === 'number' && node.padding > 0)
        throw new Error(
          `${node.name}: average pooling leaves padding out, so explicit zeros have no place in it`,
        );
      return tf.avgPool(x, node.size, node.stride, tfjsPadding(node));
    case 'add': {
      const sum = tf.add(x, inputs[1]!);
      return node.relu ? tf.relu(sum) : sum;
    }
    case 'concat':
      return tf.concat([...inputs], 3);
    case 'global-average-pool':
      return tf.mean(x, [1, 2]);
  }
}

function convolve(
  tf: TensorFlow,
  node: ConvNode,
  x: Tensor4D,
  weights: ReadonlyMap<string, ConvTensors>,
): Tensor4D {
  const own = weights.get(node.name);
  if (own === undefined) throw new Error(`No weights for ${node.name}`);
  return tf.fused.conv2d({
    x,
    filter: own.kernel,
    bias: own.bias,
    strides: node.stride,
    pad: node.padding,
    // tfjs wants to be told what to do with the rest when padding is a number.
    ...(typeof node.padding === 'number' ? { dimRoundingMode: 'floor' as const } : {}),
    activation: node.relu ? 'relu' : 'linear',
  });
}

function padded(tf: TensorFlow, { padding }: PoolNode, x: Tensor4D): Tensor4D {
  if (typeof padding !== 'number' || padding === 0) return x;
  const sides: [number, number] = [padding, padding];
  return tf.pad(x, [[0, 0], sides, sides, [0, 0]]);
}

function tfjsPadding({ padding }: PoolNode): 'same' | 'valid' {
  return padding === 'same' ? 'same' : 'valid';
}
