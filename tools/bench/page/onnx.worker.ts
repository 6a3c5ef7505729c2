import { expose } from 'comlink';
import * as ort from 'onnxruntime-web/wasm';
import wasmModule from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmBinary from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { nets } from '../../../src/engine/nets/index.ts';
import { preprocess } from '../../../src/engine/nets/preprocess.ts';
import { rateOf, type Batches, type Contestant, type ExtractionTask } from './contestant.ts';
import { pictures } from './pictures.ts';

let session: ort.InferenceSession;
let pixels: Float32Array;
let images: number;
let side: number;

/** ONNX Runtime Web on the model that we export, with as many threads as we have. */
const onnx: Contestant = {
  async prepare(task) {
    const { base, exported, images: count, threads } = task as ExtractionTask;
    ort.env.wasm.wasmPaths = { mjs: wasmModule, wasm: wasmBinary };
    ort.env.wasm.numThreads = threads;
    session = await ort.InferenceSession.create(`${exported}/model.onnx`, { executionProviders: ['wasm'] });
    images = count;
    side = nets[base].inputSize;
    pixels = preprocess(nets[base].preprocessing, await pictures(count, side));
  },

  measure(options) {
    const { batch } = options as Batches;
    const length = pixels.length / images;
    return rateOf(images, batch, (from, to) =>
      session.run({
        // As many numbers, not put in order: speed does not depend on which.
        image: new ort.Tensor('float32', pixels.subarray(from * length, to * length), [
          to - from,
          3,
          side,
          side,
        ]),
      }),
    );
  },
};
expose(onnx);
