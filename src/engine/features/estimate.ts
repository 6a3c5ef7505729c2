import { estimateDownload } from '../bases/base';
import { keptDigest } from '../bases/kept';
import { sourcesOf } from '../bases/sources';
import type { ImageId, ResizeMode } from '../data/records';
import { nets, type BaseId } from '../nets';
import type { Storage } from '../storage';
import type { FeatureSpec } from './key';
import { FeatureStore } from './store';

export interface BaseEstimate {
  /** Of the whole source; what is here already is not taken off. */
  readonly downloadBytes: number;
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
): Promise<BaseEstimate> {
  const { bytes, downloaded } = await estimateDownload(base, storage);
  const store = new FeatureStore(storage);
  let cached = 0;
  for (const source of sourcesOf(nets[base])) {
    const digest = await keptDigest(storage, source);
    if (digest === null) continue;
    const present = await store.presentIds(bottleneckSpec(base, digest, resize));
    cached = Math.max(cached, ids.filter((id) => present.has(id)).length);
  }
  return { downloadBytes: bytes, downloaded: bytes > 0 && downloaded === bytes, cached };
}

/** The spec of a base's bottleneck at its published input size. */
export function bottleneckSpec(base: BaseId, weightsDigest: string, resize: ResizeMode): FeatureSpec {
  const { inputSize, stages } = nets[base];
  return { base, weightsDigest, inputSize, resize, cut: stages.at(-1)!.name, numberFormat: 'float32' };
}
