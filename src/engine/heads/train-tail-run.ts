import { useBackend } from '../backend/use';
import { loadKeptWeights } from '../bases/base';
import { weightsDigest } from '../bases/digest';
import type { ConvWeights, FrozenWeights } from '../bases/tensors';
import { overlaid, TunedStore } from '../bases/tuned';
import { ImageStore } from '../data/image-store';
import { PixelSource } from '../data/pixels';
import { copySpecs } from '../features/copies';
import { bottleneckSpec } from '../features/estimate';
import { inputOf, type FeatureSpec } from '../features/key';
import { MapStore } from '../features/map-store';
import { FeatureStore } from '../features/store';
import type { JobControl, Progress } from '../job';
import { nets } from '../nets';
import { inputCut, type Net } from '../nets/graph';
import { nodeShapes } from '../nets/shapes';
import type { ShareEvaluation } from '../results/evaluation';
import { defaultTail, type EpochMetrics, type LabelledIds, type TrainRequest } from '../run';
import type { Storage } from '../storage';
import { allLogits } from './logits';
import { Pace } from './pace';
import { trainTail } from './tail';
import { TailCheckpoints } from './tail-checkpoints';
import { repeated } from './examples';
import { pictures, storedMaps, type MapExamples, type MapSource } from './tail-source';
import { Tail, tailWeights, type TailWeights } from './tail-weights';
import type { TrainedParts } from './trained-parts';

/** Images whose features are made and stored at once when training is done. */
const atOnce = 64;

/**
 * A run that trains the stages above the cut with its head, on the backend that the base ran on; all of them where the
 * cut is the input. When it is done, the
 * changed base is kept under a digest of its own and so are its features of the run's images: from then on it is a
 * base like any other.
 */
export async function trainTailRun(
  storage: Storage,
  { request, base, split, extraction }: TrainRequest,
  control: JobControl,
  onEpoch: (metrics: EpochMetrics) => void,
  onProgress: (progress: Progress) => void,
): Promise<TrainedParts> {
  await useBackend(extraction.backend);
  const net = nets[base];
  const { spec } = extraction;
  const { train, validation } = split;
  const { source, copies } = sources(storage, net, request, spec);
  const examples = ({ ids, labels }: LabelledIds): MapExamples => ({ labels, maps: source(ids) });
  const kept = new TailCheckpoints(storage);
  const checkpoints = await kept.of([spec, request, train.ids, [...train.labels], validation.ids]);
  for (const metrics of checkpoints.from?.history ?? []) onEpoch(metrics);
  const before = await loadKeptWeights(base, storage, spec.weightsDigest);
  const epochs = trainTail(
    request.head,
    { ...defaultTail, ...request },
    { net, cut: spec.cut, weights: tailWeights(net, spec.cut, before) },
    split.classes.length,
    { labels: repeated(train.labels, copies), maps: source(train.ids, true) },
    examples(validation),
    control,
    { checkpoints, onProgress },
  );
  let next = await epochs.next();
  while (next.done !== true) {
    onEpoch(next.value);
    next = await epochs.next();
  }
  const { tail, ...trained } = next.value;

  const changed = asConvs(tail);
  const digest = await weightsDigest(net, overlaid(before, changed));
  const tunedSpec = {
    ...bottleneckSpec(base, digest, request.resize),
    inputSize: spec.inputSize,
  };
  const store = new FeatureStore(storage);
  const pace = new Pace(control);
  const above = new Tail(net, spec.cut, tail, source([]).shape);
  try {
    const features = async ({ ids }: LabelledIds): Promise<Float32Array> => {
      const all = new Float32Array(ids.length * net.features);
      const present = await store.presentIds(tunedSpec);
      for (let from = 0; from < ids.length; from += atOnce) {
        const some = ids.slice(from, from + atOnce);
        const made = new Float32Array(some.length * net.features);
        for (let i = 0; i < some.length; i += request.batchSize) {
          const batch = some.slice(i, i + request.batchSize);
          const values = await source(batch).read([...batch.keys()]);
          made.set(await above.features(values), i * net.features);
          await pace.breathe();
        }
        if (!some.every((id) => present.has(id))) await store.put(tunedSpec, some, made);
        all.set(made, from * net.features);
      }
      return all;
    };
    const evaluate = async (share: LabelledIds): Promise<ShareEvaluation> => ({
      ...share,
      logits: await allLogits(trained.head, await features(share), pace),
    });
    await features(train);
    const judged = await evaluate(validation);
    const test = split.test.ids.length === 0 ? null : await evaluate(split.test);
    await new TunedStore(storage).put(digest, { parent: spec.weightsDigest, weights: changed });
    await kept.clear();
    return { ...trained, spec: tunedSpec, evaluation: { validation: judged, test } };
  } finally {
    above.dispose();
  }
}

/** Where examples of a run come from: `source(ids)` as they are, `source(ids, true)` as training has them. */
function sources(storage: Storage, net: Net, request: TrainRequest['request'], spec: FeatureSpec) {
  if (spec.cut === inputCut) {
    const pixels = new PixelSource(new ImageStore(storage));
    const squares = (ids: LabelledIds['ids']) => pixels.squares(ids, inputOf(spec));
    const { augmentation, seed } = request;
    const source = (ids: LabelledIds['ids'], changing = false) =>
      pictures(net, spec.inputSize, ids, squares, changing && augmentation ? { augmentation, seed } : null);
    return { source, copies: 1 };
  }
  const { node } = net.stages.find(({ name }) => name === spec.cut)!;
  const shape = nodeShapes(net, spec.inputSize).get(node) as MapSource['shape'];
  const maps = new MapStore(storage);
  const specs = copySpecs(spec, request);
  const source = (ids: LabelledIds['ids'], changing = false) =>
    storedMaps(maps, changing ? specs : [spec], ids, shape);
  return { source, copies: specs.length };
}

function asConvs(tail: TailWeights): FrozenWeights {
  return new Map(
    Array.from(tail, ([name, { shape, kernel, bias }]): [string, ConvWeights] => [
      name,
      { kernel: { shape, data: kernel }, bias: { shape: [bias.length], data: bias } },
    ]),
  );
}
