import { HeadwayError } from '../errors';
import type { Random } from '../random';

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

/** Some examples, and which they are. */
export interface ExamplePart {
  readonly rows: readonly number[];
  /** [rows, d] */
  readonly features: Float32Array;
}

/** Examples that need not all be in memory. */
export interface ExampleSource extends Pick<Examples, 'labels' | 'classes' | 'copies'> {
  /** d */
  readonly inputs: number;
  /** One pass in random order: every example once, the last batch being what is left. */
  epoch(random: Random, size: number): Iterable<Batch> | AsyncIterable<Batch>;
  /** Every example once, in whatever order is cheapest. */
  parts(): Iterable<ExamplePart> | AsyncIterable<ExamplePart>;
}

/** Examples in memory as a source: shuffled further for each epoch, as Keras does. */
export function sourceOf(examples: Examples | ExampleSource): ExampleSource {
  if ('epoch' in examples) return examples;
  const { features, labels, classes, copies } = examples;
  const order = Uint32Array.from(labels, (_, i) => i);
  return {
    labels,
    ...(classes !== undefined && { classes }),
    ...(copies !== undefined && { copies }),
    inputs: features.length / labels.length,
    *epoch(random, size) {
      random.shuffle(order);
      for (let from = 0; from < order.length; from += size)
        yield gather(examples, order, from, Math.min(from + size, order.length));
    },
    *parts() {
      yield { rows: [...labels.keys()], features };
    },
  };
}

export interface ExamplesShape {
  readonly inputs: number;
  readonly classes: number;
}

/**
 * @throws HeadwayError `too-few-images` where a side is empty, `too-few-classes` below two;
 * RangeError where lengths or labels contradict each other (a mistake of the caller).
 */
export function shapeOf(
  train: Examples | ExampleSource,
  validation: Examples | ExampleSource,
): ExamplesShape {
  if (train.labels.length === 0) throw tooFew('training');
  if (validation.labels.length === 0) throw tooFew('validation');
  const largest = Math.max(max(train.labels), max(validation.labels));
  const classes = train.classes ?? validation.classes ?? largest + 1;
  if (largest >= classes) throw new RangeError(`Label ${largest} among ${classes} classes`);
  if (classes < 2)
    throw new HeadwayError({
      code: 'too-few-classes',
      message: 'There is only one class.',
      advice: 'Add a folder of images of something else: a classifier needs at least two.',
      why: { code: 'one-class', label: null },
    });
  const inputs = widthOf(train);
  if (!Number.isInteger(inputs) || inputs === 0 || widthOf(validation) !== inputs)
    throw new RangeError(
      `Features of ${inputs} numbers for training, of ${widthOf(validation)} for validation`,
    );
  return { inputs, classes };
}

function widthOf(examples: Examples | ExampleSource): number {
  return 'inputs' in examples ? examples.inputs : examples.features.length / examples.labels.length;
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

export function tooFew(side: 'training' | 'validation'): HeadwayError {
  return new HeadwayError({
    code: 'too-few-images',
    message: `There are no ${side} images.`,
    advice: 'Add images, or change the share that is held out for validation.',
    why: { code: 'side-empty', side: side === 'training' ? 'train' : side },
  });
}
