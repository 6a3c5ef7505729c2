import { describe, expect, it } from 'vitest';
import { runReport } from '../engine/results/report';
import { defaultRunRequest, type RunResult } from '../engine/run';
import type { ConfusionMatrix } from '../engine/results/confusion';
import {
  behind,
  calibrationText,
  cellLook,
  cellText,
  classRows,
  classTable,
  confusionTable,
  evaluatedShares,
  firstCell,
  mistakenCells,
  mistakesText,
  nextCell,
  predictionTable,
  reportJson,
  reportStats,
  shadeOf,
  shades,
  supports,
  withheldText,
  withhold,
} from './evaluation-view';
import { someWeights } from './state.test-helper';

const matrix = (...rows: number[][]): ConfusionMatrix => ({
  classes: rows.length,
  counts: Uint32Array.from(rows.flat()),
});

const old: RunResult = {
  runId: 'a',
  finishedAt: '2026-05-12T14:05:00Z',
  base: 'resnet50',
  backend: 'wasm',
  weightsDigest: '',
  weights: someWeights,
  request: defaultRunRequest,
  classes: ['cat', 'dog', 'horse'],
  split: { train: [], validation: ['1', '2', '3', '4'] },
  history: [],
  bestEpoch: 1,
  timing: { downloadMs: 0, extractMs: 0, extractedImages: 0, imagesPerSecond: null, trainMs: 0 },
};
const evaluation = { validation: { correct: 2, images: 4 }, test: null };
const result: RunResult = { ...old, evaluation };
const report = runReport(
  result,
  {
    validation: {
      ids: ['1', '2', '3', '4'],
      labels: Uint16Array.of(0, 0, 1, 1),
      // Right and sure; wrong and sure; right and unsure; wrong and unsure.
      logits: Float32Array.of(4, 0, 0, 0, 5, 0, 0, 1, 0, 1, 0.5, 0),
    },
    test: null,
  },
  'validation',
);

describe('the matrix', () => {
  const some = matrix([3, 0, 1], [0, 0, 0], [2, 0, 4]);
  it('is walked over the cells that hold images', () => {
    expect(firstCell(some)).toEqual({ row: 0, column: 0 });
    expect(nextCell(some, { row: 0, column: 0 }, 'ArrowRight')).toEqual({ row: 0, column: 2 });
    expect(nextCell(some, { row: 0, column: 0 }, 'ArrowDown')).toEqual({ row: 2, column: 0 });
    expect(nextCell(some, { row: 2, column: 2 }, 'ArrowUp')).toEqual({ row: 0, column: 2 });
    expect(nextCell(some, { row: 2, column: 0 }, 'End')).toEqual({ row: 2, column: 2 });
    expect(nextCell(some, { row: 2, column: 2 }, 'Home')).toEqual({ row: 2, column: 0 });
    expect(nextCell(some, { row: 2, column: 2 }, 'End')).toBeNull();
    expect(nextCell(some, { row: 0, column: 0 }, 'ArrowUp')).toBeNull();
    expect(nextCell(some, { row: 0, column: 0 }, 'x')).toBeNull();
    expect(firstCell(matrix([0]))).toBeNull();
    expect(supports(some)).toEqual([4, 0, 6]);
  });
  it('is darker where more images are, and never blank where there is one', () => {
    expect(shadeOf(0)).toBe(0);
    expect(shadeOf(1e-9)).toBe(shades[1]);
    expect(shadeOf(1)).toBe(100);
    const steps = Array.from({ length: 101 }, (_, share) => shadeOf(share / 100));
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(new Set(steps).size).toBe(shades.length);
  });
  it('shows counts or parts of a row', () => {
    expect(cellLook(3, 4, 6, 'counts')).toEqual({ text: '3', share: 0.5 });
    expect(cellLook(3, 4, 6, 'shares')).toEqual({ text: '75%', share: 0.75 });
    expect(cellLook(0, 0, 0, 'shares').text).toBe('0%');
    expect(cellLook(1, 1000, 1000, 'shares').text).toBe('<1%');
  });
  it('says what a cell means', () => {
    const labels = ['cat', 'dog'];
    expect(cellText(labels, { row: 0, column: 1 }, 12, 140)).toBe(
      '12 images of cat called dog (8.6% of cat)',
    );
    expect(cellText(labels, { row: 1, column: 1 }, 1, 2)).toBe('1 image of dog recognised (50.0% of dog)');
  });
  it('lists what is taken for something else, the most images first', () => {
    const counts = Uint32Array.from([5, 1, 2, 0, 9, 0, 3, 0, 0]);
    expect(mistakenCells({ classes: 3, counts })).toEqual([
      { row: 2, column: 0 },
      { row: 0, column: 2 },
      { row: 0, column: 1 },
    ]);
  });
  it('is saved with its labels', () => {
    expect(confusionTable(report)).toEqual({
      head: ['True class', 'cat', 'dog', 'horse'],
      rows: [
        ['cat', 1, 1, 0],
        ['dog', 1, 1, 0],
        ['horse', 0, 0, 0],
      ],
    });
  });
  it('opens the images behind a cell', () => {
    expect(behind(report.predictions, { row: 0, column: 1 }).map(({ id }) => id)).toEqual(['2']);
    expect(behind(report.predictions, { row: 2, column: 1 })).toEqual([]);
  });
});

