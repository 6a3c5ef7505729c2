import {
  dispose,
  fused,
  matMul,
  tensor1d,
  tensor2d,
  tidy,
  transpose,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { ExampleSource } from './examples';
import { standardise, type Scale } from './exact-standardise';
import type { Pace } from './pace';
import { readInto } from './read';
import { mostInMemory } from './stored-examples';

/** Rows in one product: enough to keep a backend busy, few enough to cancel soon. */
const chunkRows = 4096;

/** Standardised features on the backend, and which examples they are of. */
interface Block {
  readonly rows: readonly number[];
  /** [rows, inputs] */
  readonly x: Tensor2D;
}

/** What of the cross-entropy counts, and the weight of the squared kernel. */
export interface Terms {
  /** [n]: of each example's cross-entropy, the division by their number included; 0 leaves it out. */
  readonly weights: Float64Array;
  readonly l2: number;
}

/** At which parameters the regression is asked for, and where its gradient is to be written. */
export interface Question {
  readonly terms: Terms;
  readonly parameters: Float64Array;
  readonly gradient: Float64Array;
}

/**
 * Multinomial logistic regression on standardised features: Σ weight · cross-entropy + l2 · Σ kernel², biases free.
 * Parameters are the kernel [d, classes], row-major, then the biases [classes]. The two products with the features run
 * on the current backend, where the features stay until `dispose` if they take no more than `most` bytes, and are read
 * anew for every evaluation, a block at a time, if they take more; everything else is done in double precision. For
 * the gradient the small factor is transposed, not the features: the wasm backend is slow with transposed matrices.
 */
export class SoftmaxRegression {
  readonly inputs: number;
  readonly #isKept: boolean;
  #kept: readonly Block[] | null = null;

  constructor(
    readonly source: ExampleSource,
    readonly classes: number,
    readonly scale: Scale,
    readonly pace: Pace,
    most = mostInMemory,
  ) {
    this.inputs = source.inputs;
    this.#isKept = 4 * source.labels.length * source.inputs <= most;
  }

  dispose(): void {
    dispose(this.#kept?.map(({ x }) => x) ?? []);
    this.#kept = null;
  }

  get parameters(): number {
    return (this.inputs + 1) * this.classes;
  }

  /**
   * Writes into `out` [n, classes] the logits of each row by the one of several solutions that `which` names for it;
   * rows for which that is negative are left as they are.
   */
  async logits(
    solutions: readonly Float64Array[],
    which: (row: number) => number,
    out = new Float32Array(this.source.labels.length * this.classes),
  ): Promise<Float32Array> {
    const { classes } = this;
    for await (const { rows, logits } of this.#forward(solutions))
      for (const [i, row] of rows.entries()) {
        const chosen = which(row);
        if (chosen < 0) continue;
        const start = (i * solutions.length + chosen) * classes;
        out.set(logits.subarray(start, start + classes), row * classes);
      }
    return out;
  }

  /**
   * The value of each question, and its gradient: all of them in one pass over the features, which takes hardly longer
   * than one. Rejects with `cancelled`.
   */
  async evaluate(questions: readonly Question[]): Promise<number[]> {
    const { classes, inputs } = this;
    const { labels } = this.source;
    const values = questions.map(() => 0);
    for (const { gradient } of questions) gradient.fill(0);
    const solutions = questions.map(({ parameters }) => parameters);
    for await (const { rows, x, logits: delta } of this.#forward(solutions)) {
      for (let k = 0, start = 0; k < rows.length; k++)
        for (const [q, { terms, gradient }] of questions.entries()) {
          const end = start + classes;
          const weight = terms.weights[rows[k]!]!;
          if (weight === 0) delta.fill(0, start, end);
          else values[q]! += weight * toGradient(delta, start, end, start + labels[rows[k]!]!, weight);
          for (let i = start, bias = inputs * classes; i < end; i++, bias++) gradient[bias]! += delta[i]!;
          start = end;
        }
      await this.#addProduct(x, delta, questions);
    }
    for (const [q, { terms, parameters, gradient }] of questions.entries())
      for (let i = 0; i < inputs * classes; i++) {
        const weight = parameters[i]!;
        values[q]! += terms.l2 * weight * weight;
        gradient[i]! += 2 * terms.l2 * weight;
      }
    return values;
  }

  /** Adds xᵀ · delta, [d, classes] of each question. */
  async #addProduct(x: Tensor2D, delta: Float32Array, questions: readonly Question[]): Promise<void> {
    const { classes, inputs } = this;
    const columns = questions.length * classes;
    const product = new Float32Array(columns * inputs);
    const [rows] = x.shape;
    await readInto([tidy(() => matMul(transpose(tensor2d(delta, [rows, columns])), x))], [product]);
    let k = 0;
    for (const { gradient } of questions)
      for (let c = 0; c < classes; c++)
        for (let j = 0; j < inputs; j++, k++) gradient[j * classes + c]! += product[k]!;
    await this.pace.breathe();
  }

  /** Block after block with its logits [rows, solutions × classes]. */
  async *#forward(
    solutions: readonly Float64Array[],
  ): AsyncGenerator<Block & { readonly logits: Float32Array }, void, undefined> {
    const { classes, inputs } = this;
    const columns = solutions.length * classes;
    const values = new Float32Array((inputs + 1) * columns);
    for (const [s, solution] of solutions.entries())
      for (let row = 0; row <= inputs; row++)
        values.set(solution.subarray(row * classes, (row + 1) * classes), row * columns + s * classes);
    const kernel = tensor2d(values.subarray(0, inputs * columns), [inputs, columns]);
    const bias = tensor1d(values.subarray(inputs * columns));
    try {
      for await (const block of this.#blocks()) {
        const logits = new Float32Array(block.rows.length * columns);
        await readInto([fused.matMul({ a: block.x, b: kernel, bias })], [logits]);
        await this.pace.breathe();
        yield { ...block, logits };
      }
    } finally {
      dispose([kernel, bias]);
    }
  }

  async *#blocks(): AsyncGenerator<Block, void, undefined> {
    if (this.#isKept) yield* (this.#kept ??= await this.#readAll());
    else
      for await (const block of this.#read())
        try {
          yield block;
        } finally {
          block.x.dispose();
        }
  }

  async #readAll(): Promise<Block[]> {
    const blocks: Block[] = [];
    try {
      for await (const block of this.#read()) {
        blocks.push(block);
        await this.pace.breathe();
      }
      return blocks;
    } catch (error) {
      dispose(blocks.map(({ x }) => x));
      throw error;
    }
  }

  /** Whoever takes a block disposes of it. */
  async *#read(): AsyncGenerator<Block, void, undefined> {
    for await (const { rows, features } of this.source.parts())
      for (let from = 0; from < rows.length; from += chunkRows) {
        const some = rows.slice(from, from + chunkRows);
        const values = standardise(features, this.scale, from, from + some.length);
        yield { rows: some, x: tensor2d(values, [some.length, this.inputs]) };
      }
  }
}

/** The cross-entropy of the logits from `start` to `end`, which become its gradient by them, times `weight`. */
function toGradient(logits: Float32Array, start: number, end: number, own: number, weight: number): number {
  let max = -Infinity;
  for (let i = start; i < end; i++) max = Math.max(max, logits[i]!);
  const ownLogit = logits[own]!;
  let sum = 0;
  for (let i = start; i < end; i++) sum += logits[i] = Math.exp(logits[i]! - max);
  const share = weight / sum;
  for (let i = start; i < end; i++) logits[i]! *= share;
  logits[own]! -= weight;
  return Math.log(sum) + max - ownLogit;
}
