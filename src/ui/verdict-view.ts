import type { ImageId } from '../engine/data/records';
import type { RunComparison } from '../engine/results/compare-runs';
import type { Verdict } from '../engine/results/paired';
import type { RunResult } from '../engine/run';
import { decimal, fixed, integer } from './format';
import type { ChartTable } from './parts/chart-export';
import { words } from './words';

/** As the engine asks: a broken image or two may be missing from one of them. */
const leastShared = 0.95;

/** Why two runs cannot be compared; empty when they can. Asked before the session is, whose refusal is an error. */
export function incomparable(a: RunResult, b: RunResult): string {
  if (!a.evaluation || !b.evaluation) return words.verdicts.noAnswers;
  if (a.classes.length !== b.classes.length || a.classes.some((label, i) => label !== b.classes[i]))
    return words.verdicts.otherClasses;
  return haveSame(a.split.validation, b.split.validation) ? '' : words.verdicts.otherImages;
}

type Ids = readonly ImageId[];
const known = new WeakMap<Ids, WeakMap<Ids, boolean>>();

/** Whether nearly all images are in both. Remembered: of 10,000 it takes some 10 ms, and it is asked at every drawing. */
function haveSame(a: Ids, b: Ids): boolean {
  // The runs of one split share their lists.
  if (a === b) return true;
  const ofA = known.get(a) ?? new WeakMap<Ids, boolean>();
  known.set(a, ofA);
  let same = ofA.get(b);
  if (same === undefined) {
    const ids = new Set(b);
    const shared = a.filter((id) => ids.has(id)).length;
    ofA.set(b, (same = shared >= leastShared * Math.max(a.length, ids.size)));
  }
  return same;
}

export const verdictText = (verdict: Verdict): string => words.verdicts.names[verdict];

/** +3.4 points; a real minus, and no sign for nothing. */
export function points(difference: number): string {
  const value = Math.abs(100 * difference);
  return `${value < 0.05 ? '' : difference > 0 ? '+' : '−'}${fixed(value, 1)}`;
}

export const pText = (p: number): string =>
  p < 0.001 ? `< ${decimal(0.001)}` : decimal(Number(p.toFixed(3)));

/** The verdict in words. */
export function verdictSentence(name: string, reference: string, one: RunComparison): string {
  const { verdict, onlyA, onlyB, images } = one;
  const alone = words.verdicts.alone(integer(images), integer(onlyA), integer(onlyB));
  return words.verdicts.sentences[verdict](name, reference, alone);
}

export interface VerdictRow {
  readonly name: string;
  readonly comparison: RunComparison;
}

export function verdictTable(reference: string, rows: readonly VerdictRow[]): ChartTable {
  return {
    head: [
      'Run',
      'Beside',
      'Verdict',
      'Difference of accuracies',
      '95% low',
      '95% high',
      'McNemar p',
      'Images',
      'Only the run right',
      'Only the other right',
    ],
    rows: rows.map(({ name, comparison: c }) => [
      name,
      reference,
      c.verdict,
      c.difference,
      c.interval.low,
      c.interval.high,
      c.pValue,
      c.images,
      c.onlyA,
      c.onlyB,
    ]),
  };
}
