import { Builder } from 'flatbuffers';
import type { ConvNode, Net, NetNode } from '../../nets/graph';
import { heightWidth, inputsOf, nodeShapes } from '../../nets/shapes';
import type { FrozenWeights, NamedTensor } from '../tensors';
import type { Top } from './tflite';

export interface WriterOptions {
  readonly stored: 'float32' | 'float16' | 'uint8' | 'int8';
  /** `implicit` leaves relu to the quantised ranges, `separate` makes it an operator of its own. */
  readonly relu?: 'fused' | 'implicit' | 'separate';
  readonly top?: Top;
  /** Changes what is written of a node, to write what does not fit the net. */
  readonly tamper?: (node: NetNode) => NetNode;
}

interface Tensor {
  readonly shape: readonly number[];
  readonly type: number;
  readonly data?: Uint8Array;
  readonly scale?: readonly number[];
  readonly zeroPoint?: readonly number[];
}
interface Operator {
  readonly code: number;
  readonly inputs: readonly number[];
  readonly output: number;
  /** Bytes and int32s of the options by field number. */
  readonly bytes?: Readonly<Record<number, number>>;
  readonly ints?: Readonly<Record<number, number>>;
}

const codes = {
  conv: 3,
  'max-pool': 17,
  'average-pool': 1,
  'global-average-pool': 1,
  concat: 2,
  reshape: 22,
};
const types = { float32: 0, float16: 1, int32: 2, uint8: 3, int8: 9 };

/** Writes a net and its weights as the converters do: kernels OHWI, one graph, one buffer a constant. For tests. */
export function writeTflite(net: Net, weights: FrozenWeights, options: WriterOptions): Uint8Array {
  const tensors: Tensor[] = [];
  const operators: Operator[] = [];
  const add = (tensor: Tensor) => tensors.push(tensor) - 1;
  const index = new Map<string, number>();
  const shapes = nodeShapes(net, net.inputSize);
  const quantised = options.stored === 'uint8' || options.stored === 'int8';
  const activation = (shape: readonly number[], clamped: boolean) =>
    add({
      shape: [1, ...shape],
      type: quantised ? types[options.stored] : types.float32,
      ...(quantised
        ? { scale: [0.1], zeroPoint: [(clamped ? 0 : 50) - (options.stored === 'int8' ? 128 : 0)] }
        : {}),
    });
  const constant = ({ shape, data }: NamedTensor, bias: boolean): number => {
    const stored = bias && quantised ? 'int32' : bias ? 'float32' : options.stored;
    const at = add(encode(shape, data, stored));
    if (stored !== 'float16') return at;
    const wide = add({ shape, type: types.float32 });
    operators.push({ code: 6, inputs: [at], output: wide });
    return wide;
  };
  const convolution = (node: ConvNode, input: number, kernel: NamedTensor, bias: NamedTensor): number => {
    const relu = node.relu ? (options.relu ?? 'fused') : 'none';
    const shape = shapes.get(node.name)!;
    const output = activation(shape, relu !== 'none');
    operators.push({
      code: codes.conv,
      inputs: [input, constant(toOhwi(kernel), false), constant(bias, true)],
      output,
      bytes: { 0: node.padding === 'same' ? 0 : 1, 3: relu === 'fused' ? 1 : 0 },
      ints: { 1: node.stride, 2: node.stride },
    });
    if (relu !== 'separate') return output;
    const clamped = activation(shape, true);
    operators.push({ code: 19, inputs: [output], output: clamped });
    return clamped;
  };

  for (const original of net.nodes) {
    const node = options.tamper?.(original) ?? original;
    const inputs = inputsOf(node).map((name) => index.get(name)!);
    const shape = shapes.get(node.name)!;
    if (node.op === 'input') index.set(node.name, activation(shape, false));
    else if (node.op === 'conv') {
      const { kernel, bias } = weights.get(node.name)!;
      index.set(node.name, convolution(node, inputs[0]!, kernel, bias));
    } else if (node.op === 'add') throw new Error('Not written');
    else {
      const pooled = node.op === 'global-average-pool';
      const output = activation(pooled ? [1, 1, ...shape] : shape, true);
      index.set(node.name, output);
      if (node.op === 'concat') {
        operators.push({ code: codes.concat, inputs, output, ints: { 0: 3 } });
        continue;
      }
      const [height, width = height] = pooled ? shapes.get(node.input)! : heightWidth(node.size);
      const stride = pooled ? 1 : node.stride;
      const padding = pooled || node.padding === 'valid' ? 1 : 0;
      const ints = { 1: stride, 2: stride, 3: width, 4: height };
      operators.push({ code: codes[node.op], inputs, output, bytes: { 0: padding }, ints });
    }
  }
  let last = index.get(net.nodes.at(-1)!.name)!;
  if (options.top) {
    const { kernel, bias } = options.top;
    const [features, classes] = kernel.shape as [number, number];
    const output = activation([1, 1, classes], false);
    const hwio = { shape: [1, 1, features, classes], data: kernel.data };
    const inputs = [last, constant(toOhwi(hwio), false), constant(bias, true)];
    operators.push({ code: codes.conv, inputs, output, bytes: { 0: 0 }, ints: { 1: 1, 2: 1 } });
    last = activation([classes], false);
    operators.push({ code: codes.reshape, inputs: [output], output: last });
  }
  return serialise(tensors, operators, index.get(net.nodes[0]!.name)!, last);
}

