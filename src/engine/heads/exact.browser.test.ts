import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Job } from '../job';
import { comparePaired } from '../results/paired';
import { articleSide, hasArticle } from './article.test-helper';
import { solveHead } from './exact';
import type { Examples } from './examples';
import { headLogits, softmax, type TrainedHead } from './head';
import { allLogits } from './logits';
import { Pace } from './pace';
import { clouds, collect, plainOptions, useBackend } from './training.test-helper';
import { trainHead } from './train';

const exact = { kind: 'exact', hidden: [], dropout: 0, l2: 0 } as const;

/*
 * What the exact head has to agree with was computed once with scikit-learn 1.9.1 and this script:
 *
 *   import numpy as np
 *   from sklearn.linear_model import LogisticRegression
 *   from sklearn.preprocessing import StandardScaler
 *   n, d, k = 60, 4, 3
 *   i = np.arange(n)
 *   y = i % k
 *   X = np.stack([np.sin(1.7 * i * (j + 1) + j) * (j + 1) + 0.8 * ((y + j) % k) for j in range(d)], 1)
 *   X[:, 3] = 5
 *   def show(X, y, l2, **options):
 *       Z = StandardScaler().fit_transform(X)
 *       m = LogisticRegression(C=1 / (2 * len(y) * l2), tol=1e-10, max_iter=10000, **options).fit(Z, y)
 *       p = m.predict_proba(Z)
 *       print(-np.log(p[np.arange(len(y)), y]).mean(), (p.argmax(1) == y).sum(), p[:2].round(6).tolist())
 *   show(X, y, 0.1); show(X, y, 0.001)
 *   keep = ~((y == 2) & (i % 2 == 0))
 *   show(X[keep], y[keep], 0.01, class_weight='balanced')
 */
function waves(): Examples {
  const labels = Uint16Array.from({ length: 60 }, (_, i) => i % 3);
  const features = Float32Array.from({ length: 240 }, (_, at) => {
    const [i, j] = [Math.floor(at / 4), at % 4];
    return j === 3 ? 5 : Math.sin(1.7 * i * (j + 1) + j) * (j + 1) + 0.8 * (((i % 3) + j) % 3);
  });
  return { features, labels };
}

async function fit(train: Examples, changes: object = {}, l2 = 0) {
  const [history, result] = await collect(
    solveHead({ ...exact, l2 }, { ...plainOptions, ...changes }, train, train, new Job()),
  );
  return { ...result, exact: result.exact!, metrics: history[0]! };
}

const probabilities = (head: TrainedHead, { features }: Examples, rows: number) =>
  softmax(headLogits(head, features.subarray(0, rows * head.inputs), rows), head.classes);

function expectNear(actual: Float32Array, expected: readonly number[]): void {
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 4));
}

describe('the exact head', () => {
  beforeAll(() => useBackend('wasm'));

  it('is scikit-learn’s solution, whatever the penalty, a feature that never varies included', async () => {
    const weak = await fit(waves(), {}, 0.001);
    expect(weak.metrics.loss).toBeCloseTo(0.6919903, 5);
    expect(weak.metrics.accuracy * 60).toBeCloseTo(36);
    expectNear(
      probabilities(weak.head, waves(), 2),
      [0.774285, 0.206046, 0.019669, 0.040122, 0.141818, 0.818061],
    );
    const strong = await fit(waves(), {}, 0.1);
    expect(strong.metrics.loss).toBeCloseTo(0.792439, 5);
    expectNear(
      probabilities(strong.head, waves(), 2),
      [0.571579, 0.298821, 0.129601, 0.182096, 0.22739, 0.590514],
    );
    expect(strong.exact).toMatchObject({ l2: 0.1, converged: true, cvScores: [] });
  });

  it('weighs classes as scikit-learn does', async () => {
    const { features, labels } = waves();
    const kept = [...labels.keys()].filter((i) => !(labels[i] === 2 && i % 2 === 0));
    const uneven = {
      features: Float32Array.from(kept.flatMap((i) => [...features.subarray(4 * i, 4 * i + 4)])),
      labels: Uint16Array.from(kept, (i) => labels[i]!),
    };
    const { head } = await fit(uneven, { classWeights: 'balanced' }, 0.01);
    expectNear(probabilities(head, uneven, 2), [0.726745, 0.229016, 0.044239, 0.062374, 0.153816, 0.78381]);
  });

  it('chooses by the held-out loss, from one seed, and leaves no tensors', async () => {
    const before = tf.memory().numTensors;
    const train = clouds(300, 40, 4, 1, 3);
    const progress: number[] = [];
    const [, { exact: first, head }] = await collect(
      solveHead(exact, plainOptions, train, train, new Job(), ({ done, total }) =>
        progress.push(done / total),
      ),
    );
    expect(tf.memory().numTensors).toBe(before);
    const { l2, cvScores, converged } = first!;
    expect(converged).toBe(true);
    expect(cvScores.find((score) => score.l2 === l2)!.logLoss).toBe(
      Math.min(...cvScores.map((s) => s.logLoss)),
    );
    expect(cvScores.length).toBeGreaterThan(3);
    expect(progress[0]).toBe(0);
    expect(progress.at(-1)).toBe(1);
    const again = await fit(train);
    expect(again.head.layers).toEqual(head.layers);
  });

  it('can be cancelled in the middle', async () => {
    const job = new Job();
    const train = clouds(2000, 128, 10, 1, 6);
    const solving = solveHead(exact, plainOptions, train, train, job, ({ done }) => {
      if (done === 3) job.cancel();
    });
    const before = tf.memory().numTensors;
    await expect(collect(solving)).rejects.toMatchObject({ code: 'cancelled' });
    expect(tf.memory().numTensors).toBe(before);
  });

  it.skipIf(!hasArticle)(
    'beats the article’s head on the article’s features',
    async () => {
      const [train, validation] = await Promise.all([articleSide('train'), articleSide('validation')]);
      const [, solved] = await collect(solveHead(exact, plainOptions, train, validation, new Job()));
      const { valAccuracy } = solved.history[0]!;
      const dense = { ...exact, kind: 'dense' } as const;
      // As good a seed as any of six: p is 0.0046 at most in the others, with the head at 0.744 … 0.774.
      const options = { ...plainOptions, batchSize: 16, seed: 3 };
      const [, trained] = await collect(trainHead(dense, options, train, validation, new Job()));
      const correct = async (head: TrainedHead) => {
        const logits = await allLogits(head, validation.features, new Pace(new Job()));
        return Uint8Array.from(validation.labels, (label, row) => {
          const own = logits.subarray(row * 10, row * 10 + 10);
          return own.indexOf(Math.max(...own)) === label ? 1 : 0;
        });
      };
      const paired = comparePaired(await correct(solved.head), await correct(trained.head), 1);
      console.info(
        `article, VGG16: exact head ${valAccuracy} in ${Math.round(solved.trainMs)} ms, ${JSON.stringify(solved.exact)}; ` +
          `the article's head ${trained.history.at(-1)!.valAccuracy}; ${JSON.stringify(paired)}`,
      );
      expect(valAccuracy).toBeGreaterThanOrEqual(0.785);
      expect(valAccuracy).toBeLessThanOrEqual(0.805);
      expect(solved.exact!.converged).toBe(true);
      expect(solved.exact!.gradientNorm).toBeLessThanOrEqual(1e-5);
      expect(paired.pValue).toBeLessThan(0.01);
      expect(paired.verdict).toBe('better');
    },
    300_000,
  );
});
