import type { ExampleSource } from './examples';
import type { DenseLayer } from './head';
import type { Pace } from './pace';

/** Mean and standard deviation of each feature, [d] each. */
export interface Scale {
  readonly mean: Float64Array;
  /** Of the population (divided by n), as scikit-learn's `StandardScaler`; Infinity for a feature that never varies. */
  readonly deviation: Float64Array;
}

/**
 * From the training side only. In two passes, for a mean much larger than the deviation.
 * Rejects with `cancelled`.
 */
export async function scaleOf(source: ExampleSource, pace: Pace): Promise<Scale> {
  const n = source.labels.length;
  const d = source.inputs;
  const mean = new Float64Array(d);
  for await (const { features } of source.parts()) {
    for (let i = 0; i < features.length;) for (let j = 0; j < d; j++, i++) mean[j]! += features[i]! / n;
    await pace.breathe();
  }
  const variance = new Float64Array(d);
  for await (const { features } of source.parts()) {
    for (let i = 0; i < features.length;)
      for (let j = 0; j < d; j++, i++) variance[j]! += (features[i]! - mean[j]!) ** 2 / n;
    await pace.breathe();
  }
  const deviation = variance.map((value, j) => {
    const sd = Math.sqrt(value);
    // Below float32's own rounding a feature does not vary: divided by infinity it is 0 everywhere, as is its weight.
    return sd <= 1e-7 * Math.abs(mean[j]!) || sd === 0 ? Infinity : sd;
  });
  return { mean, deviation };
}

/** (x − mean) / deviation of rows `from` … `to` − 1 of features [n, d]. */
export function standardise(features: Float32Array, scale: Scale, from: number, to: number): Float32Array {
  const { mean, deviation } = scale;
  const d = mean.length;
  const out = features.slice(from * d, to * d);
  for (let i = 0; i < out.length;)
    for (let j = 0; j < d; j++, i++) out[i] = (out[i]! - mean[j]!) / deviation[j]!;
  return out;
}

/**
 * The layer on plain features that gives what `parameters` give on standardised ones.
 * @param parameters kernel [d, classes], then biases [classes]
 */
export function foldScale(parameters: Float64Array, { mean, deviation }: Scale, classes: number): DenseLayer {
  const inputs = mean.length;
  const kernel = new Float32Array(inputs * classes);
  const bias = parameters.slice(inputs * classes);
  for (let j = 0; j < inputs; j++)
    for (let c = 0; c < classes; c++) {
      const weight = parameters[j * classes + c]! / deviation[j]!;
      kernel[j * classes + c] = weight;
      bias[c]! -= mean[j]! * weight;
    }
  return { inputs, units: classes, kernel, bias: Float32Array.from(bias) };
}
