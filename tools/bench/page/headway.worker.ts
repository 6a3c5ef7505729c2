import { expose } from 'comlink';
import { loadBase } from '../../../src/engine/bases/base.ts';
import { frozenBase, type FrozenBase, type KernelChoice } from '../../../src/engine/bases/frozen-base.ts';
import { mirroredCdn } from '../../../src/engine/bases/real-images.test-helper.ts';
import { sourcesOf } from '../../../src/engine/bases/sources.ts';
import { useBackend } from '../../../src/engine/backend/use.ts';
import { Job } from '../../../src/engine/job.ts';
import { nets, type BaseId } from '../../../src/engine/nets/index.ts';
import { realBlocks, withStandIn } from '../../../src/engine/nets/vgg16.test-helper.ts';
import { openStorage } from '../../../src/engine/storage.ts';
import { rateOf, type Batches, type Contestant, type ExtractionTask } from './contestant.ts';
import { pictures } from './pictures.ts';

let base: FrozenBase;
let squares: Uint8Array;
let images: number;

/** The frozen base as the application runs it. */
const headway: Contestant = {
  async prepare(task) {
    const { base: id, images: count, threads, kernels = 'own' } = task as ExtractionTask;
    const inUse = await useBackend('wasm');
    if (inUse.threads !== threads) throw new Error(`${inUse.threads} threads instead of ${threads}`);
    base = await load(id, kernels);
    if (base.kernels !== kernels) throw new Error(`${base.kernels} kernels instead of ${kernels}`);
    images = count;
    squares = await pictures(count, base.net.inputSize);
  },

  measure(options) {
    const { batch } = options as Batches;
    const length = squares.length / images;
    return rateOf(images, batch, (from, to) =>
      base.features(squares.subarray(from * length, to * length), to - from),
    );
  },
};
expose(headway);

async function load(id: BaseId, kernels: KernelChoice): Promise<FrozenBase> {
  if (id !== 'vgg16')
    return loadBase(id, openStorage('bench'), { control: new Job(), fetch: mirroredCdn, kernels });
  const real = import.meta.env.HAS_FIXTURES === true ? await realBlocks() : new Map<string, never>();
  const [source] = sourcesOf(nets.vgg16, null);
  return frozenBase(nets.vgg16, source!, 'a'.repeat(64), withStandIn(real, 1), kernels);
}
