import type { DenseLayer, TrainedHead } from '../heads/head';
import { pooled, type FeatureMap } from './feature-map';

/** What is explained: a class' logit, or by how much it is above the mean of all logits. */
export type ExplainedScore = 'logit' | 'margin';

export interface ActivationMap {
  readonly height: number;
  readonly width: number;
  /** [height, width], signed: what each place adds to the score (above zero) or takes from it. */
  readonly values: Float32Array;
  /** What no place accounts for: the values and this add up to the score. */
  readonly bias: number;
  /** The score of the picture. */
  readonly score: number;
  /** Whether the head is linear, so that this holds for any picture, not just near this one. */
  readonly exact: boolean;
}

/**
 * The class activation map of a head on a base's last feature map. For a linear head it is exact (Zhou et al. 2016):
 * the vector is the map's mean, so each place's share of the score is its features times the class' weights. Through
 * hidden relu layers the weights are the gradient of the score by the vector (Grad-CAM, Selvaraju et al. 2017),
 * unlike there with its sign kept. A softmax does not change when all logits move alike; `margin` does not either,
 * which is why it is what shows which class a place speaks for.
 * @throws RangeError where the map has not as many channels as the head inputs, or there is no such class.
 */
export function activationMap(
  head: TrainedHead,
  map: FeatureMap,
  target: number,
  of: ExplainedScore = 'margin',
): ActivationMap {
  const { height, width, channels, values } = map;
  if (channels !== head.inputs)
    throw new RangeError(`The head takes ${head.inputs} features, the map has ${channels}`);
  if (!(Number.isInteger(target) && target >= 0 && target < head.classes))
    throw new RangeError(`There is no class ${target} among ${head.classes}`);
  const weights = outputWeights(head.classes, target, of);
  const { gradient, score } = inputGradient(head, pooled(map), weights);
  const places = height * width;
  const shares = new Float32Array(places);
  let sum = 0;
  for (let place = 0, i = 0; place < places; place++) {
    let share = 0;
    for (let c = 0; c < channels; c++, i++) share += gradient[c]! * values[i]!;
    share /= places;
    sum += share;
    shares[place] = share;
  }
  return { height, width, values: shares, bias: score - sum, score, exact: head.layers.length === 1 };
}

/** [classes] */
function outputWeights(classes: number, target: number, of: ExplainedScore): Float64Array {
  const weights = new Float64Array(classes).fill(of === 'margin' ? -1 / classes : 0);
  weights[target]! += 1;
  return weights;
}

/**
 * The gradient, by a feature vector, of a weighted sum of the head's logits there. At a relu's kink it is that of the
 * closed side, as everywhere.
 * @param x [inputs]
 * @param weights [classes]
 */
export function inputGradient(
  head: TrainedHead,
  x: ArrayLike<number>,
  weights: Float64Array,
): { readonly gradient: Float64Array; readonly score: number } {
  const outputs: ArrayLike<number>[] = [];
  let y: ArrayLike<number> = x;
  for (const layer of head.layers) {
    const relu = layer !== head.layers.at(-1);
    outputs.push((y = forward(layer, y, relu)));
  }
  const logits = outputs.at(-1)!;
  let score = 0;
  for (let c = 0; c < weights.length; c++) score += weights[c]! * logits[c]!;
  let gradient = weights;
  for (let index = head.layers.length - 1; index >= 0; index--) {
    gradient = backward(head.layers[index]!, gradient);
    const before = outputs[index - 1];
    if (before !== undefined) for (let i = 0; i < gradient.length; i++) if (before[i]! <= 0) gradient[i] = 0;
  }
  return { gradient, score };
}

/** [inputs] → [units], in double precision. */
function forward(layer: DenseLayer, x: ArrayLike<number>, relu: boolean): Float64Array {
  const { kernel, inputs, units } = layer;
  const y = Float64Array.from(layer.bias);
  for (let i = 0, k = 0; i < inputs; i++) for (let u = 0; u < units; u++, k++) y[u]! += x[i]! * kernel[k]!;
  return relu ? y.map((value) => Math.max(0, value)) : y;
}

/** By the outputs [units] → by the inputs [inputs] */
function backward({ kernel, inputs, units }: DenseLayer, byOutput: Float64Array): Float64Array {
  const byInput = new Float64Array(inputs);
  for (let i = 0, k = 0; i < inputs; i++) {
    let sum = 0;
    for (let u = 0; u < units; u++, k++) sum += kernel[k]! * byOutput[u]!;
    byInput[i] = sum;
  }
  return byInput;
}
