import type { ImageId, ImageRecord, Share } from '../engine/data/records';

type Records = readonly ImageRecord[];

/** Numbers of images by the share that their folders name; `none`: they name none. */
export type ShareCounts = Readonly<Record<Share | 'none', number>>;

/** Finds images by their ids. */
export type RecordLookup = Pick<ReadonlyMap<ImageId, ImageRecord>, 'get'>;

/** The images of a class, in the order of the data set. */
export interface ClassRecords {
  readonly label: string;
  readonly records: Records;
  readonly counts: ShareCounts;
  /** Of their files. */
  readonly bytes: number;
}

const shares = ['train', 'validation', 'test', 'none'] as const;
const noImages: ShareCounts = { train: 0, validation: 0, test: 0, none: 0 };

/** Labels come from users, so a Map: `__proto__` is a label like any other. */
class Classes {
  readonly #known = new Map<
    string,
    { records: ImageRecord[]; counts: Record<Share | 'none', number>; bytes: number }
  >();

  /** One walk for lists and counts: 60,000 records lie scattered in memory, and walking is what takes the time. */
  add(records: Records): this {
    for (const record of records) {
      let known = this.#known.get(record.label);
      if (!known) this.#known.set(record.label, (known = { records: [], counts: { ...noImages }, bytes: 0 }));
      known.records.push(record);
      known.counts[record.share ?? 'none']++;
      known.bytes += record.bytes;
    }
    return this;
  }

  sorted(): ClassRecords[] {
    return sorted([...this.#known].map(([label, known]) => ({ label, ...known })));
  }
}

const sorted = (classes: ClassRecords[]): ClassRecords[] =>
  classes.sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));

const sum = (a: ShareCounts, b: ShareCounts): ShareCounts => {
  const both = { ...a };
  for (const share of shares) both[share] += b[share];
  return both;
};

// Worked out once for each list of records: of 60,000 it takes a frame's time, and many panels ask.
const classesOf = new WeakMap<Records, readonly ClassRecords[]>();
const idsOf = new WeakMap<Records, RecordLookup>();

/** Sorted by label. */
export function recordsByClass(records: Records): readonly ClassRecords[] {
  let classes = classesOf.get(records);
  if (classes === undefined) classesOf.set(records, (classes = new Classes().add(records).sorted()));
  return classes;
}

export function recordsById(records: Records): RecordLookup {
  let byId = idsOf.get(records);
  if (byId === undefined) idsOf.set(records, (byId = new Map(records.map((record) => [record.id, record]))));
  return byId;
}

export function countsByShare(records: Records): ShareCounts {
  return recordsByClass(records).reduce((all, { counts }) => sum(all, counts), noImages);
}

/** Of all files. */
export function bytesOfImages(records: Records): number {
  return recordsByClass(records).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** All records, from the parts that they come in; what is asked of them later is worked out with each part. */
export class RecordsInParts {
  readonly #all: ImageRecord[] = [];
  readonly #classes = new Classes();
  readonly #byId = new Map<ImageId, ImageRecord>();

  add(part: Records): void {
    this.#classes.add(part);
    for (const record of part) {
      this.#all.push(record);
      this.#byId.set(record.id, record);
    }
  }

  /** To be called once, after the last part. */
  whole(): Records {
    classesOf.set(this.#all, this.#classes.sorted());
    idsOf.set(this.#all, this.#byId);
    return this.#all;
  }
}

/** `records` and more; only the additional ones are walked through. */
export function withMore(records: Records, more: Records): Records {
  const all = records.concat(more);
  const [old, added] = [recordsById(records), recordsById(more)];
  idsOf.set(all, { get: (id) => added.get(id) ?? old.get(id) });
  const classes = new Map(recordsByClass(records).map((known) => [known.label, known]));
  for (const some of recordsByClass(more)) {
    const known = classes.get(some.label);
    const both = known && {
      label: known.label,
      records: known.records.concat(some.records),
      counts: sum(known.counts, some.counts),
      bytes: known.bytes + some.bytes,
    };
    classes.set(some.label, both ?? some);
  }
  classesOf.set(all, sorted([...classes.values()]));
  return all;
}
