import type { ImageId } from '../data/records';
import { HeadwayError } from '../errors';
import type { Reason } from '../reason';
import type { RunResult } from '../run';
import { hits, type RunEvaluation, type ShareEvaluation } from './evaluation';
import { comparePaired, type PairedComparison } from './paired';

/** Two runs judged on the same validation images; `verdict` is about A. */
export interface RunComparison extends PairedComparison {
  readonly runA: string;
  readonly runB: string;
  readonly correctA: number;
  readonly correctB: number;
}

export interface Judged {
  readonly result: RunResult;
  readonly evaluation: RunEvaluation;
}

/** A broken image or two may be missing from one of them; a different split shares far less. */
const leastShared = 0.95;

/**
 * Compares A with B on the validation images of both.
 * @throws HeadwayError `not-comparable` where they were not judged on the same images, classes and labels
 */
export function compareRuns(a: Judged, b: Judged): RunComparison {
  const { classes } = a.result;
  if (classes.length !== b.result.classes.length || classes.some((label, i) => label !== b.result.classes[i]))
    throw notComparable('They tell different classes apart.', { code: 'other-classes' });
  const [ofA, ofB] = [a.evaluation.validation, b.evaluation.validation];
  const rowOfB = new Map<ImageId, number>(ofB.ids.map((id, row) => [id, row]));
  const shared = [...ofA.ids.keys()].filter((row) => rowOfB.has(ofA.ids[row]!));
  if (shared.length < leastShared * Math.max(ofA.ids.length, ofB.ids.length))
    throw notComparable(
      `Of ${ofA.ids.length} and ${ofB.ids.length} validation images they share ${shared.length}.`,
      { code: 'other-images', shared: shared.length, of: [ofA.ids.length, ofB.ids.length] },
    );
  const rowsB = shared.map((row) => rowOfB.get(ofA.ids[row]!)!);
  if (shared.some((row, i) => ofA.labels[row] !== ofB.labels[rowsB[i]!]))
    throw notComparable('Some images have changed their class between them.', { code: 'other-labels' });
  const correctA = pick(ofA, classes.length, shared);
  const correctB = pick(ofB, classes.length, rowsB);
  return {
    runA: a.result.runId,
    runB: b.result.runId,
    correctA: sum(correctA),
    correctB: sum(correctB),
    ...comparePaired(correctA, correctB, a.result.request.seed),
  };
}

function pick(share: ShareEvaluation, classes: number, rows: readonly number[]): Uint8Array {
  const all = hits(share, classes);
  return Uint8Array.from(rows, (row) => all[row]!);
}

function sum(values: Uint8Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function notComparable(reason: string, why: Reason): HeadwayError {
  return new HeadwayError({
    code: 'not-comparable',
    message: `The two runs were not judged on the same images. ${reason}`,
    advice: 'Run both again with the same images, seed and shares: then every image is asked of both.',
    why,
  });
}
