import {
  fused,
  matMul,
  mul,
  softmax,
  step,
  sub,
  sum,
  tensor1d,
  tensor2d,
  tidy,
  transpose,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { Batch } from './examples';
import type { TrainedHead } from './head';
import { readInto } from './read';

/**
 * The head's mathematics on the current tfjs backend, written by hand instead of taped: tfjs' own gradients multiply
 * by transposed matrices, which the wasm backend does 7 to 19 times slower than transposing first. Weights are
 * uploaded for each call and no tensor outlives one, so a run can be abandoned between any two.
 */

interface LayerTensors {
  /** [inputs, units] */
  readonly kernel: Tensor2D;
  /** [units] */
  readonly bias: Tensor1D;
}

interface Forward {
  /** What each layer was given: [n, inputs] each, after relu and dropout. */
  readonly inputs: readonly Tensor2D[];
  /** [n, classes] */
  readonly logits: Tensor2D;
}

function upload(head: TrainedHead): LayerTensors[] {
  return head.layers.map(({ kernel, bias, inputs, units }) => ({
    kernel: tensor2d(kernel, [inputs, units]),
    bias: tensor1d(bias),
  }));
}

/** `masks`: what the output of each hidden layer is multiplied by, [n, units] each; none outside training. */
function forward(x: Tensor2D, layers: readonly LayerTensors[], masks: readonly Tensor2D[] = []): Forward {
  const inputs = [x];
  for (const [index, { kernel, bias }] of layers.slice(0, -1).entries()) {
    const hidden = fused.matMul({ a: inputs[index]!, b: kernel, bias, activation: 'relu' }) as Tensor2D;
    const mask = masks[index];
    inputs.push(mask === undefined ? hidden : mul(hidden, mask));
  }
  const { kernel, bias } = layers.at(-1)!;
  return { inputs, logits: fused.matMul({ a: inputs.at(-1)!, b: kernel, bias }) as Tensor2D };
}

/**
 * Gradients of the loss by kernel and bias, first layer first, then (if wanted) by the features, given that by the
 * logits [n, classes]. `gain` is what
 * dropout multiplied the survivors by: since an input is positive only where relu and dropout let it through, the sign
 * of the input is all that the way back needs to know.
 */
function backward(
  pass: Forward,
  byLogits: Tensor2D,
  layers: readonly LayerTensors[],
  gain: number,
  wantsFeatures: boolean,
): Tensor[] {
  const gradients: Tensor[] = [];
  let delta = byLogits;
  for (let index = layers.length - 1; index >= 0; index--) {
    const input = pass.inputs[index]!;
    gradients.unshift(matMul(transpose(input), delta), sum(delta, 0));
    if (index === 0 && !wantsFeatures) break;
    const byInput = matMul(delta, transpose(layers[index]!.kernel));
    if (index === 0) {
      gradients.push(byInput);
      break;
    }
    const through = mul(byInput, step(input));
    delta = (gain === 1 ? through : mul(through, gain)) as Tensor2D;
  }
  return gradients;
}

/** How a batch is to be weighed and thinned out. */
export interface BatchTerms {
  /** [n]: weight of each example's cross-entropy in the loss, the division by n included. */
  readonly weights: Float32Array;
  /** [n, units] of each hidden layer, 0 or 1 / (1 − dropout); empty without dropout. */
  readonly masks: readonly Float32Array[];
}

/** Where a batch's results go; made once a training, because fresh megabytes cost more than copying into old ones. */
export interface Results {
  /** Room for [batch, classes] of the largest batch: the logits, under dropout, before the update. */
  readonly logits: Float32Array;
  /** By kernel, bias, kernel, bias, … from the first layer on; without the L2 penalty. */
  readonly gradients: readonly Float32Array[];
  /** Room for [batch, inputs]: the gradient by the features, for who trains what made them; left out: not computed. */
  readonly byFeatures?: Float32Array;
}

/** One forward and backward pass over a batch into `results`; the only wait is for the results. */
export async function batchGradients(
  head: TrainedHead,
  batch: Batch,
  { weights, masks }: BatchTerms,
  results: Results,
): Promise<void> {
  const n = batch.size;
  const gain = 1 / (1 - head.spec.dropout);
  const outputs = tidy(() => {
    const layers = upload(head);
    const maskTensors = masks.map((mask, i) => tensor2d(mask, [n, head.layers[i]!.units]));
    const pass = forward(tensor2d(batch.features, [n, head.inputs]), layers, maskTensors);
    // By the logits, the weighted cross-entropy has the gradient weight · (probability − one-hot label).
    const target = new Float32Array(n * head.classes);
    for (let row = 0; row < n; row++) target[row * head.classes + batch.labels[row]!] = weights[row]!;
    const weighted = mul(softmax(pass.logits), tensor2d(weights, [n, 1]));
    const byLogits = sub<Tensor2D>(weighted, tensor2d(target, [n, head.classes]));
    return [pass.logits, ...backward(pass, byLogits, layers, gain, results.byFeatures !== undefined)];
  });
  const { byFeatures } = results;
  await readInto(outputs, [results.logits, ...results.gradients, ...(byFeatures ? [byFeatures] : [])]);
}

/** Logits [n, classes] of features [n, inputs] on the backend, in one go: for chunks of some thousand at most. */
export async function headLogitsOnBackend(
  head: TrainedHead,
  features: Float32Array,
  n: number,
): Promise<Float32Array> {
  const logits = new Float32Array(n * head.classes);
  const outputs = tidy(() => [forward(tensor2d(features, [n, head.inputs]), upload(head)).logits]);
  await readInto(outputs, [logits]);
  return logits;
}
