import { isComplete, keptDigest } from '../bases/kept';
import { chosenSources } from '../bases/mirror-url';
import { ownSource } from '../bases/own-source';
import type { WeightSource } from '../bases/sources';
import { weightsInfo } from '../bases/weights-info';
import type { ImageId, ResizeMode } from '../data/records';
import { cutOf } from '../cuts';
import { nets, type BaseId } from '../nets';
import { inputCut } from '../nets/graph';
import type { BaseRequest, WeightsInfo } from '../run';
import type { Storage } from '../storage';
import { copySpecs, type Copying } from './copies';
import type { FeatureSpec } from './key';
import { MapStore } from './map-store';
import type { FeatureSink } from './pending';
import { FeatureStore } from './store';

export interface BaseEstimate {
  readonly weights: WeightsInfo;
  /** Whether all of it is here. */
  readonly downloaded: boolean;
  /** Passes of an image through the frozen part: one each, and one for each further copy of a training image. */
  readonly images: number;
  /** How many of them have their output in the store. */
  readonly cached: number;
}

/** Which images go through a base, and which of them as copies, too. */
export interface EstimatedImages {
  readonly ids: readonly ImageId[];
  /** Left out: none. */
  readonly copied?: Copying & { readonly ids: readonly ImageId[] };
}

/** What a run of `base` would cost, without starting anything. Features can be told only once weights were loaded. */
export async function estimateBase(
  storage: Storage,
  base: BaseId,
  { resize, cut = cutOf({}, base), form }: Pick<BaseRequest, 'resize' | 'cut' | 'form'>,
  { ids, copied }: EstimatedImages,
): Promise<BaseEstimate> {
  const own = await ownSource(storage, base);
  const sources = own === null ? await chosenSources(nets[base], storage) : [own];
  const store = form === 'map' ? new MapStore(storage) : new FeatureStore(storage);
  const isFrozen = cut !== inputCut;
  let kept: WeightSource | null = null;
  let cached = 0;
  for (const source of sources) {
    if (kept === null && (await isComplete(storage, source))) kept = source;
    const digest = await keptDigest(storage, source);
    if (digest === null || !isFrozen) continue;
    const spec = (form === 'map' ? mapSpec : bottleneckSpec)(base, digest, resize, cut);
    const [, ...copies] = copied ? copySpecs(spec, copied) : [spec];
    let present = await presentOf(store, spec, ids);
    for (const copy of copies) present += await presentOf(store, copy, copied!.ids);
    cached = Math.max(cached, present);
  }
  return {
    weights: await weightsInfo(storage, kept ?? sources[0]!),
    downloaded: kept !== null,
    images: isFrozen ? ids.length + ((copied?.copies ?? 1) - 1) * (copied?.ids.length ?? 0) : 0,
    cached,
  };
}

async function presentOf(store: FeatureSink, spec: FeatureSpec, ids: readonly ImageId[]): Promise<number> {
  const present = await store.presentIds(spec);
  return ids.reduce((count, id) => count + (present.has(id) ? 1 : 0), 0);
}

/** The spec of the maps at a cut, as a tail trains on them. */
export function mapSpec(base: BaseId, weightsDigest: string, resize: ResizeMode, cut: string): FeatureSpec {
  return { ...bottleneckSpec(base, weightsDigest, resize, cut), numberFormat: 'float16', form: 'map' };
}

/** The spec of a base's bottleneck at its published input size, or of the vector at another cut. */
export function bottleneckSpec(
  base: BaseId,
  weightsDigest: string,
  resize: ResizeMode,
  cut = cutOf({}, base),
): FeatureSpec {
  const { inputSize } = nets[base];
  return { base, weightsDigest, inputSize, resize, cut, numberFormat: 'float32' };
}
