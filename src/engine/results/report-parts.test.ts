import { describe, expect, it } from 'vitest';
import { answers, crossEntropyAt, fitTemperature, reliability } from './calibration';
import { classReport, confusionMatrix, predictedClasses } from './confusion';
import { coverageCurve } from './coverage';
import { imagePredictions, shareScore } from './evaluation';
import { evaluateLogits, topKAccuracy } from './metrics';
import { rankingCurves } from './ranking-curves';
import { classes, column, ids, labels, logits } from './reference.test-helper';

const predicted = predictedClasses(logits, classes);
const closeTo = (values: readonly (number | null)[], expected: readonly number[]) =>
  expected.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 8));

describe('the confusion matrix and what follows from it', () => {
  const matrix = confusionMatrix(labels, predicted, classes);

  it('is scikit-learn’s', () => {
    expect([...matrix.counts]).toEqual([10, 3, 4, 1, 3, 11, 0, 0, 2, 4, 9, 1, 3, 3, 0, 6]);
    const { perClass, macro, weighted } = classReport(matrix);
    closeTo(
      perClass.map(({ precision }) => precision),
      [0.55555556, 0.52380952, 0.69230769, 0.75],
    );
    closeTo(
      perClass.map(({ recall }) => recall),
      [0.55555556, 0.78571429, 0.5625, 0.5],
    );
    closeTo(
      perClass.map(({ f1 }) => f1),
      [0.55555556, 0.62857143, 0.62068966, 0.6],
    );
    expect(perClass.map(({ support }) => support)).toEqual([18, 14, 16, 12]);
    closeTo(
      [macro.precision, macro.recall, macro.f1],
      [0.6304181929181929, 0.6009424603174603, 0.6012041598248495],
    );
    closeTo(
      [weighted.precision, weighted.recall, weighted.f1],
      [0.6235042735042735, 0.6, 0.5988505747126437],
    );
  });

  it('knows what cannot be known, and counts it as nothing', () => {
    const { perClass, macro } = classReport(confusionMatrix(Uint16Array.of(0, 0), Uint16Array.of(0, 1), 4));
    expect(perClass).toEqual([
      { precision: 1, recall: 0.5, f1: 2 / 3, support: 2 },
      { precision: 0, recall: null, f1: 0, support: 0 },
      { precision: null, recall: null, f1: null, support: 0 },
      { precision: null, recall: null, f1: null, support: 0 },
    ]);
    expect(macro).toEqual({ precision: 0.25, recall: 0.125, f1: 1 / 6 });
  });

  it('agrees with the summary and with top-k', () => {
    expect(evaluateLogits(logits, labels, classes).correct).toBe(36);
    expect(shareScore({ ids, labels, logits }, classes)).toEqual({ correct: 36, images: 60 });
    closeTo(
      [2, 3].map((k) => topKAccuracy(logits, labels, classes, k)),
      [0.7166666666666667, 0.9333333333333333],
    );
  });
});

describe('rankingCurves', () => {
  it('has scikit-learn’s areas, ties and all', () => {
    const curves = [0, 1, 2, 3].map((c) => rankingCurves(column(c), (row) => labels[row] === c)!);
    closeTo(
      curves.map(({ rocArea }) => rocArea),
      [0.759920634920635, 0.7515527950310559, 0.7514204545454546, 0.7473958333333334],
    );
    closeTo(
      curves.map(({ averagePrecision }) => averagePrecision),
      [0.6538831538831539, 0.5975125142483947, 0.6152006086755823, 0.5933051183051185],
    );
  });

  it('has scikit-learn’s points but those on straight edges', () => {
    const { roc, precisionRecall } = rankingCurves(column(0), (row) => labels[row] === 0)!;
    const x = [0, 0, 0.190476, 0.261905, 0.380952, 0.452381, 0.571429, 0.619048, 1];
    const y = [0, 0.388889, 0.444444, 0.555556, 0.666667, 0.777778, 0.833333, 1, 1];
    expect(roc).toHaveLength(x.length);
    roc.forEach((point, i) => {
      expect(point.x).toBeCloseTo(x[i]!, 6);
      expect(point.y).toBeCloseTo(y[i]!, 6);
    });
    expect(precisionRecall[0]!.y).toBe(1);
    expect(precisionRecall.at(-1)).toEqual({ x: 1, y: 0.3 });
  });

  it('makes one step of equal scores, and none of a class alone', () => {
    expect(rankingCurves([1, 1, 1, 1], (i) => i < 2)).toEqual({
      roc: [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ],
      rocArea: 0.5,
      precisionRecall: [{ x: 1, y: 0.5 }],
      averagePrecision: 0.5,
    });
    expect(rankingCurves([1, 2], () => true)).toBeNull();
    expect(rankingCurves([1, 2], () => false)).toBeNull();
  });
});