describe('classes', () => {
  it('are sorted by a measure, those without one last', () => {
    const by = (column: string, descending: boolean) =>
      classRows(report, { by: column, descending }).map(({ label }) => label);
    expect(classRows(report, null).map(({ label }) => label)).toEqual(['cat', 'dog', 'horse']);
    expect(by('name', true)).toEqual(['horse', 'dog', 'cat']);
    expect(by('recall', true).at(-1)).toBe('horse');
    expect(by('recall', false).at(-1)).toBe('horse');
    expect(by('support', false)[0]).toBe('horse');
    expect(classTable(report).rows[2]).toEqual(['horse', null, null, null, 0]);
  });
});

describe('thresholds', () => {
  it('withhold what is not sure enough', () => {
    expect(withhold(report.predictions, 0)).toEqual({ answered: 4, correct: 2, images: 4 });
    expect(withhold(report.predictions, 0.9)).toEqual({ answered: 2, correct: 1, images: 4 });
    expect(withheldText(withhold(report.predictions, 0.9), 0.9)).toBe(
      'Answer only when at least 90% sure: 50.0% of images answered, 50.0% of those right.',
    );
    expect(withheldText(withhold(report.predictions, 1), 1)).toContain('no image is answered');
  });
});

describe('a report', () => {
  it('is told in figures and words', () => {
    expect(reportStats(report).map(({ label }) => label)).toContain('Among its best 2');
    expect(calibrationText(report)).toMatch(/^Expected calibration error .*too sure of itself/);
    expect(mistakesText(report)).toBe('2 mistakes among 4 images, the costliest first.');
    expect(mistakesText({ ...report, misclassified: [] })).toBe('All 4 images were recognised.');
  });
  it('can be had for the shares that were judged', () => {
    expect(evaluatedShares(result)).toEqual(['validation']);
    expect(evaluatedShares(old)).toEqual([]);
    const both = { ...result, evaluation: { ...evaluation, test: { correct: 1, images: 2 } } };
    expect(evaluatedShares(both)).toEqual(['validation', 'test']);
  });
  it('is saved with paths, labels and plain lists', () => {
    const records = new Map([['2', { path: 'cat/2.png' }]]) as never;
    const { head, rows } = predictionTable(report, records);
    expect(rows[1]!.slice(0, 4)).toEqual(['cat/2.png', 'cat', 'dog', 0]);
    expect(rows[1]!.length).toBe(head.length);
    expect(rows[0]![0]).toBeNull();
    // The probability of the answer, where it is right, is that of the truth.
    expect(rows[0]![5]).toBeCloseTo(rows[0]![4] as number, 6);
    const json = JSON.parse(reportJson(report, result, 'mine', records)) as Record<string, unknown>;
    expect(json).toMatchObject({ run: { id: 'a', name: 'mine' }, classes: ['cat', 'dog', 'horse'] });
    expect(json.confusion).toEqual([
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 0],
    ]);
  });
});
