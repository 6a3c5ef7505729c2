import { corrupt, elementCount } from './checks';
import { format, Table } from './tflite-flatbuffer';

/** Field numbers and codes below are those of tensorflow/lite/schema/schema.fbs, versions 3 and 3a. */
export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** TensorType: 0 float32, 1 float16, 2 int32, 3 uint8, 9 int8. */
  readonly type: number;
  /** Constant data as it lies in the file; empty for what is computed. */
  readonly bytes: Uint8Array;
  /** real = scale · (stored − zeroPoint); none, one, or one for each index of `dimension`. */
  readonly scale: readonly number[];
  readonly zeroPoint: readonly number[];
  readonly dimension: number;
}

export interface Window {
  readonly padding: 'same' | 'valid';
  /** [height, width]; of a convolution, the kernel has it. */
  readonly size: readonly [number, number] | null;
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
}

export interface TfliteOperator {
  readonly kind: Kind;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly activation: 'none' | 'relu' | 'other';
  /** Of convolutions and pools. */
  readonly window: Window | null;
}

/** One graph: tensors, operators in execution order, and the indices of the tensors that come in and go out. */
export interface TfliteModel {
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** BuiltinOperator, those that a frozen classifier is made of. */
const kinds = {
  1: 'average-pool',
  2: 'concat',
  3: 'conv',
  6: 'dequantize',
  9: 'dense',
  17: 'max-pool',
  19: 'relu',
  22: 'reshape',
  40: 'mean',
  43: 'reshape', // squeeze
  114: 'quantize',
} as const;
type Kind = (typeof kinds)[keyof typeof kinds] | 'other';

/** Where in its options an operator keeps the fused activation. */
const activationField: Partial<Record<Kind, number>> = {
  'average-pool': 5,
  concat: 1,
  conv: 3,
  dense: 0,
  'max-pool': 5,
};

/** The first graph of a .tflite file as plain data. Throws `weights-corrupt`. */
export function parseTflite(bytes: Uint8Array): TfliteModel {
  const model = Table.root(bytes, 'TFL3');
  const version = model.int32(0);
  if (version !== 3) throw corrupt(format, `it is of version ${version}, not 3`);
  // Codes above 127 are in field 3; older files have field 0 alone.
  const codes = model.tables(1).map((code) => Math.max(code.int8(0), code.int32(3)));
  const buffers = model.tables(4);
  const [graph] = model.tables(2);
  if (!graph) throw corrupt(format, 'it contains no graph');

  const tensors = graph.tables(0).map((table) => parseTensor(table, buffers));
  const indices = (list: number[]) => {
    // −1 stands for an optional input that is left out.
    if (list.some((i) => i < -1 || i >= tensors.length))
      throw corrupt(format, 'it refers to a tensor that it lacks');
    return list;
  };
  const operators = graph.tables(3).map((table): TfliteOperator => {
    const code = codes[table.int32(0)];
    if (code === undefined) throw corrupt(format, 'it refers to an operator that it lacks');
    const kind = Object.hasOwn(kinds, code) ? kinds[code as keyof typeof kinds] : 'other';
    return {
      kind,
      inputs: indices(table.int32s(1)),
      outputs: indices(table.int32s(2)),
      ...parseOptions(kind, table.table(4)),
    };
  });
  return { tensors, operators, inputs: indices(graph.int32s(1)), outputs: indices(graph.int32s(2)) };
}

function parseTensor(table: Table, buffers: readonly Table[]): TfliteTensor {
  const name = table.string(3);
  const shape = table.int32s(0);
  elementCount(format, name, shape);
  const buffer = buffers[table.int32(2)];
  if (!buffer) throw corrupt(format, `${name} refers to a buffer that it lacks`);
  const quantization = table.table(4);
  return {
    name,
    shape,
    type: table.int8(1),
    bytes: buffer.bytes(0),
    scale: quantization?.float32s(2) ?? [],
    zeroPoint: quantization?.int64s(3) ?? [],
    dimension: quantization?.int32(6) ?? 0,
  };
}

function parseOptions(kind: Kind, options: Table | null): Pick<TfliteOperator, 'activation' | 'window'> {
  const field = activationField[kind];
  const code = options && field !== undefined ? options.int8(field) : 0;
  const activation = code === 0 ? 'none' : code === 1 ? 'relu' : 'other';
  const isPool = kind === 'max-pool' || kind === 'average-pool';
  if (!options || !(isPool || kind === 'conv')) return { activation, window: null };
  return {
    activation,
    window: {
      padding: options.int8(0) === 0 ? 'same' : 'valid',
      size: isPool ? [options.int32(4), options.int32(3)] : null,
      stride: [options.int32(2), options.int32(1)],
      dilation: isPool ? [1, 1] : [options.int32(5, 1), options.int32(4, 1)],
    },
  };
}
