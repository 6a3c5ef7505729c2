import type { Random } from '../random';

/**
 * Fills a mask for inverted dropout (Srivastava et al. 2014): each entry is 0 with probability `rate`, else
 * 1 / (1 − rate), so that the expected activation stays as it was and nothing changes when predicting.
 */
export function dropoutMask(length: number, rate: number, random: Random): Float32Array {
  const gain = 1 / (1 - rate);
  const mask = new Float32Array(length);
  for (let i = 0; i < length; i++) if (random.uniform() >= rate) mask[i] = gain;
  return mask;
}
