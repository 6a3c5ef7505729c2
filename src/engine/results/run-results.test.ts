import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { FeatureSpec } from '../features/key';
import { defaultRunRequest, type RunResult } from '../run';
import { openStorage } from '../storage';
import { compareRuns, type Judged } from './compare-runs';
import type { ShareEvaluation } from './evaluation';
import { classes as classCount, ids, labels, logits } from './reference.test-helper';
import { runReport } from './report';
import { RunStore } from './run-store';

const classes = ['__proto__', 'b', 'c', 'd'];
const share: ShareEvaluation = { ids, labels, logits };

function result(runId: string): RunResult {
  return {
    runId,
    finishedAt: '2026-01-01T00:00:00.000Z',
    base: 'vgg16',
    backend: 'wasm',
    weightsDigest: '',
    weights: { source: '', precision: 'float32', licence: '', bytes: 0 },
    request: { ...defaultRunRequest, seed: 7 },
    classes,
    split: { train: [], validation: ids },
    history: [],
    bestEpoch: 1,
    timing: { downloadMs: 0, extractMs: 0, extractedImages: 0, imagesPerSecond: null, trainMs: 0 },
  };
}

const judged = (runId: string, validation = share): Judged => ({
  result: result(runId),
  evaluation: { validation, test: null },
});
const thrown = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

it('a clock that was set back leaves the runs in the order in which they ended', async () => {
  const runs = new RunStore(openStorage('clock'));
  const clock = Date.parse('2026-05-12T10:00:00.000Z');
  const hour = 3_600_000;
  const ended: string[] = [];
  for (const [i, now] of [clock, clock - hour, clock - 2 * hour, clock + 1, clock + hour].entries()) {
    const finishedAt = await runs.momentNow(now);
    ended.push(finishedAt.slice(11, 23));
    // Their names are in another order.
    await runs.put({
      result: { ...result(`${9 - i}`), finishedAt },
      head: { spec: defaultRunRequest.head, inputs: 1, classes: 2, layers: [] },
      spec: {} as FeatureSpec,
      evaluation: { validation: share, test: null },
    });
  }
  expect(ended).toEqual(['10:00:00.000', '10:00:00.001', '10:00:00.002', '10:00:00.003', '11:00:00.000']);
  expect((await runs.results()).map(({ runId }) => runId)).toEqual(['5', '6', '7', '8', '9']);
});

describe('runReport', () => {
  it('puts everything together', () => {
    const report = runReport(result('a'), { validation: share, test: null }, 'validation');
    expect(report.summary).toMatchObject({ correct: 36, examples: 60 });
    expect(report.topK.map(({ k }) => k)).toEqual([1, 2, 3]);
    expect(report.curves[0]!.rocArea).toBeGreaterThan(0.5);
    expect(report.misclassified).toHaveLength(24);
    const losses = report.misclassified.map(({ loss }) => loss);
    expect(losses).toEqual(losses.toSorted((a, b) => b - a));
    expect(report.temperature.crossEntropy.after).toBeLessThan(report.temperature.crossEntropy.before);
    expect(report.coverage.at(-1)).toMatchObject({ coverage: 1, accuracy: 0.6 });
    expect(structuredClone(report)).toEqual(report);
  });

  it('takes the temperature from validation for the test share, and misses what is not there', () => {
    const validation = runReport(result('a'), { validation: share, test: null }, 'validation');
    const half = { ids: ids.slice(30), labels: labels.slice(30), logits: logits.slice(30 * classCount) };
    const test = runReport(result('a'), { validation: share, test: half }, 'test');
    expect(test.temperature.temperature).toBe(validation.temperature.temperature);
    expect(test.predictions).toHaveLength(30);
    expect(thrown(() => runReport(result('a'), { validation: share, test: null }, 'test'))).toMatchObject({
      code: 'evaluation-missing',
    });
  });
});

describe('compareRuns', () => {
  /** A head that is right where `hit` says so. */
  const answering = (hit: (i: number) => boolean): ShareEvaluation => ({
    ids,
    labels,
    logits: Float32Array.from({ length: 60 * classCount }, (_, at) => {
      const [i, c] = [Math.floor(at / classCount), at % classCount];
      return (hit(i) ? labels[i] : (labels[i]! + 1) % classCount) === c ? 1 : 0;
    }),
  });

  it('matches images by id, not by row', () => {
    const a = answering((i) => i < 50);
    const b = answering((i) => i < 30);
    const reversed: ShareEvaluation = {
      ids: ids.toReversed(),
      labels: labels.toReversed(),
      logits: Float32Array.from(
        ids.toReversed().flatMap((_, i) => [...b.logits.subarray((59 - i) * 4, (60 - i) * 4)]),
      ),
    };
    expect(compareRuns(judged('a', a), judged('b', reversed))).toMatchObject({
      runA: 'a',
      images: 60,
      correctA: 50,
      correctB: 30,
      onlyA: 20,
      onlyB: 0,
      verdict: 'better',
    });
  });

  it('refuses other images, other labels and other classes, and says so', () => {
    const other = { ...share, ids: ids.map((id, i) => (i < 30 ? id : `${id}-other`)) };
    expect(thrown(() => compareRuns(judged('a'), judged('b', other)))).toMatchObject({
      code: 'not-comparable',
      message: expect.stringContaining('share 30') as string,
    });
    const relabelled = { ...share, labels: labels.map((label) => (label + 1) % 4) };
    expect(thrown(() => compareRuns(judged('a'), judged('b', relabelled)))).toMatchObject({
      code: 'not-comparable',
    });
    const renamed = { ...judged('b'), result: { ...result('b'), classes: ['a', 'b', 'c', 'd'] } };
    expect(thrown(() => compareRuns(judged('a'), renamed))).toMatchObject({ code: 'not-comparable' });
  });

  it('leaves out an image that one run could not read', () => {
    const fewer = { ids: ids.slice(1), labels: labels.slice(1), logits: logits.slice(classCount) };
    expect(compareRuns(judged('a'), judged('b', fewer))).toMatchObject({
      images: 59,
      verdict: 'cannot tell',
    });
  });
});

describe('RunStore', () => {
  it('keeps the evaluation beside the run, and removes both', async () => {
    const store = new RunStore(openStorage('run-results'));
    const layers = [{ inputs: 1, units: 4, kernel: new Float32Array(4), bias: new Float32Array(4) }];
    const head = { spec: defaultRunRequest.head, inputs: 1, classes: 4, layers };
    const spec = {
      base: 'vgg16',
      weightsDigest: '',
      inputSize: 224,
      resize: 'stretch',
      cut: 'block5_pool',
      numberFormat: 'float32',
    } as const;
    await store.put({ result: result('a'), head, spec, evaluation: { validation: share, test: null } });
    expect((await store.judged('a')).evaluation.validation).toEqual(share);
    expect(await store.get('a')).toEqual({ result: result('a'), head, spec });
    await store.remove('a');
    await expect(store.judged('a')).rejects.toMatchObject({ code: 'unknown-run' });
  });
});
