/** ResNet50 as a run would leave it that trained its last block: real weights, three convolutions of them moved. */
import { Job } from '../job';
import { nets } from '../nets';
import { Random } from '../random';
import type { WeightsInfo } from '../run';
import type { Storage } from '../storage';
import { loadBase, loadKeptWeights } from './base';
import { weightsDigest } from './digest';
import { mirroredCdn } from './real-images.test-helper';
import type { ConvWeights, FrozenWeights } from './tensors';
import { overlaid, TunedStore } from './tuned';
import { weightsInfo } from './weights-info';

export interface TunedBase {
  /** Digest of the published weights. */
  readonly before: string;
  readonly digest: string;
  readonly weights: WeightsInfo;
  readonly changed: FrozenWeights;
}

export const tunedAbove = 'conv5_block2_out';

/** Keeps the published weights in `storage`, and those that were moved by as much as `seed` says. */
export async function keepTuned(storage: Storage, seed: number): Promise<TunedBase> {
  const base = await loadBase('resnet50', storage, { control: new Job(), fetch: mirroredCdn });
  base.dispose();
  const published = await loadKeptWeights('resnet50', storage, base.weightsDigest);
  const changed = new Map<string, ConvWeights>();
  for (const name of ['conv5_block3_1_conv', 'conv5_block3_2_conv', 'conv5_block3_3_conv']) {
    const { kernel, bias } = published.get(name)!;
    const random = new Random(seed, name);
    const moved = ({ shape, data }: ConvWeights['kernel']) => {
      const spread = Math.sqrt(data.reduce((sum, value) => sum + value ** 2, 0) / data.length);
      return { shape, data: data.map((value) => value + 0.3 * spread * random.normal()) };
    };
    changed.set(name, { kernel: moved(kernel), bias: moved(bias) });
  }
  const digest = await weightsDigest(nets.resnet50, overlaid(published, changed));
  await new TunedStore(storage).put(digest, { parent: base.weightsDigest, weights: changed });
  return { before: base.weightsDigest, digest, weights: await weightsInfo(storage, base.source), changed };
}
