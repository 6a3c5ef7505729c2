import { transfer } from 'comlink';
import { cutOf } from '../../engine/cuts';
import { ImageStore } from '../../engine/data/image-store';
import { weightsInfo } from '../../engine/bases/weights-info';
import { PixelSource } from '../../engine/data/pixels';
import type { ImageId } from '../../engine/data/records';
import { HeadwayError } from '../../engine/errors';
import { copySpecs, drawCopies } from '../../engine/features/copies';
import { bottleneckSpec, mapSpec } from '../../engine/features/estimate';
import { inputOf } from '../../engine/features/key';
import type { ExtractReport } from '../../engine/features/extract';
import { MapStore } from '../../engine/features/map-store';
import { FeatureStore } from '../../engine/features/store';
import { ProgressMeter, type JobControl, type Progress } from '../../engine/job';
import { nets } from '../../engine/nets';
import type { Note } from '../../engine/note';
import { inputCut } from '../../engine/nets/graph';
import type { BaseRequest, Extraction } from '../../engine/run';
import type { Storage } from '../../engine/storage';
import type { BaseApi, BaseEvent } from '../api';
import type { Jobs } from '../jobs';
import { ResidentBase } from './resident-base';
import { sharedPixels } from './shared-pixels';

/** How many of the data set's images a speed probe looks at. */
const probedImages = 8;
/** Images a batch after a worker has crashed. */
const gentleBatch = 2;

/** What needs a frozen base. tfjs and the weights are loaded on first use, and stay for the next. */
export function baseService(storage: Storage, jobs: Jobs): BaseApi {
  const images = new ImageStore(storage);
  const source = new PixelSource(images);
  const resident = new ResidentBase(storage);
  const squares = ({ base, resize }: BaseRequest) => ({ size: nets[base].inputSize, resize });

  const cutAt = ({ cut }: BaseRequest) => (cut === undefined ? {} : { cut });

  /** What could be read when it was added, and now cannot, is listed beside what could not then. */
  async function leaveOut(ids: readonly ImageId[], onEvent: (event: BaseEvent) => void): Promise<void> {
    if (ids.length === 0) return;
    const leftOut = await images.setDamaged(ids);
    const text = `${ids.length} stored images can no longer be read; going on without them. Add them again, or remove them: they are listed with the data.`;
    onEvent({ type: 'note', note: { code: 'images-left-out', text, leftOut } });
  }

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
    const { defaultBatchSize, extractFeatures, unreadableImages } =
      await import('../../engine/features/extract');
    const own = (batch: readonly ImageId[]) => source.squares(batch, inputOf(spec));
    const onProgress = (progress: Progress) => onEvent({ type: 'progress', phase: 'extract', progress });
    const about = { spec, backend: backend.id, weights: await weightsInfo(storage, frozen.source) };
    if (cut === inputCut) {
      // All of it will be trained, elsewhere: the memory is better used there.
      await resident.drop();
      const failed = await unreadableImages({ ids, pixels: own, control, onProgress });
      await leaveOut(failed, onEvent);
      return { ...about, failed, timing: timing(downloadMs, []) };
    }
    const { copied } = request;
    const [, ...copies] = copied ? copySpecs(spec, copied) : [spec];
    const meter = new ProgressMeter(ids.length + copies.length * (copied?.ids.length ?? 0), 'images');
    const settings = {
      base: frozen,
      batchSize: request.gentle === true ? gentleBatch : defaultBatchSize[backend.id],
      store: form === 'map' ? new MapStore(storage) : new FeatureStore(storage),
      control,
      meter,
      onProgress,
      onNote: (note: Note) => onEvent({ type: 'note', note }),
    };
    const outcome = await extractFeatures({
      ...settings,
      spec,
      others: (request.others ?? []).map((cut) => ({ ...spec, cut })),
      ids,
      pixels: decoder === undefined ? own : sharedPixels(decoder, own),
    });
    await leaveOut(outcome.failed, onEvent);
    const unreadable = new Set(outcome.failed);
    const readable = copied?.ids.filter((id) => !unreadable.has(id)) ?? [];
    const further: ExtractReport[] = [];
    for (const copy of copies)
      further.push(
        await extractFeatures({
          ...settings,
          spec: copy,
          ids: readable,
          pixels: async (batch) => drawCopies(await own(batch), batch, copy),
        }),
      );
    return { ...about, failed: outcome.failed, timing: timing(downloadMs, [outcome, ...further]) };
  }

  return {
    probeBackends: async () => (await import('../../engine/backend/probe')).probeBackends(),

    async held() {
      const { kernelMemories } = await import('../../engine/runtime/runtime');
      const tensors = (await import('@tensorflow/tfjs-core')).engine().state.numTensors;
      return { tensors, ...kernelMemories() };
    },

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
              why: { code: 'too-few-for', what: 'speed' },
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

function timing(downloadMs: number, passes: readonly ExtractReport[]): Extraction['timing'] {
  const extractMs = passes.reduce((sum, { ms }) => sum + ms, 0);
  const extractedImages = passes.reduce((sum, { extracted }) => sum + extracted, 0);
  const imagesPerSecond = extractedImages === 0 ? null : extractedImages / (extractMs / 1000);
  return { downloadMs, extractMs, extractedImages, imagesPerSecond };
}
