import { createSHA256 } from 'hash-wasm';
import { corrupt } from './formats/checks';
import type { WeightSource } from './sources';
import type { FrozenWeights } from './tensors';

/**
 * Where the files have no checksum, the tensors may: other values in the same shapes would pass every other test.
 * Throws `weights-corrupt`.
 */
export async function checkConvs(
  { convChecksum }: Pick<WeightSource, 'convChecksum'>,
  weights: FrozenWeights,
): Promise<void> {
  if (convChecksum === undefined) return;
  const { convs, sha256 } = convChecksum;
  const hash = await createSHA256();
  hash.init();
  for (const name of convs) {
    const { kernel, bias } = weights.get(name)!;
    for (const { data } of [kernel, bias])
      hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  if (hash.digest() !== sha256)
    throw corrupt('weight', `the values of ${convs[0]!} to ${convs.at(-1)!} are not the published ones`);
}
