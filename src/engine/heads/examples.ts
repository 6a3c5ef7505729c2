import { HeadwayError } from '../errors';

/** Feature vectors with their labels. */
export interface Examples {
  /** [n, d], row-major. */
  readonly features: Float32Array;
  /** [n]; 0 … classes − 1. */
  readonly labels: Uint16Array;
  /** How many classes there are; left out, one more than the largest label of training and validation. */
  readonly classes?: number;
  /** How often the same images follow each other, as copies that were changed at random; left out: once. */
  readonly copies?: number;
}

/** Labels [n · times], as those of copies that follow each other. */
export function repeated(labels: Uint16Array, times: number): Uint16Array {
  const all = new Uint16Array(labels.length * times);
  for (let copy = 0; copy < times; copy++) all.set(labels, copy * labels.length);
  return all;
}

export interface ExamplesShape {
  readonly inputs: number;
  readonly classes: number;
}

/**
 * @throws HeadwayError `too-few-images` where a side is empty, `too-few-classes` below two;
 * RangeError where lengths or labels contradict each other (a mistake of the caller).
 */
export function shapeOf(train: Examples, validation: Examples): ExamplesShape {
  for (const [side, examples] of Object.entries({ training: train, validation }))
    if (examples.labels.length === 0)
      throw new HeadwayError({
        code: 'too-few-images',
        message: `There are no ${side} images.`,
        advice: 'Add images, or change the share that is held out for validation.',
      });
  const largest = Math.max(max(train.labels), max(validation.labels));
  const classes = train.classes ?? validation.classes ?? largest + 1;
  if (largest >= classes) throw new RangeError(`Label ${largest} among ${classes} classes`);
  if (classes < 2)
    throw new HeadwayError({
      code: 'too-few-classes',
      message: 'There is only one class.',
      advice: 'Add a folder of images of something else: a classifier needs at least two.',
    });
  const inputs = train.features.length / train.labels.length;
  if (
    !Number.isInteger(inputs) ||
    inputs === 0 ||
    validation.features.length !== inputs * validation.labels.length
  )
    throw new RangeError(
      `${train.features.length} training and ${validation.features.length} validation features ` +
        `for ${train.labels.length} and ${validation.labels.length} labels`,
    );
  return { inputs, classes };
}

function max(labels: Uint16Array): number {
  return labels.reduce((a, b) => Math.max(a, b), 0);
}

/** A batch, ready for the backend. */
export interface Batch {
  readonly size: number;
  /** [size, d] */
  readonly features: Float32Array;
  /** [size] */
  readonly labels: Uint16Array;
}

/** The examples at `order[from … to − 1]`, copied into one batch. */
export function gather(examples: Examples, order: Uint32Array, from: number, to: number): Batch {
  const d = examples.features.length / examples.labels.length;
  const size = to - from;
  const features = new Float32Array(size * d);
  const labels = new Uint16Array(size);
  for (let row = 0; row < size; row++) {
    const index = order[from + row]!;
    features.set(examples.features.subarray(index * d, (index + 1) * d), row * d);
    labels[row] = examples.labels[index]!;
  }
  return { size, features, labels };
}
