import { transfer } from 'comlink';
import { cutOf } from '../../engine/cuts';
import { ImageStore } from '../../engine/data/image-store';
import { weightsInfo } from '../../engine/bases/weights-info';
import { PixelSource } from '../../engine/data/pixels';
import type { ImageId } from '../../engine/data/records';
import { HeadwayError } from '../../engine/errors';
import { bottleneckSpec, mapSpec } from '../../engine/features/estimate';
import { inputOf } from '../../engine/features/key';
import type { JobControl } from '../../engine/job';
import { nets } from '../../engine/nets';
import type { BaseRequest, Extraction } from '../../engine/run';
import type { Storage } from '../../engine/storage';
import type { BaseApi, BaseEvent } from '../api';
import type { Jobs } from '../jobs';
import { ResidentBase } from './resident-base';
import { sharedPixels } from './shared-pixels';

/** How many of the data set's images a speed probe looks at. */
const probedImages = 8;

/** What needs a frozen base. tfjs and the weights are loaded on first use, and stay for the next. */
export function baseService(storage: Storage, jobs: Jobs): BaseApi {
  const images = new ImageStore(storage);
  const source = new PixelSource(images);
  const resident = new ResidentBase(storage);
  const squares = ({ base, resize }: BaseRequest) => ({ size: nets[base].inputSize, resize });

  const cutAt = ({ cut }: BaseRequest) => (cut === undefined ? {} : { cut });

  async function extract(
    control: JobControl,
    request: BaseRequest,
    ids: readonly ImageId[],
    onEvent: (event: BaseEvent) => void,
    decoder?: MessagePort,
  ): Promise<Extraction> {
    const start = performance.now();
    await resident.dropOther();
    const { frozen, backend } = await resident.get(request, control, onEvent);
    const downloadMs = performance.now() - start;
    const { base, resize, cut = cutOf({}, base), form } = request;
    const spec = (form === 'map' ? mapSpec : bottleneckSpec)(base, frozen.weightsDigest, resize, cut);
    const { defaultBatchSize, extractFeatures } = await import('../../engine/features/extract');
    const { FeatureStore } = await import('../../engine/features/store');
    const { MapStore } = await import('../../engine/features/map-store');
    const own = (batch: readonly ImageId[]) => source.squares(batch, inputOf(spec));
    const outcome = await extractFeatures({
      base: frozen,
      spec,
      others: (request.others ?? []).map((cut) => ({ ...spec, cut })),
      ids,
      pixels: decoder === undefined ? own : sharedPixels(decoder, own),
      batchSize: defaultBatchSize[backend.id],
      store: form === 'map' ? new MapStore(storage) : new FeatureStore(storage),
      control,
      onProgress: (progress) => onEvent({ type: 'progress', phase: 'extract', progress }),
      onNote: (text) => onEvent({ type: 'note', text }),
    });
    return {
      spec,
      backend: backend.id,
      weights: await weightsInfo(storage, frozen.source),
      failed: outcome.failed,
      timing: {
        downloadMs,
        extractMs: outcome.ms,
        extractedImages: outcome.extracted,
        imagesPerSecond: outcome.extracted === 0 ? null : outcome.extracted / (outcome.ms / 1000),
      },
    };
  }

  return {
    probeBackends: async () => (await import('../../engine/backend/probe')).probeBackends(),

    extract: (job, request, ids, onEvent, decoder) =>
      jobs.run(job, (control) => resident.guarded(() => extract(control, request, ids, onEvent, decoder))),

    probeSpeed: (job, request, onEvent) =>
      jobs.run(job, (control) =>
        resident.guarded(async () => {
          const records = await images.records();
          if (records.length === 0)
            throw new HeadwayError({
              code: 'too-few-images',
              message: 'There is no image to measure with.',
              advice: 'Add images first.',
            });
          const { frozen } = await resident.get(request, control, onEvent);
          const ids = records.slice(0, probedImages).map((record) => record.id);
          const { probeSpeed } = await import('../../engine/features/extract');
          return probeSpeed(frozen, await source.squares(ids, squares(request)), ids.length, cutAt(request));
        }),
      ),

    look: (request, image) =>
      resident.guarded(async () => {
        const { lookAt, squareFor } = await import('./looking');
        const square = await squareFor(source, request, image);
        const look = await resident.withWeights(request, (base) => lookAt(base, request, square));
        const buffers = [look.square, look.map.values, look.vector].map(
          ({ buffer }) => buffer as ArrayBuffer,
        );
        return transfer(look, buffers);
      }),

    embed: (request, pictures) =>
      resident.guarded(async () => {
        const { embedAll } = await import('./looking');
        return resident.withWeights(request, (base) => embedAll(base, request, pictures));
      }),
  };
}
