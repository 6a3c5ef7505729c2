import { HeadwayError } from '../errors';
import type { PlannedSplit } from '../run';

/**
 * The last look before training: no image may both train and judge. The article of 2017 had loaded its training images
 * as validation images too, and published 0.9975.
 * @throws HeadwayError `split-overlap`
 */
export function checkSplit({ train, validation, test }: PlannedSplit): void {
  const shares = { training: train, validation, test };
  const seen = new Map<string, string>();
  const overlaps = new Map<string, number>();
  for (const [name, { ids }] of Object.entries(shares))
    for (const id of new Set(ids)) {
      const other = seen.get(id);
      if (other === undefined) seen.set(id, name);
      else {
        const pair = `${other} and ${name}`;
        overlaps.set(pair, (overlaps.get(pair) ?? 0) + 1);
      }
    }
  const [first] = overlaps;
  if (first === undefined) return;
  const [pair, images] = first;
  throw new HeadwayError({
    code: 'split-overlap',
    message: `${images === 1 ? 'One image is' : `${images} images are`} used for ${pair} at once: the result would be how well the head remembers, not how well it recognises.`,
    advice: 'Start the run again from the images, so that each of them is on one side only.',
    details: Array.from(overlaps, ([names, count]) => `${names}: ${count}`).join('; '),
  });
}
