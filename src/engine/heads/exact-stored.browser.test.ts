import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { outOfFold } from '../analysis/label-errors';
import { measureCurve } from '../analysis/measure-curve';
import { bottleneckSpec } from '../features/estimate';
import { FeatureStore } from '../features/store';
import { Job } from '../job';
import { openStorage } from '../storage';
import { solveHead } from './exact';
import { crossValidate, weigher } from './exact-cross-validation';
import { stratifiedFolds } from './exact-folds';
import { SoftmaxRegression } from './exact-objective';
import { scaleOf } from './exact-standardise';
import { sourceOf } from './examples';
import { Pace } from './pace';
import { StoredExamples } from './stored-examples';
import { clouds, collect, plainOptions, useBackend } from './training.test-helper';

const classes = 4;
const inputs = 24;
const train = { ...clouds(700, inputs, classes, 1, 3), classes };
const validation = { ...clouds(200, inputs, classes, 2, 3), classes };
const exact = { kind: 'exact', hidden: [], dropout: 0, l2: 0 } as const;
let databases = 0;

/** The same examples out of the store, of which some 150 fit in memory, in an order of its own. */
async function stored({ features, labels }: typeof train): Promise<StoredExamples> {
  const store = new FeatureStore(openStorage(`exact-stored-${databases++}`));
  const spec = bottleneckSpec('resnet50', 'ab'.repeat(32), 'stretch');
  const ids = Array.from(labels, (_, i) => `image ${i}`);
  await store.put(spec, ids, features);
  return StoredExamples.of(store, [spec], { ids, labels }, { inputs, classes }, 150 * 4 * inputs);
}

const near = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

describe('what is solved on features that stay in the store', () => {
  beforeAll(() => useBackend('wasm'));

  it('has the loss, the gradient and the logits of features in memory, and keeps no tensors', async () => {
    const pace = new Pace(new Job());
    const held = sourceOf(train);
    const source = await stored(train);
    const scale = await scaleOf(held, pace);
    const ofStored = await scaleOf(source, pace);
    expect(near(ofStored.mean, scale.mean)).toBeLessThan(1e-9);
    expect(near(ofStored.deviation, scale.deviation)).toBeLessThan(1e-9);
    const inMemory = new SoftmaxRegression(held, classes, scale, pace);
    const parameters = Float64Array.from({ length: inMemory.parameters }, (_, i) => Math.sin(i));
    const terms = { weights: new Float64Array(700).fill(1 / 700), l2: 0.01 };
    const [a, b] = [new Float64Array(parameters.length), new Float64Array(parameters.length)];
    const [value] = await inMemory.evaluate([{ terms, parameters, gradient: a }]);
    const logits = await inMemory.logits([parameters], () => 0);
    // Others beside it, with other terms and elsewhere, change nothing.
    const others = [-1, 2].map((factor, f) => ({
      terms: { weights: terms.weights.map((weight, i) => (i % 3 === f ? 0 : factor * weight)), l2: 0.5 },
      parameters: parameters.map((one) => factor * one),
      gradient: new Float64Array(parameters.length),
    }));
    const among = new Float64Array(parameters.length);
    const [left, right] = others;
    const values = await inMemory.evaluate([left!, { terms, parameters, gradient: among }, right!]);
    expect(values[1]).toBeCloseTo(value!, 6);
    expect(near(among, a)).toBeLessThan(1e-6);
    const solutions = [left!.parameters, parameters];
    const mixed = await inMemory.logits(solutions, (row) => (row % 2 === 0 ? 1 : -1));
    expect(near(mixed.subarray(0, classes), logits)).toBeLessThan(1e-5);
    expect(near(mixed.subarray(classes, 2 * classes), new Float32Array(classes))).toBe(0);
    expect(near(mixed.subarray(2 * classes, 3 * classes), logits.subarray(2 * classes))).toBeLessThan(1e-5);
    inMemory.dispose();
    const before = tf.memory().numTensors;
    const streamed = new SoftmaxRegression(source, classes, scale, pace, 0);
    expect((await streamed.evaluate([{ terms, parameters, gradient: b }]))[0]).toBeCloseTo(value!, 5);
    expect(near(a, b)).toBeLessThan(1e-5);
    expect(near(await streamed.logits([parameters], () => 0), logits)).toBeLessThan(1e-4);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is the same head and the same doubts', async () => {
    const [ofMemory, ofStore] = await Promise.all(
      [
        [train, validation],
        [await stored(train), await stored(validation)],
      ].map(async ([fitted, held]) => {
        const [, { head, exact: fit, history }] = await collect(
          solveHead(exact, plainOptions, fitted!, held!, new Job()),
        );
        return { layer: head.layers[0]!, l2: fit!.l2, history };
      }),
    );
    expect(ofStore!.l2).toBe(ofMemory!.l2);
    expect(near(ofStore!.layer.kernel, ofMemory!.layer.kernel)).toBeLessThan(1e-3);
    expect(ofStore!.history[0]!.valLoss).toBeCloseTo(ofMemory!.history[0]!.valLoss, 4);
    const doubts = async (examples: Parameters<typeof outOfFold>[0]) =>
      (await outOfFold(examples, [], 0.01, plainOptions, new Job(), () => undefined)).logits;
    expect(near(await doubts(await stored(train)), await doubts(train))).toBeLessThan(0.02);
  });

  it('is validated alike, however many folds go on side by side', async () => {
    const pace = new Pace(new Job());
    const source = sourceOf(train);
    const regression = new SoftmaxRegression(source, classes, await scaleOf(source, pace), pace);
    const fold = stratifiedFolds(train.labels, 5, 1);
    const weigh = weigher(train.labels, classes, 'none');
    let fits = 0;
    const validated = (atOnce: number) =>
      crossValidate(regression, fold, [1, 0.1], weigh, () => fits++, atOnce);
    const [all, pairs] = [await validated(5), await validated(2)];
    regression.dispose();
    expect(fits).toBe(20);
    expect(pairs.l2).toBe(all.l2);
    expect(near(pairs.logits, all.logits)).toBeLessThan(0.01);
    expect(all.logits.some((logit) => logit !== 0)).toBe(true);
  });

  it('learns from subsets alike', async () => {
    const settings = { spec: exact, options: plainOptions, l2: 0.01, sizes: [175, 350, 700], repeats: 2 };
    const measured = (fitted: typeof train | StoredExamples, held: typeof train | StoredExamples) =>
      measureCurve(settings, fitted, held, new Job(), () => undefined);
    expect(await measured(await stored(train), await stored(validation))).toEqual(
      await measured(train, validation),
    );
  });
});
