import { InferenceSession, Tensor } from 'onnxruntime-node';
import { nets } from '../../src/engine/nets/index.ts';
import { rateOf, type Batches, type ExtractionTask } from './page/contestant.ts';

export interface NodeContestant {
  measure(options: Batches): Promise<number>;
  end(): Promise<void>;
}

/** ONNX Runtime outside the browser, on the same file and with as many threads: what the processor could do. */
export async function nodeOnnx(file: string, task: ExtractionTask): Promise<NodeContestant> {
  const { base, images, threads } = task;
  const session = await InferenceSession.create(file, { intraOpNumThreads: threads });
  const side = nets[base].inputSize;
  const pixels = Float32Array.from({ length: images * 3 * side ** 2 }, (_, i) => 100 * Math.sin(i / 50));
  return {
    measure: ({ batch }) =>
      rateOf(images, batch, (from, to) => {
        const values = pixels.subarray(from * 3 * side ** 2, to * 3 * side ** 2);
        return session.run({ image: new Tensor('float32', values, [to - from, 3, side, side]) });
      }),
    end: () => session.release(),
  };
}
