import 'fake-indexeddb/auto';
import { delMany } from 'idb-keyval';
import { expect, test } from 'vitest';
import { keysWithPrefix, openStorage } from '../storage';
import { TailCheckpoints, type TailState } from './tail-checkpoints';

const conv = (values: number, fill: number) => ({
  shape: [1, 1, 1, values] as const,
  kernel: new Float32Array(values).fill(fill),
  bias: Float32Array.of(fill),
});
const head = {
  spec: { kind: 'dense', hidden: [], dropout: 0, l2: 0 } as const,
  inputs: 1,
  classes: 2,
  layers: [{ inputs: 1, units: 2, kernel: Float32Array.of(1, 2), bias: Float32Array.of(0, 0) }],
};
const state = (fill: number): TailState => ({
  head,
  tail: new Map([
    ['large', conv(40_000, fill)],
    ['small', conv(3, fill)],
  ]),
  optimizers: {
    head: { step: 1, moments: [] } as never,
    tail: { step: 1, moments: [[new Float32Array(40_000).fill(fill)]] } as never,
  },
  history: [{ epoch: 1, loss: 1, accuracy: 0.5, valLoss: 1, valAccuracy: 0.5 }],
  best: { head, tail: new Map([['large', conv(40_000, fill + 1)]]), epoch: 1, loss: 1 },
});

test('a state comes back as it was; of an earlier one nothing is left', async () => {
  const storage = openStorage('checkpoints');
  const store = new TailCheckpoints(storage);
  const checkpoints = await store.of({ run: 1 });
  expect(checkpoints.from).toBeNull();
  await checkpoints.save(state(1));
  const before = await keysWithPrefix(storage, 'checkpoint/');
  await checkpoints.save(state(5));
  expect(await keysWithPrefix(storage, 'checkpoint/')).toHaveLength(before.length);
  // Large arrays are records of their own.
  expect(before).toHaveLength(1 + 3);
  expect((await store.of({ run: 1 })).from).toEqual(state(5));
});

test('of one that lost a part nothing is believed', async () => {
  const storage = openStorage('checkpoints-torn');
  const store = new TailCheckpoints(storage);
  await (await store.of({ run: 1 })).save(state(1));
  const [, part] = await keysWithPrefix(storage, 'checkpoint/');
  await delMany([part!], storage);
  expect((await store.of({ run: 1 })).from).toBeNull();
  expect(await keysWithPrefix(storage, 'checkpoint/')).toEqual([]);
});
