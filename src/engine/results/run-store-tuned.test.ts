import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { overlaid, TunedStore } from '../bases/tuned';
import type { ConvWeights, FrozenWeights } from '../bases/tensors';
import { bottleneckSpec } from '../features/estimate';
import { FeatureStore } from '../features/store';
import { initialHead } from '../heads/head';
import { defaultRunRequest } from '../run';
import { openStorage, type Storage } from '../storage';
import { RunStore, type FinishedRun } from './run-store';

const conv = (values: number[]): ConvWeights => ({
  kernel: { shape: [1, 1, 1, values.length], data: Float32Array.from(values) },
  bias: { shape: [values.length], data: new Float32Array(values.length) },
});
const changed: FrozenWeights = new Map([['b', conv([7, 8])]]);
const [parent, digest] = ['ab'.repeat(32), 'cd'.repeat(32)];
const spec = bottleneckSpec('resnet50', digest, 'stretch');
const head = initialHead({ kind: 'dense', hidden: [], dropout: 0, l2: 0 }, 4, 2, 1);

function run(runId: string, tail: 'train' | 'remove'): FinishedRun {
  const none = { ids: [], labels: new Uint16Array(), logits: new Float32Array() };
  const result = {
    runId,
    finishedAt: '2026-01-01',
    base: 'resnet50',
    weightsDigest: digest,
    request: { ...defaultRunRequest, tail },
  };
  return {
    result: result as unknown as FinishedRun['result'],
    head,
    spec,
    evaluation: { validation: none, test: null },
  };
}

let databases = 0;
let storage: Storage;
beforeEach(async () => {
  storage = openStorage(`tuned-${databases++}`);
  await new TunedStore(storage).put(digest, { parent, weights: changed });
  await new FeatureStore(storage).put(spec, ['x'], new Float32Array(4));
});
const isHere = async () => (await new TunedStore(storage).get(digest)) !== null;

test('changed convolutions lie over those of the base, which stays as it is', () => {
  const base: FrozenWeights = new Map([
    ['a', conv([1, 2])],
    ['b', conv([3, 4])],
  ]);
  const weights = overlaid(base, changed);
  expect([...weights.keys()]).toEqual(['a', 'b']);
  expect([...weights.get('a')!.kernel.data, ...weights.get('b')!.kernel.data]).toEqual([1, 2, 7, 8]);
  expect([...base.get('b')!.kernel.data]).toEqual([3, 4]);
  expect(() => overlaid(base, new Map([['c', conv([1])]]))).toThrow('does not fit');
  expect(() => overlaid(base, new Map([['b', conv([1])]]))).toThrow('does not fit');
});

test('a base that was trained goes with the last run that trained it', async () => {
  const runs = new RunStore(storage);
  await runs.put(run('one', 'train'));
  await runs.put(run('two', 'train'));
  await runs.remove('one');
  expect(await isHere()).toBe(true);
  await runs.remove('two');
  expect(await isHere()).toBe(false);
  expect((await new FeatureStore(storage).presentIds(spec)).size).toBe(0);
  await runs.remove('unknown');
});

test('the run that was removed last comes back, with its base and what is said of it', async () => {
  const runs = new RunStore(storage);
  const note = { name: 'mine', pinned: true };
  await runs.put(run('one', 'train'));
  await runs.annotate('one', note);
  const before = await runs.get('one');
  await runs.remove('one');
  expect(await runs.restore('two')).toBe(false);
  expect(await runs.restore('one')).toBe(true);
  expect(await runs.get('one')).toEqual(before);
  expect((await runs.notes()).get('one')).toEqual(note);
  expect((await new TunedStore(storage).get(digest))?.weights).toEqual(changed);
  expect(await runs.restore('one')).toBe(false);
});

test('a run on a frozen base takes no weights and no features with it', async () => {
  const runs = new RunStore(storage);
  await runs.put(run('one', 'remove'));
  await runs.remove('one');
  expect(await isHere()).toBe(true);
  expect((await new FeatureStore(storage).presentIds(spec)).size).toBe(1);
  await runs.clear();
  expect(await isHere()).toBe(false);
});