describe('calibration', () => {
  it('bins confidences as the reference does', () => {
    const { bins, ece } = reliability(answers(logits, labels, classes), 10);
    expect(bins.map(({ count }) => count)).toEqual([0, 0, 0, 1, 17, 12, 10, 5, 12, 3]);
    expect(ece).toBeCloseTo(0.11052099389437652, 6);
    expect(bins[0]).toEqual({ low: 0, high: 0.1, count: 0, confidence: null, accuracy: null });
  });

  it('puts ends into the bins they close', () => {
    const confidence = Float32Array.of(0, 0.5, 1);
    const { bins } = reliability({ confidence, correct: Uint8Array.of(0, 1, 1) }, 2);
    expect(bins.map(({ count }) => count)).toEqual([2, 1]);
  });

  it('finds SciPy’s temperature', () => {
    const temperature = fitTemperature(logits, labels, classes);
    expect(temperature).toBeCloseTo(1.3076161526733412, 6);
    expect(crossEntropyAt(logits, labels, classes, temperature)).toBeCloseTo(1.0181413164750455, 6);
    expect(crossEntropyAt(logits, labels, classes, 1)).toBeCloseTo(1.038004377102358, 6);
  });

  it('ends at a bound for a head that is always right', () => {
    expect(fitTemperature(Float32Array.of(1, 0, 0, 1), Uint16Array.of(0, 1), 2)).toBeCloseTo(0.01, 6);
  });
});

describe('coverageCurve', () => {
  it('takes the surest answers first, equals together', () => {
    const confidence = Float32Array.of(0.5, 0.75, 0.5, 1);
    expect(coverageCurve({ confidence, correct: Uint8Array.of(1, 0, 0, 1) })).toEqual([
      { threshold: 1, coverage: 0.25, accuracy: 1 },
      { threshold: 0.75, coverage: 0.5, accuracy: 0.5 },
      { threshold: 0.5, coverage: 1, accuracy: 0.5 },
    ]);
  });

  it('stays short for many images and ends at all of them', () => {
    const confidence = Float32Array.from({ length: 5000 }, (_, i) => 1 - i / 5000);
    const curve = coverageCurve({ confidence, correct: new Uint8Array(5000).fill(1) });
    expect(curve.length).toBeLessThanOrEqual(201);
    expect(curve.at(-1)).toMatchObject({ coverage: 1, accuracy: 1 });
  });
});

describe('imagePredictions', () => {
  it('says what each image was taken for, how surely, and what it cost', () => {
    const answered = imagePredictions({ ids, labels, logits }, classes);
    expect(answered.map((answer) => answer.predicted)).toEqual([...predicted]);
    const mean = answered.reduce((sum, { loss }) => sum + loss, 0) / answered.length;
    expect(mean).toBeCloseTo(1.038004377102358, 6);
    const surest = Math.max(...answered.map(({ confidence }) => confidence));
    expect(surest).toBeGreaterThan(0.9);
    expect(surest).toBeLessThanOrEqual(1);
  });
});
