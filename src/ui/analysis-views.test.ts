import { describe, expect, it } from 'vitest';
import type { LabelErrors, LabelSuspect } from '../engine/analysis/label-errors';
import { answerOf, type LearningCurve } from '../engine/analysis/learning-curve';
import type { ImageRecord } from '../engine/data/records';
import type { RecordLookup } from '../session/records';
import { decisionOn, queueText, suspectTable, trustText } from './label-errors-view';
import { answerText, curveMethodText, evidenceText, pointText } from './learning-curve-view';
import { learningCurveScene } from './parts/learning-curve-scene';

const suspect: LabelSuspect = {
  id: 'a',
  share: 'train',
  label: 0,
  suggested: 1,
  labelProbability: 0.02,
  suggestedProbability: 0.97,
};
const found: LabelErrors = {
  runId: 'r',
  classes: ['cat', '=1+1'],
  images: 400,
  unjudged: 2,
  folds: 5,
  l2: 0.1,
  outOfFold: {
    examples: 400,
    correct: 350,
    accuracy: 0.875,
    accuracyInterval: { low: 0.839, high: 0.904 },
    crossEntropy: 0.4,
  },
  suspects: [suspect],
};
const record = (label: string): ImageRecord => ({
  id: 'a',
  label,
  path: 'cat/a.png',
  share: null,
  width: 8,
  height: 8,
  bytes: 1,
  mime: 'image/png',
});
const known = (label: string) => new Map([['a', record(label)]]);

describe('the label-error queue', () => {
  it('knows what was decided', () => {
    const decided = (records: RecordLookup, kept: string[] = []) =>
      decisionOn(suspect, found.classes, records, new Set(kept));
    expect(decided(known('cat'))).toBe('open');
    expect(decided(known('cat'), ['a'])).toBe('kept');
    expect(decided(known('dog'), ['a'])).toBe('moved');
    expect(decided(new Map(), ['a'])).toBe('removed');
  });

  it('says what was found and how far to trust it', () => {
    expect(queueText(found)).toBe('1 of 400 images looks mislabelled.');
    expect(queueText({ ...found, suspects: [suspect, suspect] })).toBe('2 of 400 images look mislabelled.');
    expect(queueText({ ...found, suspects: [] })).toBe('None of the 400 images looks mislabelled.');
    expect(trustText(found)).toContain('87.5% of 400 labels (95% interval 83.9% to 90.4%)');
    expect(trustText(found)).toContain('2 images could not be judged: they have nothing of their class');
    expect(trustText({ ...found, unjudged: 1 })).toContain('1 image could not be judged: it has nothing');
    expect(trustText({ ...found, unjudged: 0 })).not.toContain('could not');
  });

  it('is a table with decisions', () => {
    const { head, rows } = suspectTable(found, known('dog'), new Set());
    expect(rows[0]).toHaveLength(head.length);
    expect(rows[0]).toEqual(['a', 'cat/a.png', 'train', 'cat', '=1+1', 0.02, 0.97, 'moved', 'dog']);
  });
});

const hits = (accuracy: number, n = 400) =>
  Uint8Array.from({ length: n }, (_, i) => (i < Math.round(accuracy * n) ? 1 : 0));
const curveOf = (accuracies: readonly number[], n?: number): LearningCurve => ({
  runId: 'r',
  validationImages: n ?? 400,
  repeats: 2,
  l2: 0.1,
  ...answerOf(
    accuracies.map((accuracy, i) => ({
      images: 50 * 2 ** i,
      hits:
        i === accuracies.length - 1
          ? [hits(accuracy, n)]
          : [hits(accuracy - 0.002, n), hits(accuracy + 0.002, n)],
    })),
    1,
  ),
});

describe('the learning curve', () => {
  it('answers: more images help while the curve rises', () => {
    const rising = curveOf([0.5, 0.6, 0.69, 0.76, 0.82]);
    expect(rising.moreImages).toBe('yes');
    expect(answerText(rising)).toBe('More images would probably help.');
    expect(evidenceText(rising)).toMatch(
      /^The last doubling, from 400 to 800 images, gained \+6\.0 points of accuracy \(95% interval \+\d\.\d to \+\d\.\d\)\. Another one, to 1,600, would gain about \+\d\.\d /,
    );
  });

  it('answers: hardly, once it is flat', () => {
    const flat = curveOf([0.9, 0.948, 0.949, 0.95, 0.95], 4000);
    expect(flat.moreImages).toBe('hardly');
    expect(answerText(flat)).toContain('hardly');
  });

  it('says that it cannot tell where there is too little to go by', () => {
    const few = curveOf([0.6, 0.7, 0.75]);
    expect(few).toMatchObject({ moreImages: 'cannot tell', law: null, nextDoubling: null });
    expect(evidenceText(few)).toContain('3 numbers of images are too few to look ahead.');
    const noisy = curveOf([0.5, 0.62, 0.58, 0.65, 0.64], 25);
    expect(noisy.moreImages).toBe('cannot tell');
  });

  it('says how it was measured, and every point', () => {
    const curve = curveOf([0.5, 0.6, 0.7, 0.8]);
    expect(curveMethodText(curve)).toContain('trained 2 times at each number of images below all');
    expect(curveMethodText(curve)).toContain('the same 400 images');
    expect(pointText(curve, 0)).toMatch(/^50 images: 50\.0%, 95% interval 4\d\.\d% to 5\d\.\d%$/);
  });

  it('is drawn within its frame, looked ahead or not', () => {
    for (const curve of [curveOf([0.5, 0.6, 0.7, 0.8, 0.85]), curveOf([0.6, 0.7])]) {
      const size = { width: 300, height: 220, xLabel: 'x', yLabel: 'y' };
      const { shapes, plot, x, y } = learningCurveScene(curve, size);
      for (const { images, interval } of curve.points) {
        expect(x(images)).toBeGreaterThanOrEqual(plot.left);
        expect(x(images)).toBeLessThanOrEqual(plot.right);
        expect(y(interval.high)).toBeGreaterThanOrEqual(plot.top - 1e-6);
        expect(y(interval.low)).toBeLessThanOrEqual(plot.bottom + 1e-6);
      }
      expect(JSON.stringify(shapes)).not.toContain('NaN');
      const numbers = shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));
      expect(numbers).toContain(String(curve.points.at(-1)!.images));
    }
  });
});
