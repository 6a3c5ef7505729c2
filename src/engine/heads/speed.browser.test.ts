import * as tf from '@tensorflow/tfjs';
import { it } from 'vitest';
import { Job } from '../job';
import { clouds, collect, plainOptions, useBackend } from './training.test-helper';
import { trainHead } from './train';

const n = 1024;

/** A figure to read, not a promise to keep: what a head costs here beside stock `model.fit`, same backend, same batch. */
it('trains 2048 → 512 → 10 faster than stock fit on wasm (measured, not asserted)', async () => {
  await useBackend('wasm');
  const train = clouds(n, 2048, 10, 1);
  const validation = clouds(10, 2048, 10, 2);
  const spec = { kind: 'dense', hidden: [512], dropout: 0, l2: 0 } as const;

  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 512, activation: 'relu', inputShape: [2048] }));
  model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  model.compile({ optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const x = tf.tensor2d(train.features, [n, 2048]);
  const y = tf.tidy(() => tf.oneHot(tf.tensor1d(Array.from(train.labels), 'int32'), 10));

  const ours: number[] = [];
  const stock: number[] = [];
  for (let round = 0; round < 3; round++) {
    const options = { ...plainOptions, epochs: 3 };
    const [, result] = await collect(trainHead(spec, options, train, validation, new Job()));
    ours.push((3 * n * 1000) / result.trainMs);
    const start = performance.now();
    await model.fit(x, y, { epochs: 1, batchSize: 128 });
    stock.push((n * 1000) / (performance.now() - start));
  }
  tf.dispose([x, y]);
  model.dispose();
  const best = (rates: number[]) => Math.max(...rates);
  console.info(
    `head 2048 → 512 → 10, batch 128, wasm (isolated: ${String(crossOriginIsolated)}): ` +
      `${best(ours).toFixed(0)} examples/s, stock fit ${best(stock).toFixed(0)}, ratio ${(best(ours) / best(stock)).toFixed(1)}`,
  );
});
