import { suspicions } from '../../src/engine/analysis/confident-learning';
import type { LabelErrors } from '../../src/engine/analysis/label-errors';
import { answerOf, type LearningCurve, type Measured } from '../../src/engine/analysis/learning-curve';
import { nestedOrder, subsetSizes } from '../../src/engine/analysis/nested-subsets';
import type { ImageRecord } from '../../src/engine/data/records';
import { softmax } from '../../src/engine/heads/head';
import type { Progress } from '../../src/engine/job';
import { Random } from '../../src/engine/random';
import { evaluateLogits } from '../../src/engine/results/metrics';
import type { RunResult } from '../../src/engine/run';
import type { AnalysisOptions } from '../../src/session/analyses';
import { fakeEvaluation } from './fake-evaluation';

/** Counts to ten in two seconds, unless it is cancelled; false then. */
export async function pretend(unit: Progress['unit'], options: AnalysisOptions = {}): Promise<boolean> {
  for (let done = 0; done <= 10; done++) {
    if (options.signal?.aborted) return false;
    options.onProgress?.({ done, total: 10, unit, perSecond: 5, secondsLeft: (10 - done) / 5 });
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return true;
}

/** Confident learning on made-up answers for the run's validation images. */
export function fakeLabelErrors(result: RunResult, records: readonly ImageRecord[]): LabelErrors {
  const { ids, labels, logits } = fakeEvaluation(result, records).validation;
  const { classes } = result;
  return {
    runId: result.runId,
    classes,
    images: ids.length,
    unjudged: 1,
    folds: 5,
    l2: 0.0316,
    outOfFold: evaluateLogits(logits, labels, classes.length),
    suspects: suspicions(softmax(logits, classes.length), labels, classes.length).map(
      ({ row, ...suspicion }, index) => ({
        id: ids[row]!,
        share: index % 3 === 0 ? 'validation' : 'train',
        ...suspicion,
      }),
    ),
  };
}

/** The curve of a head that errs on 1.4 / √n of the images more than it ever will. */
export function fakeLearningCurve(result: RunResult): LearningCurve {
  const { train, validation } = result.split;
  const random = new Random(7, 'curve');
  const difficulty = Float64Array.from(validation, () => random.uniform());
  const labels = Uint16Array.from(train, (_, i) => i % result.classes.length);
  const sizes = subsetSizes(nestedOrder(labels, 1).length, result.classes.length);
  const measured = sizes.map((images): Measured => ({
    images,
    hits: Array.from({ length: images === train.length ? 1 : 5 }, () => {
      const accuracy = 0.93 - 1.4 / Math.sqrt(images) + (0.2 * random.normal()) / Math.sqrt(images);
      return Uint8Array.from(difficulty, (d) => (d + 0.08 * random.normal() < accuracy ? 1 : 0));
    }),
  }));
  return {
    runId: result.runId,
    validationImages: validation.length,
    repeats: 5,
    l2: result.exact?.l2 ?? null,
    ...answerOf(measured, 1),
  };
}
