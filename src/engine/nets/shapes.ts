import type { Net, NetNode, Padding, Size } from './graph';

/** [height, width, channels] of one image, or [channels] once pooled. */
export type NodeShape = readonly [number, number, number] | readonly [number];

export function heightWidth(size: Size): readonly [height: number, width: number] {
  return typeof size === 'number' ? [size, size] : size;
}

/** Length of one side after a window of `size` has been moved over `length` pixels. */
function windows(length: number, size: number, stride: number, padding: Padding): number {
  if (padding === 'same') return Math.ceil(length / stride);
  const zeros = padding === 'valid' ? 0 : 2 * padding;
  return Math.floor((length + zeros - size) / stride) + 1;
}

function spatial(shape: NodeShape | undefined, node: NetNode): readonly [number, number, number] {
  if (shape?.length !== 3) throw new Error(`${node.name} needs a [height, width, channels] input`);
  return shape;
}

/** Nodes that a node reads. */
export function inputsOf(node: NetNode): readonly string[] {
  if (node.op === 'input') return [];
  return 'inputs' in node ? node.inputs : [node.input];
}

/** Output shape of every node, by name, for a square input of `size` pixels a side. Throws on a malformed graph. */
export function nodeShapes(net: Pick<Net, 'nodes'>, size: number): Map<string, NodeShape> {
  const shapes = new Map<string, NodeShape>();
  for (const node of net.nodes) shapes.set(node.name, shapeOf(node, shapes, size));
  return shapes;
}

/** Bytes of all outputs of `nodes` for one image, float32: what a pass keeps that is to go back. */
export function outputBytes(nodes: readonly NetNode[], start: string, shape: NodeShape): number {
  const shapes = new Map<string, NodeShape>([[start, shape]]);
  let elements = 0;
  for (const node of nodes) {
    const own = shapeOf(node, shapes, 0);
    shapes.set(node.name, own);
    elements += own.reduce((product, length) => product * length, 1);
  }
  return 4 * elements;
}

function shapeOf(node: NetNode, shapes: ReadonlyMap<string, NodeShape>, size: number): NodeShape {
  const input = (name: string) => spatial(shapes.get(name), node);
  switch (node.op) {
    case 'input':
      return [size, size, 3];
    case 'conv': {
      const [height, width] = input(node.input);
      const [kh, kw] = heightWidth(node.size);
      const { stride, padding } = node;
      return positive(node, [
        windows(height, kh, stride, padding),
        windows(width, kw, stride, padding),
        node.filters,
      ]);
    }
    case 'max-pool':
    case 'average-pool': {
      const [height, width, channels] = input(node.input);
      const { size: window, stride, padding } = node;
      return positive(node, [
        windows(height, window, stride, padding),
        windows(width, window, stride, padding),
        channels,
      ]);
    }
    case 'add': {
      const [a, b] = node.inputs.map(input);
      if (String(a) !== String(b)) throw new Error(`${node.name} adds [${String(a)}] and [${String(b)}]`);
      return a!;
    }
    case 'concat': {
      const parts = node.inputs.map(input);
      const [height, width] = parts[0]!;
      if (parts.some(([h, w]) => h !== height || w !== width))
        throw new Error(`${node.name} joins maps of different sizes`);
      return [height, width, parts.reduce((sum, [, , channels]) => sum + channels, 0)];
    }
    case 'global-average-pool':
      return [input(node.input)[2]];
  }
}

function positive(node: NetNode, shape: readonly [number, number, number]): NodeShape {
  if (shape.some((length) => length < 1)) throw new Error(`The input is too small for ${node.name}`);
  return shape;
}

/** One convolution as the weights must fill it: kernel [height, width, in, filters]. In graph order. */
export interface ConvShape {
  readonly name: string;
  readonly kernel: readonly [number, number, number, number];
}

export function convShapes(net: Pick<Net, 'nodes' | 'inputSize'>): ConvShape[] {
  const shapes = nodeShapes(net, net.inputSize);
  return net.nodes.flatMap((node) => {
    if (node.op !== 'conv') return [];
    const [kh, kw] = heightWidth(node.size);
    const channels = spatial(shapes.get(node.input), node)[2];
    return [{ name: node.name, kernel: [kh, kw, channels, node.filters] as const }];
  });
}

/** Parameters as Keras counts them: kernels, biases, and the vectors of batch normalisation before it is folded. */
export function parameterCount(net: Net): number {
  const vectors = (net.convBias ? 1 : 0) + (net.batchNorm === null ? 0 : net.batchNorm.gamma ? 4 : 3);
  return convShapes(net).reduce(
    (sum, { kernel: [h, w, channels, filters] }) => sum + h * w * channels * filters + vectors * filters,
    0,
  );
}

/**
 * Greatest number of activation bytes alive at once while one image runs, as `runGraph` frees them: what a batch
 * costs beside the weights. Float32.
 */
export function peakActivationBytes(net: Net, size: number): number {
  const shapes = nodeShapes(net, size);
  const elements = (name: string) => shapes.get(name)!.reduce((product, length) => product * length, 1);
  const readers = new Map<string, number>();
  for (const node of net.nodes)
    for (const name of inputsOf(node)) readers.set(name, (readers.get(name) ?? 0) + 1);
  let live = 0;
  let peak = 0;
  for (const node of net.nodes) {
    live += elements(node.name);
    peak = Math.max(peak, live);
    for (const name of inputsOf(node)) {
      const left = readers.get(name)! - 1;
      readers.set(name, left);
      if (left === 0) live -= elements(name);
    }
  }
  return 4 * peak;
}
