import { describe, expect, it } from 'vitest';
import { softmax } from '../heads/head';
import { classes, labels, logits } from '../results/reference.test-helper';
import { classThresholds, confidentErrors, suspicions } from './confident-learning';
import { groupedFolds } from './grouped-folds';

/*
 * Computed once with cleanlab 2.9.0 on the numbers of `results/reference.test-helper.ts`:
 *
 *   from cleanlab.count import get_confident_thresholds
 *   from cleanlab.filter import find_label_issues
 *   print(get_confident_thresholds(y, P).round(8).tolist())
 *   print(find_label_issues(y, P, filter_by='confident_learning').sum())
 *   rows = find_label_issues(y, P, filter_by='low_self_confidence', return_indices_ranked_by='self_confidence')
 *   print(rows.tolist(), P[rows, y[rows]].round(6).tolist(), P[rows].argmax(1).tolist())
 *
 * cleanlab has 44 where we have 15: both labels have a probability of 0.118721, and one of the two is needed.
 */
describe('confident learning', () => {
  const probabilities = softmax(logits, classes);

  it('has cleanlab’s thresholds and number of errors', () => {
    const thresholds = classThresholds(probabilities, labels, classes);
    [0.49578216, 0.5009756, 0.45640019, 0.48586557].forEach((value, c) =>
      expect(thresholds[c]).toBeCloseTo(value, 6),
    );
    expect(confidentErrors(probabilities, labels, classes)).toBe(12);
  });

  it('suspects whom cleanlab suspects, in its order', () => {
    const found = suspicions(probabilities, labels, classes);
    expect(found.map(({ row }) => row)).toEqual([45, 40, 20, 22, 41, 32, 7, 1, 59, 50, 46, 15]);
    expect(found.map(({ suggested }) => suggested)).toEqual([0, 0, 0, 1, 1, 2, 3, 0, 0, 0, 1, 1]);
    const probabilitiesOfLabels = [0.039081, 0.047219, 0.064148, 0.065865, 0.068873, 0.085369];
    probabilitiesOfLabels.forEach((value, i) => expect(found[i]!.labelProbability).toBeCloseTo(value, 5));
  });

  it('doubts nothing where every label is the likeliest', () => {
    const sure = Float32Array.of(0.9, 0.1, 0.4, 0.6);
    expect(suspicions(sure, Uint16Array.of(0, 1), 2)).toEqual([]);
  });

  it('asks nothing of a class without examples', () => {
    expect([...classThresholds(Float32Array.of(0.5, 0.5), Uint16Array.of(0), 2)]).toEqual([0.5, Infinity]);
  });
});

describe('groupedFolds', () => {
  const labels = Uint16Array.from({ length: 103 }, (_, i) => (i < 53 ? 0 : i < 93 ? 1 : 2));
  const counts = (fold: Uint8Array, label: number) => {
    const per = [0, 0, 0, 0, 0];
    for (const [row, f] of fold.entries()) if (labels[row] === label) per[f]!++;
    return per;
  };

  it('is stratified and even, the same for the same seed, another for another', () => {
    const fold = groupedFolds(labels, [], 5, 1);
    for (const label of [0, 1, 2]) {
      const per = counts(fold, label);
      expect(Math.max(...per) - Math.min(...per)).toBeLessThanOrEqual(1);
    }
    const sizes = [0, 1, 2].map((label) => counts(fold, label)).reduce((a, b) => a.map((n, f) => n + b[f]!));
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(groupedFolds(labels, [], 5, 1)).toEqual(fold);
    expect(groupedFolds(labels, [], 5, 2)).not.toEqual(fold);
  });

  it('keeps groups together, across classes too, and stays nearly even', () => {
    const groups = [
      [0, 1, 2, 3, 4, 5],
      [52, 53],
      [90, 101, 7],
      [60, 61],
    ];
    const fold = groupedFolds(labels, groups, 5, 3);
    for (const group of groups) expect(new Set(group.map((row) => fold[row])).size).toBe(1);
    for (const label of [0, 1]) {
      const per = counts(fold, label);
      expect(Math.max(...per) - Math.min(...per)).toBeLessThanOrEqual(2);
    }
  });
});
