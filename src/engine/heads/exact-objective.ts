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

  /** [n, classes] */
  async logits(parameters: Float64Array): Promise<Float32Array> {
    const { classes } = this;
    const out = new Float32Array(this.source.labels.length * classes);
    for await (const { rows, logits } of this.#forward(parameters))
      for (const [i, row] of rows.entries())
        out.set(logits.subarray(i * classes, (i + 1) * classes), row * classes);
    return out;
  }

  /** Value and, into `gradient`, gradient at `parameters`. Rejects with `cancelled`. */
  async evaluate({ weights, l2 }: Terms, parameters: Float64Array, gradient: Float64Array): Promise<number> {
    const { classes, inputs } = this;
    const { labels } = this.source;
    gradient.fill(0);
    const biases = gradient.subarray(inputs * classes);
    let value = 0;
    for await (const { rows, x, logits: delta } of this.#forward(parameters)) {
      for (let k = 0, start = 0; k < rows.length; k++, start += classes) {
        const weight = weights[rows[k]!]!;
        const own = start + labels[rows[k]!]!;
        let max = -Infinity;
        for (let i = start; i < start + classes; i++) max = Math.max(max, delta[i]!);
        let sum = 0;
        for (let i = start; i < start + classes; i++) sum += Math.exp(delta[i]! - max);
        value += weight * (Math.log(sum) + max - delta[own]!);
        for (let i = start; i < start + classes; i++) {
          const byLogit = weight * (Math.exp(delta[i]! - max) / sum - (i === own ? 1 : 0));
          biases[i - start]! += byLogit;
          delta[i] = byLogit;
        }
      }
      await this.#addProduct(x, delta, gradient);
    }
    for (let i = 0; i < inputs * classes; i++) {
      const weight = parameters[i]!;
      value += l2 * weight * weight;
      gradient[i]! += 2 * l2 * weight;
    }
    return value;
  }

  /** Adds xᵀ · delta, [d, classes]. */
  async #addProduct(x: Tensor2D, delta: Float32Array, gradient: Float64Array): Promise<void> {
    const { classes, inputs } = this;
    const product = new Float32Array(classes * inputs);
    const [rows] = x.shape;
    await readInto([tidy(() => matMul(transpose(tensor2d(delta, [rows, classes])), x))], [product]);
    for (let c = 0, k = 0; c < classes; c++)
      for (let j = 0; j < inputs; j++, k++) gradient[j * classes + c]! += product[k]!;
    await this.pace.breathe();
  }

  /** Block after block with its logits [rows, classes]. */
  async *#forward(
    parameters: Float64Array,
  ): AsyncGenerator<Block & { readonly logits: Float32Array }, void, undefined> {
    const { classes, inputs } = this;
    const values = Float32Array.from(parameters);
    const kernel = tensor2d(values.subarray(0, inputs * classes), [inputs, classes]);
    const bias = tensor1d(values.subarray(inputs * classes));
    try {
      for await (const block of this.#blocks()) {
        const logits = new Float32Array(block.rows.length * classes);
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
