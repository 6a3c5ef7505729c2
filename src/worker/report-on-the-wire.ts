import type { ImageId } from '../engine/data/records';
import type { ImagePrediction } from '../engine/results/evaluation';
import type { RunReport } from '../engine/results/report';

/** What is said of each image, column by column. */
interface PredictionColumns {
  readonly ids: readonly ImageId[];
  readonly label: Uint16Array;
  readonly predicted: Uint16Array;
  readonly confidence: Float64Array;
  readonly loss: Float64Array;
}

/** A report as it travels: of 10,000 images the page would read objects for longer than a frame. */
export interface ReportOnTheWire extends Omit<RunReport, 'predictions' | 'misclassified'> {
  readonly columns: PredictionColumns;
  /** Rows of the columns. */
  readonly mistakes: Uint32Array;
}

export function packReport({ predictions, misclassified, ...rest }: RunReport): ReportOnTheWire {
  const rowOf = new Map(predictions.map((one, row) => [one, row]));
  const columns: PredictionColumns = {
    ids: predictions.map(({ id }) => id),
    label: Uint16Array.from(predictions, ({ label }) => label),
    predicted: Uint16Array.from(predictions, ({ predicted }) => predicted),
    confidence: Float64Array.from(predictions, ({ confidence }) => confidence),
    loss: Float64Array.from(predictions, ({ loss }) => loss),
  };
  return { ...rest, columns, mistakes: Uint32Array.from(misclassified, (one) => rowOf.get(one)!) };
}

export function unpackReport({ columns, mistakes, ...rest }: ReportOnTheWire): RunReport {
  const { ids, label, predicted, confidence, loss } = columns;
  const predictions = ids.map((id, i): ImagePrediction => ({
    id,
    label: label[i]!,
    predicted: predicted[i]!,
    confidence: confidence[i]!,
    loss: loss[i]!,
  }));
  return { ...rest, predictions, misclassified: Array.from(mistakes, (row) => predictions[row]!) };
}
