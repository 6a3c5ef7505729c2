import { articleIndices } from '../article/indices';
import { batchImages, type Place } from './cifar10-format';
import type { Cifar10File } from './cifar10-files';
import type { Share } from './records';

/** `all`: 50,000 to train and 10,000 to test. `article`: the 2,000 and 2,000 of the article of 2017. */
export type Cifar10Selection = 'article' | 'all';

/** One image that is wanted, and the share of the data set that it goes to. */
export interface Wanted extends Place {
  readonly share: Share;
}

/** The wanted images of one sheet. */
export interface SheetPlan {
  readonly file: Cifar10File;
  /** In the order of `wanted`: the sheet's row of each. */
  readonly rows: readonly number[];
  readonly wanted: readonly Wanted[];
}

const sheets = [
  { file: 'data_batch_1.png', set: 'train', from: 0 },
  { file: 'data_batch_2.png', set: 'train', from: batchImages },
  { file: 'data_batch_3.png', set: 'train', from: 2 * batchImages },
  { file: 'data_batch_4.png', set: 'train', from: 3 * batchImages },
  { file: 'data_batch_5.png', set: 'train', from: 4 * batchImages },
  { file: 'test_batch.png', set: 'test', from: 0 },
] as const;

/** What to take from which sheet, in the sheets' order. `limit`: at most so many of each share, the first ones. */
export function planSheets(selection: Cifar10Selection, limit = Infinity): SheetPlan[] {
  const wanted = selection === 'all' ? all(limit) : article(limit);
  return sheets.flatMap(({ file, set, from }) => {
    const here = wanted
      .filter((image) => image.set === set && image.index >= from && image.index < from + batchImages)
      .sort((a, b) => a.index - b.index);
    return here.length === 0 ? [] : [{ file, wanted: here, rows: here.map(({ index }) => index - from) }];
  });
}

function all(limit: number): Wanted[] {
  const count = (images: number) => ({ length: Math.min(images, limit) });
  return [
    ...Array.from(count(5 * batchImages), (_, index) => ({ set: 'train', share: 'train', index }) as const),
    ...Array.from(count(batchImages), (_, index) => ({ set: 'test', share: 'test', index }) as const),
  ];
}

function article(limit: number): Wanted[] {
  const take = (share: 'train' | 'validation') =>
    Array.from(
      articleIndices(share).subarray(0, limit),
      (index) => ({ set: 'train', share, index }) as const,
    );
  return [...take('train'), ...take('validation')];
}
