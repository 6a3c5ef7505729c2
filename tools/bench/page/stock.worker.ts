import * as tf from '@tensorflow/tfjs';
import { expose } from 'comlink';
import { startWasm } from '../../../src/engine/backend/wasm.ts';
import { mirror } from '../../../src/engine/bases/real-images.test-helper.ts';
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
    const { base, exported, images: count, threads, published } = task as ExtractionTask;
    await startWasm(threads);
    side = nets[base].inputSize;
    model = await (published ? publishedResnet50(side) : tf.loadLayersModel(`${exported}/model.json`));
    images = count;
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

interface LayersJson {
  readonly modelTopology: {
    readonly model_config: {
      readonly config: { readonly layers: { config: { batch_input_shape?: (number | null)[] } }[] };
    };
  };
  readonly weightsManifest: {
    readonly paths: readonly string[];
    readonly weights: tf.io.WeightsManifestEntry[];
  }[];
}

/** Its input made `side` pixels wide; files read one by one, since tfjs waits for all their headers first. */
async function publishedResnet50(side: number): Promise<tf.LayersModel> {
  const folder = `${mirror}/idai-shapes-ceramics_resnet50@1.0.1/model`;
  const json = (await (await fetch(`${folder}/model.json`)).json()) as LayersJson;
  json.modelTopology.model_config.config.layers[0]!.config.batch_input_shape = [null, side, side, 3];
  const { paths, weights } = json.weightsManifest[0]!;
  const parts: ArrayBuffer[] = [];
  for (const path of paths) parts.push(await (await fetch(`${folder}/${path}`)).arrayBuffer());
  const weightData = await new Blob(parts).arrayBuffer();
  return tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology: json.modelTopology, weightSpecs: weights, weightData }),
  );
}
