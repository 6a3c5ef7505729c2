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
import type { Examples } from './examples';
import { standardise, type Scale } from './exact-standardise';
import type { Pace } from './pace';
import { readInto } from './read';

/** Rows in one product: enough to keep a backend busy, few enough to cancel soon. */
const chunkRows = 4096;

/** What of the cross-entropy counts, and the weight of the squared kernel. */
export interface Terms {
  /** [n]: of each example's cross-entropy, the division by their number included; 0 leaves it out. */
  readonly weights: Float64Array;
  readonly l2: number;
}

/**
 * Multinomial logistic regression on standardised features: Σ weight · cross-entropy + l2 · Σ kernel², biases free.
 * Parameters are the kernel [d, classes], row-major, then the biases [classes]. The two products with the features run
 * on the current backend, where the features stay until `dispose`; everything else is done in double precision. For
 * the gradient the small factor is transposed, not the features: the wasm backend is slow with transposed matrices.
 */
export class SoftmaxRegression {
  readonly inputs: number;
  readonly #chunks: { readonly from: number; readonly rows: number; readonly x: Tensor2D }[] = [];

  constructor(
    readonly examples: Examples,
    readonly classes: number,
    scale: Scale,
    readonly pace: Pace,
  ) {
    this.inputs = scale.mean.length;
    const n = examples.labels.length;
    for (let from = 0; from < n; from += chunkRows) {
      const rows = Math.min(chunkRows, n - from);
      const values = standardise(examples.features, scale, from, from + rows);
      this.#chunks.push({ from, rows, x: tensor2d(values, [rows, this.inputs]) });
    }
  }

  dispose(): void {
    dispose(this.#chunks.map(({ x }) => x));
    this.#chunks.length = 0;
  }

  get parameters(): number {
    return (this.inputs + 1) * this.classes;
  }

  /** [n, classes] */
  async logits(parameters: Float64Array): Promise<Float32Array> {
    const { classes, inputs } = this;
    const out = new Float32Array(this.examples.labels.length * classes);
    const values = Float32Array.from(parameters);
    const kernel = tensor2d(values.subarray(0, inputs * classes), [inputs, classes]);
    const bias = tensor1d(values.subarray(inputs * classes));
    try {
      for (const { x, from, rows } of this.#chunks) {
        const product = fused.matMul({ a: x, b: kernel, bias });
        await readInto([product], [out.subarray(from * classes, (from + rows) * classes)]);
        await this.pace.breathe();
      }
    } finally {
      dispose([kernel, bias]);
    }
    return out;
  }

  /** Value and, into `gradient`, gradient at `parameters`. Rejects with `cancelled`. */
  async evaluate({ weights, l2 }: Terms, parameters: Float64Array, gradient: Float64Array): Promise<number> {
    const { classes, inputs } = this;
    const { labels } = this.examples;
    const delta = await this.logits(parameters);
    gradient.fill(0);
    const biases = gradient.subarray(inputs * classes);
    let value = 0;
    for (let row = 0, start = 0; row < labels.length; row++, start += classes) {
      const weight = weights[row]!;
      const own = start + labels[row]!;
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
    await this.#addProducts(delta, gradient);
    for (let i = 0; i < inputs * classes; i++) {
      const weight = parameters[i]!;
      value += l2 * weight * weight;
      gradient[i]! += 2 * l2 * weight;
    }
    return value;
  }

  /** Adds featuresᵀ · delta, [d, classes]. */
  async #addProducts(delta: Float32Array, gradient: Float64Array): Promise<void> {
    const { classes, inputs } = this;
    const product = new Float32Array(classes * inputs);
    for (const { x, from, rows } of this.#chunks) {
      const part = delta.subarray(from * classes, (from + rows) * classes);
      await readInto([tidy(() => matMul(transpose(tensor2d(part, [rows, classes])), x))], [product]);
      for (let c = 0, k = 0; c < classes; c++)
        for (let j = 0; j < inputs; j++, k++) gradient[j * classes + c]! += product[k]!;
      await this.pace.breathe();
    }
  }
}
