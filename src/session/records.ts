import type { ImageId, ImageRecord, Share } from '../engine/data/records';

type Records = readonly ImageRecord[];

/** Numbers of images by the share that their folders name; `none`: they name none. */
export type ShareCounts = Readonly<Record<Share | 'none', number>>;

/** The images of a class, in the order of the data set. */
export interface ClassRecords {
  readonly label: string;
  readonly records: Records;
  readonly counts: ShareCounts;
}

/** Worked out once for each list of records: of 50,000 it takes a frame's time, and many panels ask. */
function once<T>(work: (records: Records) => T): (records: Records) => T {
  const known = new WeakMap<Records, T>();
  return (records) => {
    let result = known.get(records);
    if (result === undefined) known.set(records, (result = work(records)));
    return result;
  };
}

export const recordsById: (records: Records) => ReadonlyMap<ImageId, ImageRecord> = once(
  (records) => new Map(records.map((record) => [record.id, record])),
);

const noImages: ShareCounts = { train: 0, validation: 0, test: 0, none: 0 };

/** Sorted by label. Labels come from users, so a Map: `__proto__` is a label like any other. */
export const recordsByClass: (records: Records) => readonly ClassRecords[] = once((records) => {
  const classes = new Map<string, { records: ImageRecord[]; counts: Record<Share | 'none', number> }>();
  // One walk for lists and counts: 60,000 records lie scattered in memory, and walking is what takes the time.
  for (const record of records) {
    let known = classes.get(record.label);
    if (!known) classes.set(record.label, (known = { records: [], counts: { ...noImages } }));
    known.records.push(record);
    known.counts[record.share ?? 'none']++;
  }
  return [...classes]
    .map(([label, known]) => ({ label, ...known }))
    .sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
});

export function countsByShare(records: Records): ShareCounts {
  const sum = { ...noImages };
  for (const { counts } of recordsByClass(records))
    for (const share of ['train', 'validation', 'test', 'none'] as const) sum[share] += counts[share];
  return sum;
}
