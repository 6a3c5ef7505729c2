import { answers, crossEntropyAt, fitTemperature, reliability, type Reliability } from './calibration';
import {
  classReport,
  confusionMatrix,
  predictedClasses,
  type ClassReport,
  type ConfusionMatrix,
} from './confusion';
import { coverageCurve, type CoveragePoint } from './coverage';
import { curveAlarm, type CurveAlarm } from './curve-alarm';
import {
  imagePredictions,
  type EvaluatedShare,
  type ImagePrediction,
  type RunEvaluation,
} from './evaluation';
import { evaluateLogits, topKAccuracy, type Evaluation } from './metrics';
import { rankingCurves, type RankingCurves } from './ranking-curves';
import { evaluationMissing } from './run-store';
import { softmax } from '../heads/head';
import type { RunResult } from '../run';

/** The temperature that was fitted on the validation images, and what it does to the share at hand. */
export interface TemperatureScaling {
  readonly temperature: number;
  /** Mean cross-entropy in nats. */
  readonly crossEntropy: { readonly before: number; readonly after: number };
  readonly reliability: Reliability;
}

/** Everything that is known of a finished head on one share of the images; plain data. */
export interface RunReport {
  readonly runId: string;
  readonly share: EvaluatedShare;
  readonly classes: readonly string[];
  readonly summary: Evaluation;
  /** For k below the number of classes. */
  readonly topK: readonly { readonly k: number; readonly accuracy: number }[];
  readonly confusion: ConfusionMatrix;
  readonly byClass: ClassReport;
  /** In the order of the classes; null for one that has no images here, or all of them. */
  readonly curves: readonly (RankingCurves | null)[];
  readonly reliability: Reliability;
  readonly temperature: TemperatureScaling;
  /** On probabilities at temperature 1. */
  readonly coverage: readonly CoveragePoint[];
  /** Whether the run's curves look as if validation images had been trained on. */
  readonly alarm: CurveAlarm | null;
  /** One an image, in the share's order: what stands behind each cell of the matrix. */
  readonly predictions: readonly ImagePrediction[];
  /** Those that are wrong, the largest loss first. */
  readonly misclassified: readonly ImagePrediction[];
}

const topKs = [1, 2, 3, 5] as const;

/** @throws HeadwayError `evaluation-missing` where the run has no such share */
export function runReport(
  { runId, classes, history, request }: RunResult,
  evaluation: RunEvaluation,
  share: EvaluatedShare,
): RunReport {
  const own = evaluation[share];
  if (own === null)
    throw evaluationMissing(`The run ${runId} kept no images for testing.`, { code: 'no-test-images' });
  const n = classes.length;
  const { logits, labels } = own;
  const { validation } = evaluation;
  const temperature = fitTemperature(validation.logits, validation.labels, n);
  const given = answers(logits, labels, n);
  const probabilities = softmax(logits, n);
  const confusion = confusionMatrix(labels, predictedClasses(logits, n), n);
  const predictions = imagePredictions(own, n);
  return {
    runId,
    share,
    classes,
    summary: evaluateLogits(logits, labels, n),
    topK: topKs.filter((k) => k < n).map((k) => ({ k, accuracy: topKAccuracy(logits, labels, n, k) })),
    confusion,
    byClass: classReport(confusion),
    curves: classes.map((_, c) =>
      rankingCurves(
        Float32Array.from(labels, (_label, row) => probabilities[row * n + c]!),
        (row) => labels[row] === c,
      ),
    ),
    reliability: reliability(given),
    temperature: {
      temperature,
      crossEntropy: {
        before: crossEntropyAt(logits, labels, n, 1),
        after: crossEntropyAt(logits, labels, n, temperature),
      },
      reliability: reliability(answers(logits, labels, n, temperature)),
    },
    coverage: coverageCurve(given),
    alarm: curveAlarm(history, request.head.hidden.length === 0 ? 0 : request.head.dropout),
    predictions,
    misclassified: predictions
      .filter(({ label, predicted }) => label !== predicted)
      .sort((a, b) => b.loss - a.loss),
  };
}
