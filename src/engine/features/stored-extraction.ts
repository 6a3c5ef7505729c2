import type { BackendId } from '../backend/backend';
import { isComplete, keptDigest } from '../bases/kept';
import { chosenSources } from '../bases/mirror-url';
import { ownSource } from '../bases/own-source';
import type { WeightSource } from '../bases/sources';
import { weightsInfo } from '../bases/weights-info';
import { cutOf } from '../cuts';
import type { ImageId } from '../data/records';
import { nets, type BaseId } from '../nets';
import { inputCut } from '../nets/graph';
import type { BaseRequest, Extraction } from '../run';
import type { Storage } from '../storage';
import { copySpecs } from './copies';
import { bottleneckSpec, mapSpec } from './estimate';
import { MapStore } from './map-store';
import { FeatureStore } from './store';

/**
 * What extraction would come to where the features of all images are in the store already: then nobody has to load
 * the base. Null where something is missing, weights included. `backend`: what the base would run on.
 */
export async function storedExtraction(
  storage: Storage,
  request: BaseRequest,
  ids: readonly ImageId[],
  backend: () => Promise<BackendId>,
): Promise<Extraction | null> {
  const start = performance.now();
  const { base, resize, cut = cutOf({}, base), form, others = [], copied } = request;
  // Nothing is stored of a base that is trained as a whole; its images have to be looked at.
  if (cut === inputCut) return null;
  const source = await sourceInUse(storage, base);
  const digest = source === null ? null : await keptDigest(storage, source);
  if (source === null || digest === null) return null;
  const spec = (form === 'map' ? mapSpec : bottleneckSpec)(base, digest, resize, cut);
  const store = form === 'map' ? new MapStore(storage) : new FeatureStore(storage);
  const [, ...copies] = copied ? copySpecs(spec, copied) : [spec];
  const wanted = [
    ...[cut, ...others].map((one) => ({ spec: { ...spec, cut: one }, ids })),
    ...copies.map((copy) => ({ spec: copy, ids: copied!.ids })),
  ];
  for (const one of wanted) {
    const present = await store.presentIds(one.spec);
    if (!one.ids.every((id) => present.has(id))) return null;
  }
  return {
    spec,
    backend: request.backend ?? (await backend()),
    weights: await weightsInfo(storage, source),
    failed: [],
    timing: {
      downloadMs: 0,
      extractMs: performance.now() - start,
      extractedImages: 0,
      imagesPerSecond: null,
    },
  };
}

/** The source whose weights a base would be loaded with, without asking the network; null: it would have to. */
async function sourceInUse(storage: Storage, base: BaseId): Promise<WeightSource | null> {
  const own = await ownSource(storage, base);
  if (own !== null) return own;
  for (const source of await chosenSources(nets[base], storage))
    if (await isComplete(storage, source)) return source;
  return null;
}
