import type { OptimizerId } from '../run';

/**
 * The optimizers as loops over typed arrays, with Keras 3's formulas and defaults (`keras/src/optimizers`). One loop
 * reads and writes every number once; as a chain of tensor operations the same update takes two to three times as
 * long on the wasm backend. Every function changes `parameter` and its state in place.
 */

const beta1 = 0.9;
const beta2 = 0.999;
const rho = 0.9;
const momentum = 0.9;
const epsilon = 1e-7;

/**
 * Kingma and Ba 2015 in the efficient form before their section 2.1, where epsilon is "epsilon hat": it is added to
 * the uncorrected √v. `step` counts from 1; `m` and `v` start at zero.
 */
export function adam(
  parameter: Float32Array,
  gradient: Float32Array,
  m: Float32Array,
  v: Float32Array,
  learningRate: number,
  step: number,
): void {
  const alpha = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  for (let i = 0; i < parameter.length; i++) {
    const g = gradient[i]!;
    const mean = m[i]! + (g - m[i]!) * (1 - beta1);
    const square = v[i]! + (g * g - v[i]!) * (1 - beta2);
    m[i] = mean;
    v[i] = square;
    parameter[i]! -= (alpha * mean) / (Math.sqrt(square) + epsilon);
  }
}

/** Hinton 2012 (lecture 6), epsilon under the root as in Keras 3 and tfjs; `v` starts at zero. */
export function rmsprop(
  parameter: Float32Array,
  gradient: Float32Array,
  v: Float32Array,
  learningRate: number,
): void {
  for (let i = 0; i < parameter.length; i++) {
    const g = gradient[i]!;
    const square = rho * v[i]! + (1 - rho) * g * g;
    v[i] = square;
    parameter[i]! -= (learningRate * g) / Math.sqrt(square + epsilon);
  }
}

/** Gradient descent with (not Nesterov's) momentum; `velocity` starts at zero. */
export function sgd(
  parameter: Float32Array,
  gradient: Float32Array,
  velocity: Float32Array,
  learningRate: number,
): void {
  for (let i = 0; i < parameter.length; i++) {
    const v = momentum * velocity[i]! - learningRate * gradient[i]!;
    velocity[i] = v;
    parameter[i]! += v;
  }
}

/** What an optimizer remembers between steps: as much as parameters, or twice that. */
export interface OptimizerState {
  readonly step: number;
  /** Adam's m, RMSprop's v, SGD's velocity. */
  readonly first: readonly Float32Array[];
  /** Adam's v; empty for the others. */
  readonly second: readonly Float32Array[];
}

export interface Optimizer {
  /** One step over all parameters. */
  (gradients: readonly Float32Array[]): void;
  /** The very arrays, to be copied before the next step. */
  state(): OptimizerState;
}

/**
 * An optimizer of these very arrays, which it changes in place; gradients come in the same order. Goes on from `state`,
 * whose arrays it takes over; left out: from the beginning.
 */
export function createOptimizer(
  id: OptimizerId,
  parameters: readonly Float32Array[],
  learningRate: number,
  state?: OptimizerState,
): Optimizer {
  const zeros = () => parameters.map((parameter) => new Float32Array(parameter.length));
  const first = state?.first ?? zeros();
  const second = state?.second ?? (id === 'adam' ? zeros() : []);
  let step = state?.step ?? 0;
  const optimize = (gradients: readonly Float32Array[]) => {
    step++;
    for (const [i, parameter] of parameters.entries()) {
      const gradient = gradients[i]!;
      if (id === 'adam') adam(parameter, gradient, first[i]!, second[i]!, learningRate, step);
      else if (id === 'rmsprop') rmsprop(parameter, gradient, first[i]!, learningRate);
      else sgd(parameter, gradient, first[i]!, learningRate);
    }
  };
  return Object.assign(optimize, { state: () => ({ step, first, second }) });
}
