import type { RecordLookup } from '../session/records';
import type { ClassMetrics, ConfusionMatrix } from '../engine/results/confusion';
import type { EvaluatedShare, ImagePrediction } from '../engine/results/evaluation';
import type { RunReport } from '../engine/results/report';
import type { RunResult } from '../engine/run';
import type { Sorting } from './comparison-view';
import { decimal, images, percent } from './format';
import type { ChartTable } from './parts/chart-export';
import type { Stat } from './parts/stat-list';
import { words } from './words';
import { en } from './words/en';

/** The shares that a run can be asked about; none for runs that were made before evaluations were kept. */
export function evaluatedShares({ evaluation }: RunResult): EvaluatedShare[] {
  if (!evaluation) return [];
  return evaluation.test === null ? ['validation'] : ['validation', 'test'];
}

export interface Cell {
  readonly row: number;
  readonly column: number;
}

export const cellCount = ({ classes, counts }: ConfusionMatrix, { row, column }: Cell): number =>
  counts[row * classes + column]!;

/** Images of each class: the sums of the rows. */
export function supports({ classes, counts }: ConfusionMatrix): number[] {
  return Array.from({ length: classes }, (_, row) =>
    counts.subarray(row * classes, (row + 1) * classes).reduce((sum, one) => sum + one, 0),
  );
}

/**
 * Where an arrow key leads from a cell: the next one that holds images, in that row or column; Home and End to the
 * row's ends. Null: not a key of ours, or nothing there.
 */
export function nextCell(matrix: ConfusionMatrix, { row, column }: Cell, key: string): Cell | null {
  const steps: Record<string, [down: number, right: number]> = {
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
  };
  const last = matrix.classes - 1;
  const [down, right] = steps[key] ?? (key === 'Home' ? [0, 1] : key === 'End' ? [0, -1] : [0, 0]);
  if (down === 0 && right === 0) return null;
  let at: Cell = {
    row: row + down,
    column: key === 'Home' ? 0 : key === 'End' ? last : column + right,
  };
  while (at.row >= 0 && at.row <= last && at.column >= 0 && at.column <= last) {
    if (cellCount(matrix, at) > 0) return at.row === row && at.column === column ? null : at;
    at = { row: at.row + down, column: at.column + right };
  }
  return null;
}

/** The first cell with images beside the diagonal, where the mistakes are; else the first with any. */
export function firstCell(matrix: ConfusionMatrix): Cell | null {
  const index = matrix.counts.findIndex((one) => one > 0);
  return index < 0 ? null : { row: Math.floor(index / matrix.classes), column: index % matrix.classes };
}

/** The cells beside the diagonal that hold images, the fullest first, then as they lie. */
export function mistakenCells({ classes, counts }: ConfusionMatrix): Cell[] {
  const cells = Array.from(counts, (count, index) => ({
    count,
    row: Math.floor(index / classes),
    column: index % classes,
  }));
  return cells
    .filter(({ count, row, column }) => count > 0 && row !== column)
    .sort((a, b) => b.count - a.count)
    .map(({ row, column }) => ({ row, column }));
}

/** Steps of one hue from the surface (0) to full colour; none where neither light nor dark figures could be read. */
export const shades = [0, 8, 16, 26, 38, 50, 86, 100] as const;

/** The step of a share of 1, by its root: single mistakes are what one looks for. Only what is empty has none. */
export function shadeOf(share: number): (typeof shades)[number] {
  if (!(share > 0)) return 0;
  return shades[Math.min(shades.length - 1, 1 + Math.floor(Math.sqrt(share) * (shades.length - 1)))]!;
}

export const shadeColour = (shade: number): string =>
  shade === 0 ? 'var(--surface)' : `color-mix(in oklab, var(--accent) ${shade}%, var(--surface))`;
export const shadeInk = (shade: number): string => (shade > 50 ? 'var(--on-accent)' : 'var(--ink)');

export type MatrixMode = 'counts' | 'shares';

/** What a cell shows, and how dark it is: its part of its row, or of the fullest cell. */
export function cellLook(
  value: number,
  support: number,
  most: number,
  mode: MatrixMode,
): { readonly text: string; readonly share: number } {
  if (mode === 'counts') return { text: String(value), share: most === 0 ? 0 : value / most };
  const share = support === 0 ? 0 : value / support;
  return { text: value > 0 && share < 0.005 ? `<${percent(0.01, 0)}` : percent(share, 0), share };
}

/** 12 images of cat called dog (8.6% of cat) */
export function cellText(
  labels: readonly string[],
  { row, column }: Cell,
  value: number,
  support: number,
): string {
  const answer = row === column ? null : labels[column]!;
  return words.confusion.cell(value, labels[row]!, answer, percent(support === 0 ? 0 : value / support));
}

export function confusionTable({ classes, confusion }: Pick<RunReport, 'classes' | 'confusion'>): ChartTable {
  return {
    head: ['True class', ...classes],
    rows: classes.map((label, row) => [
      label,
      ...classes.map((_, column) => cellCount(confusion, { row, column })),
    ]),
  };
}

/** The images behind a cell, the most confident answers first. */
export function behind(predictions: readonly ImagePrediction[], { row, column }: Cell): ImagePrediction[] {
  return predictions
    .filter(({ label, predicted }) => label === row && predicted === column)
    .sort((a, b) => b.confidence - a.confidence);
}