/** [height, width, in, out] → [out, height, width, in] */
function toOhwi({ shape, data }: NamedTensor): NamedTensor {
  const [height, width, channels, filters] = shape as [number, number, number, number];
  const rows = height * width * channels;
  const out = new Float32Array(data.length);
  for (let row = 0; row < rows; row++)
    for (let o = 0; o < filters; o++) out[o * rows + row] = data[row * filters + o]!;
  return { shape: [filters, height, width, channels], data: out };
}

/** Multiples of 1/8 between −8 and 8 survive every format; the second half of the filters has another scale in int8. */
function encode(shape: readonly number[], data: Float32Array, stored: keyof typeof types): Tensor {
  const type = types[stored];
  const bytes = (array: Int32Array | Float32Array | Uint16Array) => new Uint8Array(array.buffer);
  switch (stored) {
    case 'float32':
      return { shape, type, data: bytes(data.slice()) };
    case 'float16':
      return { shape, type, data: bytes(Uint16Array.from(data, toHalf)) };
    case 'int32':
      return { shape, type, data: bytes(Int32Array.from(data, (x) => x * 1024)), scale: [1 / 1024] };
    case 'uint8':
      return { shape, type, data: Uint8Array.from(data, (x) => x * 8 + 64), scale: [1 / 8], zeroPoint: [64] };
    case 'int8': {
      const filters = shape[0]!;
      const scale = Array.from({ length: filters }, (_, o) => (o < filters / 2 ? 1 / 8 : 1 / 16));
      const inner = data.length / filters;
      const values = Int8Array.from(data, (x, i) => x / scale[Math.floor(i / inner)]!);
      return { shape, type, data: new Uint8Array(values.buffer), scale, zeroPoint: scale.map(() => 0) };
    }
  }
}

/** Of multiples of 1/8 only. */
function toHalf(x: number): number {
  if (x === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(x)));
  const fraction = (Math.abs(x) / 2 ** exponent - 1) * 1024;
  return (x < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | fraction;
}

function serialise(tensors: Tensor[], operators: Operator[], input: number, output: number): Uint8Array {
  const b = new Builder(1024);
  const vector = (items: readonly number[], size: number, put: (item: number) => void) => {
    b.startVector(size, items.length, size);
    for (const item of items.toReversed()) put(item);
    return b.endVector();
  };
  const ints = (items: readonly number[]) => vector(items, 4, (item) => b.addInt32(item));
  const floats = (items: readonly number[]) => vector(items, 4, (item) => b.addFloat32(item));
  const longs = (items: readonly number[]) => vector(items, 8, (item) => b.addInt64(BigInt(item)));
  const offsets = (items: readonly number[]) => vector(items, 4, (item) => b.addOffset(item));
  const object = (fields: number, fill: () => void) => {
    b.startObject(fields);
    fill();
    return b.endObject();
  };

  const used = [...new Set(operators.map(({ code }) => code))];
  const buffers = [object(1, () => undefined)];
  const tensorTables = tensors.map(({ shape, type, data, scale, zeroPoint = [0] }, i) => {
    let buffer = 0;
    if (data) {
      const bytes = b.createByteVector(data);
      buffer = buffers.push(object(1, () => b.addFieldOffset(0, bytes, 0))) - 1;
    }
    const [scales, zeros] = scale ? [floats(scale), longs(zeroPoint)] : [0, 0];
    const quantization = object(7, () => {
      b.addFieldOffset(2, scales, 0);
      b.addFieldOffset(3, zeros, 0);
    });
    const [name, sides] = [b.createString(`tensor ${i}`), ints(shape)];
    return object(5, () => {
      b.addFieldOffset(0, sides, 0);
      b.addFieldInt8(1, type, 0);
      b.addFieldInt32(2, buffer, 0);
      b.addFieldOffset(3, name, 0);
      b.addFieldOffset(4, quantization, 0);
    });
  });
  const operatorTables = operators.map((op) => {
    const options = object(6, () => {
      for (const [field, value] of Object.entries(op.bytes ?? {})) b.addFieldInt8(Number(field), value, 0);
      for (const [field, value] of Object.entries(op.ints ?? {})) b.addFieldInt32(Number(field), value, 0);
    });
    const [from, to] = [ints(op.inputs), ints([op.output])];
    return object(5, () => {
      b.addFieldInt32(0, used.indexOf(op.code), 0);
      b.addFieldOffset(1, from, 0);
      b.addFieldOffset(2, to, 0);
      b.addFieldOffset(4, options, 0);
    });
  });
  const lists = [offsets(tensorTables), ints([input]), ints([output]), offsets(operatorTables)];
  const graph = object(4, () => lists.forEach((list, field) => b.addFieldOffset(field, list, 0)));
  const codeTables = used.map((code) => object(1, () => b.addFieldInt8(0, code, 0)));
  const [codeList, graphList, bufferList] = [offsets(codeTables), offsets([graph]), offsets(buffers)];
  const model = object(5, () => {
    b.addFieldInt32(0, 3, 0);
    b.addFieldOffset(1, codeList, 0);
    b.addFieldOffset(2, graphList, 0);
    b.addFieldOffset(4, bufferList, 0);
  });
  b.finish(model, 'TFL3');
  return b.asUint8Array();
}
