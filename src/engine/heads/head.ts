import { Random } from '../random';
import type { HeadSpec } from '../run';

/** One dense layer as plain data. */
export interface DenseLayer {
  readonly inputs: number;
  readonly units: number;
  /** [inputs, units], row-major. */
  readonly kernel: Float32Array;
  /** [units] */
  readonly bias: Float32Array;
}

/** A dense head as plain data: relu between layers, logits out of the last one. Survives `structuredClone`. */
export interface TrainedHead {
  readonly spec: HeadSpec;
  /** Length of the feature vector. */
  readonly inputs: number;
  readonly classes: number;
  /** The hidden layers in order, then the logits. */
  readonly layers: readonly DenseLayer[];
}

/**
 * A head before training, as Keras' `Dense` starts: kernels Glorot uniform (Glorot and Bengio 2010), biases zero.
 * Each layer draws from a stream of its own, so that adding a layer leaves the weights of those before it as they were.
 */
export function initialHead(spec: HeadSpec, inputs: number, classes: number, seed: number): TrainedHead {
  const widths = [inputs, ...spec.hidden, classes];
  const layers = widths.slice(1).map((units, index): DenseLayer => {
    const fanIn = widths[index]!;
    const random = new Random(seed, `weights/${layerName(index, spec.hidden.length)}`);
    const limit = Math.sqrt(6 / (fanIn + units));
    const kernel = Float32Array.from({ length: fanIn * units }, () => (2 * random.uniform() - 1) * limit);
    return { inputs: fanIn, units, kernel, bias: new Float32Array(units) };
  });
  return { spec, inputs, classes, layers };
}

/** What a layer is called in random streams, exports and errors: `hidden_1`, `hidden_2`, …, `logits`. */
export function layerName(index: number, hiddenLayers: number): string {
  return index < hiddenLayers ? `hidden_${index + 1}` : 'logits';
}

export function copyHead(head: TrainedHead): TrainedHead {
  const layers = head.layers.map((layer) => ({
    ...layer,
    kernel: layer.kernel.slice(),
    bias: layer.bias.slice(),
  }));
  return { ...head, layers };
}

/**
 * Logits [n, classes] of features [n, inputs], without a backend and summed in double precision: for predictions and
 * small sets. One example costs one pass over the kernels (2048 → 512 → 10: about a millisecond); for thousands of
 * examples use `headLogitsOnBackend` (`layers.ts`).
 * @throws RangeError where the features are not n × inputs numbers.
 */
export function headLogits(head: TrainedHead, features: Float32Array, n: number): Float32Array {
  if (features.length !== n * head.inputs)
    throw new RangeError(`Expected ${n} × ${head.inputs} features, got ${features.length} numbers`);
  const logits = new Float32Array(n * head.classes);
  const last = head.layers.length - 1;
  for (let row = 0; row < n; row++) {
    let x: Float32Array | Float64Array = features.subarray(row * head.inputs, (row + 1) * head.inputs);
    for (const [index, layer] of head.layers.entries()) x = dense(layer, x, index < last);
    logits.set(x, row * head.classes);
  }
  return logits;
}

/** [inputs] → [units] */
function dense(layer: DenseLayer, x: ArrayLike<number>, relu: boolean): Float64Array {
  const { kernel, inputs, units } = layer;
  const y = Float64Array.from(layer.bias);
  for (let i = 0; i < inputs; i++) {
    const value = x[i]!;
    // Bottlenecks and hidden activations come out of a relu: many are zero.
    if (value === 0) continue;
    for (let u = 0, k = i * units; u < units; u++, k++) y[u]! += value * kernel[k]!;
  }
  if (relu) for (let u = 0; u < units; u++) if (y[u]! < 0) y[u] = 0;
  return y;
}

/** Probabilities of logits, both [n, classes]; the maximum is taken out first, so that no exponential overflows. */
export function softmax(logits: Float32Array, classes: number): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    let max = -Infinity;
    for (let c = 0; c < classes; c++) max = Math.max(max, logits[start + c]!);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(logits[start + c]! - max);
    for (let c = 0; c < classes; c++) probabilities[start + c] = Math.exp(logits[start + c]! - max) / sum;
  }
  return probabilities;
}
