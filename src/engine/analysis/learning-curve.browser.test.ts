import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { articleSide, hasArticle } from '../heads/article.test-helper';
import { clouds, collect, plainOptions, useBackend } from '../heads/training.test-helper';
import { trainHead } from '../heads/train';
import { Job } from '../job';
import type { HeadSpec } from '../run';
import { answerOf } from './learning-curve';
import { measureCurve } from './measure-curve';
import { subsetSizes } from './nested-subsets';

const exact: HeadSpec = { kind: 'exact', hidden: [], dropout: 0, l2: 0 };
const dense: HeadSpec = { kind: 'dense', hidden: [16], dropout: 0.2, l2: 0 };
const nothing = () => undefined;
const share = (hits: Uint8Array) => hits.reduce((sum, hit) => sum + hit, 0) / hits.length;

describe('the learning curve of a head', () => {
  beforeAll(() => useBackend('wasm'));
  const train = clouds(300, 20, 4, 1, 2);
  const validation = clouds(150, 20, 4, 2, 2);
  const sizes = subsetSizes(300, 4);

  it('ends at the run’s own training, and leaves no tensors', async () => {
    const before = tf.memory().numTensors;
    const settings = { spec: dense, options: plainOptions, l2: null, sizes, repeats: 3 };
    const progress: number[] = [];
    const measured = await measureCurve(settings, train, validation, new Job(), ({ done, total }) =>
      progress.push(done / total),
    );
    expect(tf.memory().numTensors).toBe(before);
    const [, run] = await collect(trainHead(dense, plainOptions, train, validation, new Job()));
    expect(share(measured.at(-1)!.hits[0]!)).toBe(run.history.at(-1)!.valAccuracy);
    expect(measured.map(({ images, hits }) => [images, hits.length])).toEqual(sizes.map((size) => [size, 3]));
    expect(progress[0]).toBe(0);
    expect(progress.at(-1)).toBe(1);
    const again = await measureCurve(settings, train, validation, new Job(), nothing);
    expect(again).toEqual(measured);
  });

  it('solves the exact head once on all images, and learns on the way there', async () => {
    const settings = { spec: exact, options: plainOptions, l2: 0.01, sizes, repeats: 4 };
    const measured = await measureCurve(settings, train, validation, new Job(), nothing);
    expect(measured.map(({ hits }) => hits.length)).toEqual([...sizes.slice(1).map(() => 4), 1]);
    const { points, lastDoubling, nextDoubling } = answerOf(measured, 1);
    expect(points.at(-1)!.accuracy).toBeGreaterThan(points[0]!.accuracy + 0.05);
    for (const { accuracy, interval, validationInterval } of points) {
      expect(interval.low).toBeLessThanOrEqual(validationInterval.low);
      expect(interval.high).toBeGreaterThanOrEqual(validationInterval.high);
      expect(interval.low).toBeLessThan(accuracy);
    }
    expect(lastDoubling).toMatchObject({ from: 150, to: 300 });
    expect(nextDoubling).toMatchObject({ from: 300, to: 600 });
  });

  it('can be cancelled between two trainings and within one, and refuses what is too small', async () => {
    const settings = { spec: exact, options: plainOptions, l2: 0.01, sizes, repeats: 4 };
    const before = tf.memory().numTensors;
    const job = new Job();
    const attempt = measureCurve(settings, train, validation, job, ({ done }) => {
      if (done > 0) job.cancel();
    });
    await expect(attempt).rejects.toMatchObject({ code: 'cancelled' });
    expect(tf.memory().numTensors).toBe(before);
    const small = { ...settings, sizes: subsetSizes(3, 3) };
    await expect(measureCurve(small, train, validation, new Job(), nothing)).rejects.toMatchObject({
      code: 'too-few-images',
    });
  });

  it.skipIf(!hasArticle)(
    'rises on the article’s features as more of them are used',
    async () => {
      const [fitted, held] = await Promise.all([articleSide('train'), articleSide('validation')]);
      const all = subsetSizes(2000, 10);
      const settings = { spec: exact, options: plainOptions, l2: 0.0316, sizes: all, repeats: 5 };
      const start = performance.now();
      const measured = await measureCurve(settings, fitted, held, new Job(), nothing);
      const { points, lastDoubling, nextDoubling, law, moreImages } = answerOf(measured, 1);
      const line = points.map(
        ({ images, accuracy, interval: { low, high } }) =>
          `${images}: ${accuracy.toFixed(4)} (${low.toFixed(3)} … ${high.toFixed(3)})`,
      );
      console.info(
        `article, VGG16, exact head in ${Math.round(performance.now() - start)} ms: ${line.join(', ')}; ` +
          JSON.stringify({ lastDoubling, nextDoubling, law, moreImages }),
      );
      for (const [k, point] of points.entries())
        if (k > 0) expect(point.accuracy).toBeGreaterThan(points[k - 1]!.accuracy - 0.005);
      // All images: the exact head's own figure (`heads/exact.browser.test.ts`).
      expect(points.at(-1)!.accuracy).toBeGreaterThanOrEqual(0.785);
      expect(points.at(-1)!.accuracy).toBeLessThanOrEqual(0.805);
      expect(lastDoubling!.gain).toBeGreaterThan(0);
      // From half of the images alone, what all of them reach is foretold.
      const half = answerOf(
        measured.filter(({ images }) => images <= 1000),
        1,
      );
      const { low, high } = half.nextDoubling!.interval;
      expect(lastDoubling!.gain).toBeGreaterThanOrEqual(low - 0.01);
      expect(lastDoubling!.gain).toBeLessThanOrEqual(high + 0.01);
    },
    300_000,
  );
});