export interface ClassRow extends ClassMetrics {
  readonly index: number;
  readonly label: string;
}
export type ClassColumn = 'precision' | 'recall' | 'f1' | 'support';

export const classColumns: readonly ClassColumn[] = ['precision', 'recall', 'f1', 'support'];

/** Rows without a value come last either way. */
export function classRows(
  { classes, byClass }: Pick<RunReport, 'classes' | 'byClass'>,
  sorting: Sorting | null,
): ClassRow[] {
  const rows = byClass.perClass.map((one, index): ClassRow => ({ ...one, index, label: classes[index]! }));
  if (sorting === null) return rows;
  const sign = sorting.descending ? -1 : 1;
  const column = classColumns.find((id) => id === sorting.by);
  if (column === undefined) return rows.sort((a, b) => sign * a.label.localeCompare(b.label, 'en'));
  return rows.sort((a, b) => {
    const [x, y] = [a[column], b[column]];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (x - y);
  });
}

export function classTable({ classes, byClass }: Pick<RunReport, 'classes' | 'byClass'>): ChartTable {
  return {
    head: ['Class', ...classColumns.map((id) => en.metrics.columns[id])],
    rows: byClass.perClass.map((one, index) => [classes[index]!, ...classColumns.map((id) => one[id])]),
  };
}

export function reportStats({ summary, topK, byClass, reliability }: RunReport): Stat[] {
  return [
    {
      label: words.evaluation.crossEntropy,
      value: decimal(summary.crossEntropy),
      note: words.evaluation.nats,
    },
    ...topK
      .filter(({ k }) => k > 1)
      .map(({ k, accuracy }) => ({ label: words.evaluation.amongBest(k), value: percent(accuracy) })),
    { label: words.evaluation.macroF1, value: percent(byClass.macro.f1), note: words.evaluation.eachClass },
    { label: words.evaluation.calibrationError, value: percent(reliability.ece), note: 'ECE' },
  ];
}

/** What is left of a share where only answers of at least `threshold` are given. */
export interface Withheld {
  readonly answered: number;
  readonly correct: number;
  readonly images: number;
}

export function withhold(predictions: readonly ImagePrediction[], threshold: number): Withheld {
  // Confidences are float32, the slider's steps are not: 0.9 asked must let 0.9 pass.
  const given = predictions.filter(({ confidence }) => confidence >= threshold - 1e-7);
  const correct = given.filter(({ label, predicted }) => label === predicted).length;
  return { answered: given.length, correct, images: predictions.length };
}

export function withheldText({ answered, correct, images: total }: Withheld, threshold: number): string {
  const least = percent(threshold, 0);
  if (answered === 0) return words.evaluation.noneAnswered(least);
  return words.evaluation.withheld(least, percent(answered / total), percent(correct / answered));
}

export function calibrationText({ reliability, temperature }: RunReport): string {
  const { temperature: t, crossEntropy } = temperature;
  const meaning = words.evaluation.sureness[t > 1.05 ? 'over' : t < 0.95 ? 'under' : 'apt'];
  return words.evaluation.calibration(
    { ece: percent(reliability.ece), scaled: percent(temperature.reliability.ece), temperature: decimal(t) },
    meaning,
    { before: decimal(crossEntropy.before), after: decimal(crossEntropy.after) },
  );
}

/** One row an image, in full precision. */
export function predictionTable(
  { classes, predictions }: Pick<RunReport, 'classes' | 'predictions'>,
  records: RecordLookup,
): ChartTable {
  return {
    head: [
      'Path',
      'True class',
      'Predicted',
      'Correct',
      'Probability',
      'Probability of the true class',
      'Loss',
      'Image id',
    ],
    rows: predictions.map(({ id, label, predicted, confidence, loss }) => [
      records.get(id)?.path ?? null,
      classes[label]!,
      classes[predicted]!,
      label === predicted ? 1 : 0,
      confidence,
      Math.exp(-loss),
      loss,
      id,
    ]),
  };
}

/** A report as JSON that any program reads: typed arrays as lists, labels by name. */
export function reportJson(
  report: RunReport,
  result: RunResult,
  name: string,
  records: RecordLookup,
): string {
  const { classes, predictions, confusion, ...rest } = report;
  return JSON.stringify(
    {
      run: {
        id: result.runId,
        name,
        base: result.base,
        finishedAt: result.finishedAt,
        request: result.request,
      },
      classes,
      ...rest,
      // They are among the predictions.
      misclassified: undefined,
      confusion: classes.map((_label, row) => [
        ...confusion.counts.subarray(row * classes.length, (row + 1) * classes.length),
      ]),
      predictions: predictions.map(({ id, label, predicted, confidence, loss }) => ({
        id,
        path: records.get(id)?.path ?? null,
        label: classes[label],
        predicted: classes[predicted],
        confidence,
        loss,
      })),
    },
    null,
    1,
  );
}

export const mistakesText = ({ misclassified, predictions }: RunReport): string =>
  misclassified.length === 0
    ? words.evaluation.allRecognised(images(predictions.length))
    : words.evaluation.mistakes(misclassified.length, images(predictions.length));
