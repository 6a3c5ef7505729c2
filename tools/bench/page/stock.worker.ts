import * as tf from '@tensorflow/tfjs';
import { expose } from 'comlink';
import { startWasm } from '../../../src/engine/backend/wasm.ts';
import { nets } from '../../../src/engine/nets/index.ts';
import { preprocess } from '../../../src/engine/nets/preprocess.ts';
import { rateOf, type Batches, type Contestant, type ExtractionTask } from './contestant.ts';
import { pictures } from './pictures.ts';

let model: tf.LayersModel;
let pixels: Float32Array;
let images: number;
let side: number;

/** Stock `LayersModel.predict` on the model that we export, with as many threads as we have. */
const stock: Contestant = {
  async prepare(task) {
    const { base, exported, images: count, threads } = task as ExtractionTask;
    await startWasm(threads);
    model = await tf.loadLayersModel(`${exported}/model.json`);
    images = count;
    side = nets[base].inputSize;
    pixels = preprocess(nets[base].preprocessing, await pictures(count, side));
  },

  measure(options) {
    const { batch } = options as Batches;
    const length = pixels.length / images;
    return rateOf(images, batch, async (from, to) => {
      const input = tf.tensor4d(pixels.subarray(from * length, to * length), [to - from, side, side, 3]);
      const output = model.predict(input, { batchSize: batch }) as tf.Tensor;
      await output.data();
      tf.dispose([input, output]);
    });
  },
};
expose(stock);
