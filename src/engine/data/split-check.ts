import { HeadwayError } from '../errors';
import type { PlannedSplit } from '../run';
import type { Share } from './records';

const names: Readonly<Record<Share, string>> = { train: 'training', validation: 'validation', test: 'test' };

/**
 * The last look before training: no image may both train and judge. The article of 2017 had loaded its training images
 * as validation images too, and published 0.9975.
 * @throws HeadwayError `split-overlap`
 */
export function checkSplit({ train, validation, test }: PlannedSplit): void {
  const shares = { train, validation, test };
  const seen = new Map<string, Share>();
  const overlaps = new Map<string, { readonly sides: readonly [Share, Share]; images: number }>();
  for (const share of ['train', 'validation', 'test'] as const)
    for (const id of new Set(shares[share].ids)) {
      const other = seen.get(id);
      if (other === undefined) {
        seen.set(id, share);
        continue;
      }
      const pair = `${names[other]} and ${names[share]}`;
      const overlap = overlaps.get(pair) ?? { sides: [other, share], images: 0 };
      overlap.images++;
      overlaps.set(pair, overlap);
    }
  const [first] = overlaps;
  if (first === undefined) return;
  const [pair, { images, sides }] = first;
  throw new HeadwayError({
    code: 'split-overlap',
    message: `${images === 1 ? 'One image is' : `${images} images are`} used for ${pair} at once: the result would be how well the head remembers, not how well it recognises.`,
    advice: 'Start the run again from the images, so that each of them is on one side only.',
    details: Array.from(overlaps, ([both, { images: count }]) => `${both}: ${count}`).join('; '),
    why: { code: 'overlap', images, sides },
  });
}
