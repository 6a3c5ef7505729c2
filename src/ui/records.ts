import type { ImageId, ImageRecord, Share } from '../engine/data/records';

type Records = readonly ImageRecord[];

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

/** Images by the share that their folders name; `null`: they name none. */
export const countsByShare: (records: Records) => ReadonlyMap<Share | null, number> = once((records) => {
  const counts = new Map<Share | null, number>();
  for (const { share } of records) counts.set(share, (counts.get(share) ?? 0) + 1);
  return counts;
});
