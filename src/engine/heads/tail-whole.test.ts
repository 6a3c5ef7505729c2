/** The article's fourth case on a small net: cut at its input, so that all of it trains, on pictures made anew. */
import 'fake-indexeddb/auto';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, test } from 'vitest';
import type { Augmentation } from '../data/augment';
import { Job } from '../job';
import { inputCut } from '../nets/graph';
import { openStorage } from '../storage';
import { trainTail, type TailStart } from './tail';
import { TailCheckpoints, type Checkpoints } from './tail-checkpoints';
import type { TailOptions } from './tail-options';
import { pictures, type MapExamples } from './tail-source';
import { classes, convOf, head, length, net, options, train, validation, weights } from './tail.test-helper';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const whole: TailStart = {
  net,
  cut: inputCut,
  weights: new Map([convOf('below', [1, 1, 3, 3]), ...weights]),
};
/** The pictures of both shares by their rows, and what was asked for. */
function shown(augmentation: Augmentation | null) {
  const asked: string[] = [];
  const source = (examples: typeof train, prefix: string): MapExamples => {
    const ids = Array.from(examples.labels, (_, i) => `${prefix}${i}`);
    const square = (id: string) => {
      const row = Number(id.slice(1));
      return examples.maps.subarray(row * length, (row + 1) * length).map((value) => 80 * value);
    };
    const squares = (some: readonly string[]) => {
      asked.push(...some);
      return Promise.resolve(Uint8Array.from(some.flatMap((id) => [...square(id)])));
    };
    const changes = augmentation && { augmentation, seed: 1 };
    return { labels: examples.labels, maps: pictures(net, 6, ids, squares, changes) };
  };
  return { asked, train: source(train, 't'), validation: source(validation, 'v') };
}
const settings: TailOptions = { ...options, learningRate: 0.003, epochs: 4 };
async function end(given: ReturnType<typeof shown>, checkpoints?: Checkpoints, after = Infinity) {
  const training = trainTail(
    head,
    settings,
    whole,
    classes,
    given.train,
    given.validation,
    new Job(),
    checkpoints ? { checkpoints } : {},
  );
  for (let epochs = 0; epochs < after; epochs++) {
    const next = await training.next();
    if (next.done === true) return next.value;
  }
  await training.return(undefined as never);
  return null;
}
const mild: Augmentation = { flip: true, crop: 0.3, colour: 0.3 };

test('every convolution learns, from pictures that are other ones every epoch', async () => {
  const [plain, altered] = [shown(null), shown(mild)];
  const [a, b] = [(await end(plain))!, (await end(altered))!];
  expect(a.history.at(-1)!.valLoss).toBeLessThan(a.history[0]!.valLoss);
  for (const [name, conv] of whole.weights) expect(a.tail.get(name)!.kernel, name).not.toEqual(conv.kernel);
  expect(b.history).not.toEqual(a.history);
  // Each picture of each share once an epoch: nothing is kept.
  expect(altered.asked).toHaveLength(4 * (45 + 30));
  const rows = [0, 1, 2];
  const [first, second, asIs] = [
    await altered.train.maps.read(rows, 1),
    await altered.train.maps.read(rows, 2),
    await altered.train.maps.read(rows),
  ];
  expect(second).not.toEqual(first);
  expect(await altered.train.maps.read(rows, 1)).toEqual(first);
  expect(asIs).toEqual(await plain.train.maps.read(rows));
});

test('killed midway, it goes on with the very pictures that would have come', async () => {
  const store = new TailCheckpoints(openStorage('whole-checkpoints'));
  const uninterrupted = (await end(shown(mild)))!;
  await end(shown(mild), await store.of({ run: 1 }), 3);
  const checkpoints = await store.of({ run: 1 });
  expect(checkpoints.from!.history).toHaveLength(3);
  const resumed = (await end(shown(mild), checkpoints))!;
  expect(resumed.history).toEqual(uninterrupted.history);
  expect(resumed.tail).toEqual(uninterrupted.tail);
});
