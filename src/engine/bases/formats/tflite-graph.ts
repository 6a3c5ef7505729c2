import type { NamedTensor } from '../tensors';
import { corrupt } from './checks';
import { format } from './tflite-flatbuffer';
import type { TfliteModel, TfliteOperator } from './tflite-model';
import { dequantise } from './tflite-tensor';

/** Least value of each quantised type: the zero point of a tensor that is nowhere negative. */
const lowest: Readonly<Record<number, number>> = { 3: 0, 9: -128 };

/** A tflite graph by who makes and who reads a tensor. What a converter puts in between is seen through. */
export class Graph {
  readonly model: TfliteModel;
  readonly #producers = new Map<number, TfliteOperator>();

  constructor(model: TfliteModel) {
    this.model = model;
    for (const op of model.operators) {
      if (op.outputs.length === 0 || op.inputs.length === 0)
        throw corrupt(format, 'an operator in it has no input or no output');
      for (const output of op.outputs) this.#producers.set(output, op);
    }
  }

  /** What makes a tensor; of a relu that stands alone and is wanted, what makes its input. */
  producer(tensor: number, throughRelu: boolean): TfliteOperator | undefined {
    const op = this.#producers.get(tensor);
    return throughRelu && op?.kind === 'relu' ? this.#producers.get(op.inputs[0]!) : op;
  }

  /** What reads a tensor first, reshaping aside. */
  reader(tensor: number): TfliteOperator | undefined {
    for (const op of this.model.operators) {
      if (op.inputs[0] !== tensor) continue;
      if (op.kind !== 'reshape') return op;
      tensor = op.outputs[0]!;
    }
    return undefined;
  }

  isInput(tensor: number): boolean {
    const op = this.#producers.get(tensor);
    return this.model.inputs.includes(op?.kind === 'quantize' ? op.inputs[0]! : tensor);
  }

  /** The last pool that takes in a whole map. */
  globalPool(): TfliteOperator | undefined {
    return this.model.operators.findLast(({ kind, window, inputs }) => {
      const [, height, width] = this.model.tensors[inputs[0]!]?.shape ?? [];
      return (
        kind === 'mean' ||
        (kind === 'average-pool' && window?.size?.[0] === height && window?.size?.[1] === width)
      );
    });
  }

  /**
   * Whether a convolution's output is cut off at zero. Quantised files often do it without saying so: the output's
   * range begins at zero.
   */
  clampsAtZero(op: TfliteOperator): boolean {
    if (op.activation !== 'none') return op.activation === 'relu';
    const output = op.outputs[0]!;
    const tensor = this.model.tensors[output]!;
    if (tensor.scale.length > 0 && tensor.zeroPoint[0] === lowest[tensor.type]) return true;
    return this.model.operators.some(({ kind, inputs }) => kind === 'relu' && inputs[0] === output);
  }

  /** A constant as float32, in its own layout. */
  constant(index: number | undefined): NamedTensor {
    const op = this.#producers.get(index ?? -1);
    // Float16 files keep the halves and widen them at run time.
    const tensor = this.model.tensors[op?.kind === 'dequantize' ? op.inputs[0]! : (index ?? -1)];
    if (!tensor) throw corrupt(format, 'an operator in it lacks its weights');
    return dequantise(tensor);
  }
}
