import type { ImageId } from '../data/records';
import { HeadwayError } from '../errors';
import { crossValidate, l2Grid, weigher } from '../heads/exact-cross-validation';
import { SoftmaxRegression } from '../heads/exact-objective';
import { scaleOf } from '../heads/exact-standardise';
import { sourceOf, type Examples, type ExampleSource } from '../heads/examples';
import { softmax } from '../heads/head';
import { Pace } from '../heads/pace';
import { ProgressMeter, type JobControl, type Progress } from '../job';
import { evaluateLogits, type Evaluation } from '../results/metrics';
import type { TrainingOptions } from '../run';
import { suspicions } from './confident-learning';
import { groupedFolds } from './grouped-folds';

/** An image whose label is doubted; classes as indices of `LabelErrors.classes`. */
export interface LabelSuspect {
  readonly id: ImageId;
  readonly share: 'train' | 'validation';
  readonly label: number;
  /** The class that it looks like. */
  readonly suggested: number;
  /** Out-of-fold, 0 … 1. */
  readonly labelProbability: number;
  readonly suggestedProbability: number;
}

/** The label-error queue of a run's training and validation images; plain data. */
export interface LabelErrors {
  readonly runId: string;
  /** Of the images as they are labelled now. */
  readonly classes: readonly string[];
  /** Images that were judged. */
  readonly images: number;
  /** Images that could not be: the only ones, or near-duplicates of the only ones, of their class. */
  readonly unjudged: number;
  readonly folds: number;
  /** Weight of the squared kernel, of the exact run or chosen by these folds. */
  readonly l2: number;
  /** Of the out-of-fold predictions, on the images that were judged. */
  readonly outOfFold: Evaluation;
  /** The most doubtful first. */
  readonly suspects: readonly LabelSuspect[];
}

const foldCount = 5;

export interface OutOfFold {
  /** [n, classes] */
  readonly logits: Float32Array;
  readonly fold: Uint8Array;
  readonly folds: number;
  readonly l2: number;
}

/**
 * Logits of each example by a softmax regression on standardised features that was fitted without its fold: 5 folds,
 * stratified and seeded, near-duplicates on one side.
 * @param l2 null: the penalty of the lowest held-out loss
 */
export async function outOfFold(
  examples: (Examples | ExampleSource) & { readonly classes: number },
  groups: readonly (readonly number[])[],
  l2: number | null,
  { seed, classWeights }: Pick<TrainingOptions, 'seed' | 'classWeights'>,
  control: JobControl,
  onProgress: (progress: Progress) => void,
): Promise<OutOfFold> {
  const { labels, classes } = examples;
  const folds = Math.min(foldCount, labels.length);
  const fold = groupedFolds(labels, groups, folds, seed);
  const penalties = l2 === null ? l2Grid : [l2];
  const meter = new ProgressMeter(penalties.length * folds, 'fits');
  onProgress(meter.progress);
  const pace = new Pace(control);
  await pace.checkpoint();
  const source = sourceOf(examples);
  const regression = new SoftmaxRegression(source, classes, await scaleOf(source, pace), pace);
  try {
    const weigh = weigher(labels, classes, classWeights);
    const { logits, l2: chosen } = await crossValidate(regression, fold, penalties, weigh, () =>
      onProgress(meter.add(1)),
    );
    onProgress(meter.skip(meter.total - meter.progress.done));
    return { logits, fold, folds, l2: chosen };
  } finally {
    regression.dispose();
  }
}

/** What a queue is made of, beside the out-of-fold logits. */
export interface Judged {
  readonly runId: string;
  readonly classes: readonly string[];
  /** Training images first. */
  readonly ids: readonly ImageId[];
  readonly labels: Uint16Array;
  /** How many of them are training images. */
  readonly trained: number;
}

/** The queue. Images of a class that the fit without their fold had never seen are not judged. */
export function labelErrors(
  { runId, classes, ids, labels, trained }: Judged,
  { logits, fold, folds, l2 }: OutOfFold,
): LabelErrors {
  const n = classes.length;
  const seen = new Map<number, Set<number>>();
  for (const [row, label] of labels.entries())
    seen.set(label, (seen.get(label) ?? new Set()).add(fold[row]!));
  const rows = [...labels.keys()].filter((row) => seen.get(labels[row]!)!.size > 1);
  if (rows.length === 0)
    throw new HeadwayError({
      code: 'too-few-images',
      message: 'There are too few images to tell which labels are wrong.',
      advice: 'Add images: each class needs at least two that are not near-duplicates of each other.',
      why: { code: 'too-few-for', what: 'label-errors' },
    });
  const kept = new Float32Array(rows.length * n);
  for (const [to, row] of rows.entries()) kept.set(logits.subarray(row * n, (row + 1) * n), to * n);
  const keptLabels = Uint16Array.from(rows, (row) => labels[row]!);
  return {
    runId,
    classes,
    images: rows.length,
    unjudged: labels.length - rows.length,
    folds,
    l2,
    outOfFold: evaluateLogits(kept, keptLabels, n),
    suspects: suspicions(softmax(kept, n), keptLabels, n).map(({ row, ...suspicion }) => ({
      id: ids[rows[row]!]!,
      share: rows[row]! < trained ? 'train' : 'validation',
      ...suspicion,
    })),
  };
}
