import { isComplete, keptDigest } from '../bases/kept';
import { chosenSources } from '../bases/mirror-url';
import { ownSource } from '../bases/own-source';
import type { WeightSource } from '../bases/sources';
import { weightsInfo } from '../bases/weights-info';
import type { ImageId, ResizeMode } from '../data/records';
import { cutOf } from '../cuts';
import { nets, type BaseId } from '../nets';
import type { WeightsInfo } from '../run';
import type { Storage } from '../storage';
import type { FeatureSpec } from './key';
import { MapStore } from './map-store';
import { FeatureStore } from './store';

export interface BaseEstimate {
  readonly weights: WeightsInfo;
  /** Whether all of it is here. */
  readonly downloaded: boolean;
  /** How many of the images have their features in the store. */
  readonly cached: number;
}

/** What a run of `base` would cost, without starting anything. Features can be told only once weights were loaded. */
export async function estimateBase(
  storage: Storage,
  base: BaseId,
  resize: ResizeMode,
  ids: readonly ImageId[],
  cut?: string,
  form?: 'map',
): Promise<BaseEstimate> {
  const own = await ownSource(storage, base);
  const sources = own === null ? await chosenSources(nets[base], storage) : [own];
  const store = form === 'map' ? new MapStore(storage) : new FeatureStore(storage);
  let kept: WeightSource | null = null;
  let cached = 0;
  for (const source of sources) {
    if (kept === null && (await isComplete(storage, source))) kept = source;
    const digest = await keptDigest(storage, source);
    if (digest === null) continue;
    const spec =
      form === 'map'
        ? mapSpec(base, digest, resize, cut ?? cutOf({}, base))
        : bottleneckSpec(base, digest, resize, cut);
    const present = await store.presentIds(spec);
    cached = Math.max(cached, ids.filter((id) => present.has(id)).length);
  }
  return { weights: await weightsInfo(storage, kept ?? sources[0]!), downloaded: kept !== null, cached };
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
