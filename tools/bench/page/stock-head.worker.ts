import * as tf from '@tensorflow/tfjs';
import { expose } from 'comlink';
import { startWasm } from '../../../src/engine/backend/wasm.ts';
import type { Contestant } from './contestant.ts';
import { examplesOf, mostEpochs, type HeadOptions, type HeadTask } from './head-task.ts';

let task: HeadTask;
let x: tf.Tensor;
let y: tf.Tensor;
let held: [tf.Tensor, tf.Tensor];
let examples: number;

/** Stock layers and `model.fit`: what somebody without Headway would write. */
const stock: Contestant = {
  async prepare(given) {
    task = given as HeadTask;
    await startWasm(task.threads);
    const { train, validation } = await examplesOf(task.data);
    examples = train.labels.length;
    const tensors = ({ features, labels }: typeof train): [tf.Tensor, tf.Tensor] => [
      tf.tensor2d(features, [labels.length, features.length / labels.length]),
      tf.tidy(() => tf.oneHot(tf.tensor1d(Array.from(labels), 'int32'), 10)),
    ];
    [x, y] = tensors(train);
    held = tensors(validation);
  },

  async measure(given) {
    const options = given as HeadOptions;
    const model = tf.sequential();
    const [, inputs] = x.shape;
    for (const units of task.hidden)
      model.add(tf.layers.dense({ units, activation: 'relu', inputShape: [inputs!] }));
    model.add(tf.layers.dense({ units: 10, activation: 'softmax', inputShape: [inputs!] }));
    model.compile({
      optimizer: tf.train.adam(0.001),
      loss: 'categoricalCrossentropy',
      metrics: ['accuracy'],
    });
    const { batchSize } = task;
    const start = performance.now();
    try {
      if (options.kind === 'epochs') {
        await model.fit(x, y, { epochs: options.epochs, batchSize, validationData: held });
        return (1000 * options.epochs * examples) / (performance.now() - start);
      }
      for (let epoch = 0; epoch < mostEpochs; epoch++) {
        const { history } = await model.fit(x, y, { epochs: 1, batchSize, validationData: held });
        if ((history.val_acc![0] as number) >= options.valAccuracy)
          return 60_000 / (performance.now() - start);
      }
      throw new Error('The accuracy was not reached');
    } finally {
      model.dispose();
    }
  },
};
expose(stock);
