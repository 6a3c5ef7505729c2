import type { WeightsInfo } from '../run';
import type { Storage } from '../storage';
import { keptHost } from './kept';
import { sourceBytes, type WeightSource } from './sources';

/** A source for people, with who gave its files once they are here. */
export async function weightsInfo(storage: Storage, source: WeightSource): Promise<WeightsInfo> {
  const { id, title = id, precision, licence } = source;
  const host = await keptHost(storage, source);
  const info = { source: title, precision, licence, bytes: sourceBytes(source) };
  return host === null ? info : { ...info, host };
}
