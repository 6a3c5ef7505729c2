import { auditDataset } from '../../engine/audit/audit';
import { frozenCutOf } from '../../engine/cuts';
import { ImageStore } from '../../engine/data/image-store';
import { importImages } from '../../engine/data/import';
import { nearDuplicateGroups } from '../../engine/data/near-duplicates';
import { splitImages } from '../../engine/data/split';
import type { ImageFile, ImageId, ImageRecord } from '../../engine/data/records';
import { toErrorData } from '../../engine/errors';
import { estimateBase } from '../../engine/features/estimate';
import { MapStore } from '../../engine/features/map-store';
import { FeatureStore } from '../../engine/features/store';
import { TailCheckpoints } from '../../engine/heads/tail-checkpoints';
import { baseIds, nets } from '../../engine/nets';
import { RunStore } from '../../engine/results/run-store';
import { defaultRunRequest, type LabelledIds, type SplitRequest } from '../../engine/run';
import type { Storage } from '../../engine/storage';
import type { DataApi, JobId } from '../api';
import type { Jobs } from '../jobs';
import { FeatureChecks } from './feature-checks';
import { InParts } from './in-parts';

/** What needs images and storage but no tensors. */
export function dataService(storage: Storage, jobs: Jobs): DataApi {
  const images = new ImageStore(storage);
  const groupsOf = rememberLast(nearDuplicateGroups);
  const checks = new FeatureChecks(storage);
  /** Of the import to come; those of one that was given up go when the next one begins. */
  let given: { readonly job: JobId | null; readonly files: ImageFile[] } = { job: null, files: [] };
  const inParts = new InParts<ImageRecord>();
  const { resize } = defaultRunRequest;
  const sizes = new Set(baseIds.map((base) => nets[base].inputSize));
  const squares = Array.from(sizes, (size) => ({ size, resize }));

  return {
    dataset: async () => ({
      records: inParts.begin(await images.records()),
      ...(await images.leftOut()),
      lastEdit: await images.lastEdit(),
    }),

    moreRecords: (more) => Promise.resolve(inParts.next(more)),

    moreFiles(job, files) {
      if (given.job !== job) given = { job, files: [] };
      given.files.push(...files);
      return Promise.resolve();
    },

    importImages(job, last, onBatch) {
      const files = given.job === job ? given.files.concat(last) : last;
      given = { job: null, files: [] };
      return jobs.run(job, (control) => importImages(files, images, control, onBatch, squares));
    },

    importCifar10: (job, options, onBatch) =>
      jobs.run(job, async (control) => {
        const { importCifar10 } = await import('../../engine/data/cifar10');
        return importCifar10(options, storage, control, onBatch);
      }),

    thumbnail: (id) => images.thumbnail(id),

    edit: (edit) => images.edit(edit),

    undo: () => images.undo(),

    async audit(request) {
      for (;;) {
        const { leftOut } = await images.leftOut();
        const records = await images.records();
        const groups = groupsOf(records);
        try {
          return auditDataset(records, leftOut, request, groups, await checks.of(records, groups));
        } catch (error) {
          // The data set has changed meanwhile.
          if (toErrorData(error).code !== 'cancelled') throw error;
        }
      }
    },

    async planSplit(request) {
      const records = await images.records();
      const split = splitImages(records, { ...request, groups: groupsOf(records) });
      const classes = [...new Set(records.map((record) => record.label))].sort();
      const labelled = labeller(records, classes);
      return {
        classes,
        train: labelled(split.train),
        validation: labelled(split.validation),
        test: labelled(split.test),
      };
    },

    async estimate(base, request) {
      const records = await images.records();
      const { copies = 1, augmentation = null, seed, resize } = request;
      const cut = frozenCutOf(request, base);
      return estimateBase(
        storage,
        base,
        { resize, cut, ...(request.tail === 'train' && { form: 'map' }) },
        {
          ids: records.map(({ id }) => id),
          ...(copies > 1 && {
            copied: { copies, augmentation, seed, ids: trainingIds(records, request, groupsOf) },
          }),
        },
      );
    },

    storedExtraction: async (request, ids) => {
      const { storedExtraction } = await import('../../engine/features/stored-extraction');
      return storedExtraction(storage, request, ids, async () => {
        const { probeBackends } = await import('../../engine/backend/probe');
        return (await probeBackends()).chosen;
      });
    },

    keepMaps: (needed) => new MapStore(storage).keepOnly(needed),

    async clear() {
      await images.clear();
      await new FeatureStore(storage).clear();
      await new MapStore(storage).clear();
      await new TailCheckpoints(storage).clear();
      await new RunStore(storage).clear();
    },
  };
}

/** None where a split is not possible yet. */
function trainingIds(
  records: readonly ImageRecord[],
  request: SplitRequest,
  groupsOf: typeof nearDuplicateGroups,
): readonly ImageId[] {
  try {
    return splitImages(records, { ...request, groups: groupsOf(records) }).train;
  } catch {
    return [];
  }
}

/** Gives ids the index of their class. */
function labeller(records: readonly ImageRecord[], classes: readonly string[]) {
  const index = new Map(classes.map((label, i) => [label, i]));
  const labelOf = new Map(records.map((record) => [record.id, index.get(record.label)!]));
  return (ids: readonly ImageId[]): LabelledIds => ({
    ids,
    labels: Uint16Array.from(ids, (id) => labelOf.get(id)!),
  });
}

/** Seconds for tens of thousands of images, and asked for at every audit and every run: the last answer is kept. */
function rememberLast<T>(
  work: (records: readonly ImageRecord[]) => T,
): (records: readonly ImageRecord[]) => T {
  let last: { readonly ids: string; readonly answer: T } | null = null;
  return (records) => {
    const ids = records.map(({ id }) => id).join();
    last = last?.ids === ids ? last : { ids, answer: work(records) };
    return last.answer;
  };
}
