import type { ImageRecord } from '../data/records';
import type { Finding } from './finding';
import { counted } from './wording';

/** Pixels of the shorter side below which little is left to see; CIFAR-10's 32 pass. */
const tinySide = 32;
/** Pixels from which decoding takes far longer than the base does. */
const hugePixels = 24e6;
/** Longer over shorter side, from where stretching to a square makes another shape of a thing. */
const oddAspect = 2.5;

export function imageFindings(records: readonly ImageRecord[]): Finding[] {
  const tiny = records.filter(({ width, height }) => Math.min(width, height) < tinySide);
  const huge = records.filter(({ width, height }) => width * height > hugePixels);
  const odd = records.filter(
    ({ width, height }) => Math.max(width, height) > oddAspect * Math.min(width, height),
  );
  const finding = (
    found: readonly ImageRecord[],
    rest: Pick<Finding, 'code' | 'severity' | 'advice'>,
    what: string,
  ): Finding[] => {
    if (found.length === 0) return [];
    const images = found.map(({ id }) => id);
    const message = `${counted(found.length, 'image')} ${found.length === 1 ? 'is' : 'are'} ${what}.`;
    return [{ ...rest, message, images, remedies: [{ kind: 'drop', images }] }];
  };
  return [
    ...finding(
      tiny,
      {
        code: 'tiny-images',
        severity: 'warning',
        advice: 'Use larger originals where there are any: the bases look at squares of 224 or 299 pixels.',
      },
      `less than ${tinySide} pixels wide or high`,
    ),
    ...finding(
      odd,
      {
        code: 'odd-shapes',
        severity: 'info',
        advice: 'Choose “letterbox” or “crop” instead of “stretch”, or cut them to their subject.',
      },
      `more than ${oddAspect} times as long one way as the other`,
    ),
    ...finding(
      huge,
      {
        code: 'huge-images',
        severity: 'info',
        advice: 'They only cost time: nothing above 299 pixels a side is seen. Smaller copies do as well.',
      },
      `larger than ${hugePixels / 1e6} megapixels`,
    ),
  ];
}
