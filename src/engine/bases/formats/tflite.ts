import type { ConvNode, Net, PoolNode } from '../../nets/graph';
import { convShapes, inputsOf } from '../../nets/shapes';
import type { ConvWeights, FrozenWeights, NamedTensor, NamedTensors } from '../tensors';
import { guarded, incompatible, otherNetwork } from './checks';
import { format } from './tflite-flatbuffer';
import { Graph } from './tflite-graph';
import { parseTflite, type TfliteOperator } from './tflite-model';
import { toHwio } from './tflite-tensor';

/** A classifier on the pooled features: kernel [features, classes], bias [classes]. */
export interface Top {
  readonly kernel: NamedTensor;
  readonly bias: NamedTensor;
}
export interface TfliteBase {
  /** By node name of the net; the file's converter has folded batch normalisation already. */
  readonly weights: FrozenWeights;
  /** The file's own classifier, if it has one. */
  readonly top: Top | null;
}

/**
 * Reads the weights of `net` from a .tflite file (float32, float16, uint8 or int8) whose graph is that net.
 *
 * Neither names nor the file's order are trusted: both graphs are walked together from the pooled features back to
 * the pixels. Going back, every tensor has one producer and a concatenation has an order, so there is one way to
 * match them, and the features come out in the order that `net` has. Nets with additions or explicit zero padding
 * (ResNet50) cannot be matched so.
 *
 * @throws HeadwayError `weights-corrupt`, or `weights-incompatible`: the file holds another network
 */
export function frozenFromTflite(net: Net, bytes: Uint8Array): TfliteBase {
  return guarded(format, () => {
    const graph = new Graph(parseTflite(bytes));
    const { convs, pooled } = match(net, graph);
    const weights = new Map<string, ConvWeights>();
    for (const { name, kernel: expected } of convShapes(net)) {
      const op = convs.get(name)!;
      const kernel = toHwio(graph.constant(op.inputs[1]), name);
      if (String(kernel.shape) !== String(expected))
        throw unlike(net, `${name} is [${kernel.shape.join(', ')}]`);
      weights.set(name, { kernel, bias: biasOf(graph, op, kernel.shape[3]!) });
    }
    return { weights, top: topOf(net, graph, pooled) };
  });
}

/** The same without the classifier, as every other reader answers: `<node>/kernel` and `<node>/bias`. */
export function readTflite(net: Net, bytes: Uint8Array): NamedTensors {
  const tensors: NamedTensors = new Map<string, NamedTensor>();
  for (const [name, { kernel, bias }] of frozenFromTflite(net, bytes).weights) {
    tensors.set(`${name}/kernel`, kernel);
    tensors.set(`${name}/bias`, bias);
  }
  return tensors;
}

/** The operator of every convolution by node name, and the tensor that holds the pooled features (−1: none). */
function match(net: Net, graph: Graph): { convs: Map<string, TfliteOperator>; pooled: number } {
  const convs = new Map<string, TfliteOperator>();
  const place = new Map<string, number>();
  const assign = (node: string, tensor: number) => {
    if (place.has(node) && place.get(node) !== tensor) throw unlike(net, `${node} is read at two places`);
    place.set(node, tensor);
  };
  const pool = graph.globalPool();
  for (const node of net.nodes.toReversed()) {
    if (node.op === 'global-average-pool') {
      assign(node.input, pool ? pool.inputs[0]! : graph.model.outputs[0]!);
      continue;
    }
    const tensor = place.get(node.name)!;
    if (node.op === 'input') {
      if (!graph.isInput(tensor)) throw unlike(net, 'its first layer does not read the image');
      continue;
    }
    const op = graph.producer(tensor, node.op === 'conv' && node.relu);
    if (op?.kind !== node.op) throw unlike(net, `${node.name} is made by ${op?.kind ?? 'nothing'}`);
    if (node.op === 'conv') checkConv(net, graph, node, op);
    else if (op.activation !== 'none') throw unlike(net, `${node.name} has an activation`);
    if (node.op === 'max-pool' || node.op === 'average-pool') checkWindow(net, node, op);
    if (node.op === 'conv') convs.set(node.name, op);
    const inputs = inputsOf(node);
    if (node.op === 'concat' && op.inputs.length !== inputs.length)
      throw unlike(net, `${node.name} joins ${op.inputs.length} tensors`);
    for (const [i, input] of inputs.entries()) assign(input, op.inputs[i]!);
  }
  return { convs, pooled: pool?.outputs[0] ?? -1 };
}

function checkConv(net: Net, graph: Graph, node: ConvNode, op: TfliteOperator): void {
  checkWindow(net, node, op);
  if (op.window!.dilation.some((step) => step !== 1)) throw unlike(net, `${node.name} is dilated`);
  if (node.relu !== graph.clampsAtZero(op)) throw unlike(net, `${node.name} has another activation`);
}

function checkWindow(net: Net, node: ConvNode | PoolNode, { window }: TfliteOperator): void {
  const { stride, padding, size } = node;
  const sameSize = window?.size ? window.size.every((side) => side === size) : node.op === 'conv';
  // Over a stride of one and a kernel of one pixel, both paddings are none.
  const samePadding = window?.padding === padding || (node.op === 'conv' && size === 1 && padding !== 0);
  if (!window || !sameSize || !samePadding || window.stride.some((step) => step !== stride))
    throw unlike(net, `${node.name} has another window`);
}

/** Tflite leaves a bias of zeros out. */
function biasOf(graph: Graph, op: TfliteOperator, filters: number): NamedTensor {
  const index = op.inputs[2] ?? -1;
  if (index === -1) return { shape: [filters], data: new Float32Array(filters) };
  const bias = graph.constant(index);
  if (bias.data.length !== filters)
    throw incompatible('A bias in this file does not fit its convolution.', {
      code: 'weights-damaged',
      format,
    });
  return { shape: [filters], data: bias.data };
}

/** What reads the pooled features, if that is one 1×1 convolution or dense layer. */
function topOf(net: Net, graph: Graph, pooled: number): Top | null {
  const op = graph.reader(pooled);
  if (op?.kind !== 'conv' && op?.kind !== 'dense') return null;
  const { shape, data } = graph.constant(op.inputs[1]);
  const classes = shape[0]!;
  if (data.length !== classes * net.features) return null;
  const { data: kernel } = toHwio({ shape: [classes, 1, 1, net.features], data }, 'The classifier');
  return { kernel: { shape: [net.features, classes], data: kernel }, bias: biasOf(graph, op, classes) };
}

function unlike(net: Net, details: string) {
  return incompatible(`This tflite file does not hold ${net.title}.`, otherNetwork(net), details);
}
