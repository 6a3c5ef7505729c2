import '@tensorflow/tfjs';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { Job } from '../job';
import { groupedFolds } from './grouped-folds';
import { probeCuts } from './probe-cuts';

/*
 * What it has to agree with was computed once with scikit-learn 1.9.1 and this script, which takes the folds as they
 * are below and tries the penalties 10^1, 10^0.5 … 10^-5:
 *
 *   X = StandardScaler().fit_transform(X)
 *   for f in range(5):
 *     t = fold != f
 *     m = LogisticRegression(C=1 / (2 * t.sum() * l2), tol=1e-10, max_iter=10000).fit(X[t], y[t])
 *     p = m.predict_proba(X[~t]); hit[~t] = p.argmax(1) == y[~t]
 *     loss -= np.log(p[np.arange((~t).sum()), y[~t]]).sum()
 *
 * The least held-out loss, 0.752052, is that of l2 = 0.01, with 56 hits; its neighbours have 0.760767 and 0.760560.
 */
const [n, d, classes] = [90, 4, 3];
const folds = '010002342231222034302421043430421404314231113214003443121322140331423314242103114130200040';
const hits = '100111101001011100111111001100001101111101101011100111111001010100111101001111000101111101';

beforeAll(async () => {
  await setBackend('cpu');
});

test('the probe is scikit-learn’s: the same penalty, and the same images right', async () => {
  const labels = Uint16Array.from({ length: n }, (_, i) => i % classes);
  // Plain arithmetic instead of a generator, so that any language makes the same numbers.
  const features = Float32Array.from({ length: n * d }, (_, k) => {
    const [i, j] = [Math.floor(k / d), k % d];
    return Math.sin(1.7 * i * (j + 1) + j) * (j + 1) + 0.8 * ((labels[i]! + j) % classes);
  });
  const before = memory().numTensors;
  expect(groupedFolds(labels, [], 5, 1).join('')).toBe(folds);
  const cuts = ['low', 'high'].map((cut) => ({ cut, features, labels, classes }));
  const seen: number[] = [];
  const probed = await probeCuts(cuts, [], 1, new Job(), (done) => seen.push(done));
  expect(probed.folds).toBe(5);
  for (const { l2, hits: mine, width } of probed.measured) {
    expect(l2).toBeCloseTo(0.01, 9);
    expect(mine.join('')).toBe(hits);
    expect(width).toBe(d);
  }
  expect(new Set(seen)).toEqual(new Set([0, 1]));
  expect(memory().numTensors).toBe(before);
});

test('it can be cancelled', async () => {
  const job = new Job();
  job.cancel();
  const one = { cut: 'low', features: Float32Array.of(1, 2, 3, 4), labels: Uint16Array.of(0, 1, 0, 1) };
  await expect(probeCuts([{ ...one, classes: 2 }], [], 1, job, () => undefined)).rejects.toMatchObject({
    code: 'cancelled',
  });
});
