import { cancelled, HeadwayError } from '../engine/errors';
import type { Remedy } from '../engine/audit/finding';
import type { Cifar10Options } from '../engine/data/cifar10';
import type { ImageFile, ImageId, ImageRecord, ImportReport } from '../engine/data/records';
import type { DataApi, JobId, Part } from '../worker/api';
import type { EngineClient, Heard } from '../worker/client';
import { keptRecord } from './kept-record';
import { RecordsInParts } from './records';
import type { Action } from './reducer';
import type { SessionState } from './state';

/** A file's handle is costly to send: of so many a message takes some 10 ms. */
const filesAtOnce = 500;
/** Of the images shown, as many more as are worth showing all of them anew. */
const worthShowing = 1 / 16;

/**
 * Holds back imported images until they are many beside those that are shown: showing more takes as long as there are
 * images, so that the work for all of an import grows with their number and not with its square.
 */
class Batches {
  #waiting: ImageRecord[] = [];

  /** What is to be shown now; `shown`: how many are. */
  due(batch: readonly ImageRecord[], shown: number): readonly ImageRecord[] {
    this.#waiting.push(...batch.map(keptRecord));
    return this.#waiting.length < worthShowing * shown ? [] : this.#waiting.splice(0);
  }
}

/** What is added to, changed in and taken from the data set. Storage is the truth; the state follows it. */
export class Dataset {
  /** Imports happen one after the other, so that duplicates are always seen. */
  #imports: Promise<unknown> = Promise.resolve();
  #importing = new AbortController();

  constructor(
    readonly data: EngineClient,
    readonly state: () => SessionState,
    readonly dispatch: (action: Action) => void,
    readonly onChanged: () => Promise<void>,
  ) {}

  /** What is added from now on comes after `work`. */
  after(work: Promise<unknown>): void {
    this.#imports = work.catch(() => undefined);
  }

  add(files: Iterable<File | ImageFile>): Promise<ImportReport> {
    const list = Array.from(files, toImageFile);
    return this.#import(async (api, job, onBatch) => {
      let from = 0;
      for (; list.length - from > filesAtOnce; from += filesAtOnce) {
        await api.moreFiles(job, list.slice(from, from + filesAtOnce));
        // The worker does not know the job yet.
        if (this.#importing.signal.aborted) throw cancelled();
      }
      return api.importImages(job, list.slice(from), onBatch);
    });
  }

  async addSample(): Promise<ImportReport> {
    const response = await fetch(new URL('sample/cifar10.zip', document.baseURI));
    if (!response.ok) throw new Error(`The sample could not be loaded: ${response.status}`);
    return this.add([{ path: 'cifar10.zip', blob: await response.blob() }]);
  }

  addCifar10(options: Cifar10Options): Promise<ImportReport> {
    return this.#import((api, job, onBatch) => api.importCifar10(job, options, onBatch));
  }

  cancelImport(): void {
    this.#importing.abort();
  }

  /** Cancels the import that is going on and waits until the worker has let go. */
  async stop(): Promise<void> {
    this.cancelImport();
    await this.#imports;
  }

  removeImages(images: readonly ImageId[]): Promise<void> {
    return this.applyRemedy({ kind: 'drop', images });
  }

  removeClass(label: string): Promise<void> {
    const { records } = this.state().dataset;
    return this.removeImages(records.filter((record) => record.label === label).map(({ id }) => id));
  }

  renameClass(from: string, to: string): Promise<void> {
    return this.applyRemedy({ kind: 'merge', from, to });
  }

  async applyRemedy(remedy: Remedy): Promise<void> {
    await this.data.call((api) => api.edit(remedy));
    await this.#read();
  }

  /** Takes back the last removal, move or relabelling. Whether there was one. */
  async undo(): Promise<boolean> {
    const undone = await this.data.call((api) => api.undo());
    await this.#read();
    return undone;
  }

  #import(work: ImportWork): Promise<ImportReport> {
    const report = this.#imports.then(() => this.#doImport(work));
    this.after(report);
    return report;
  }

  async #doImport(work: ImportWork): Promise<ImportReport> {
    this.#importing = new AbortController();
    this.dispatch({ type: 'import-started' });
    const batches = new Batches();
    const onBatch: OnBatch = (progress, batch) => {
      const { length } = this.state().dataset.records;
      this.dispatch({ type: 'import-batch', progress, batch: batches.due(batch, length) });
    };
    try {
      const { signal } = this.#importing;
      return await this.data.job((api, job, listening) => work(api, job, listening(onBatch)), { signal })
        .result;
    } finally {
      await this.#read();
    }
  }

  async #read(): Promise<void> {
    this.dispatch(await readDataset(this.data));
    await this.onChanged();
  }
}

/** What is stored, as the action that brings the state up to it; in parts, so that the page stays responsive. */
export async function readDataset(data: EngineClient): Promise<Extract<Action, { type: 'dataset' }>> {
  const { records: first, ...dataset } = await data.call((api) => api.dataset());
  const records = new RecordsInParts();
  for await (const part of allParts(first, (more) => data.call((api) => api.moreRecords(more))))
    records.add(part.map(keptRecord));
  return { type: 'dataset', records: records.whole(), ...dataset };
}

/** A list that comes in parts. */
export async function* allParts<T>(
  first: Part<T>,
  next: (more: number) => Promise<Part<T>>,
): AsyncGenerator<readonly T[], void, undefined> {
  yield first.items;
  for (let { more } = first; more !== null;) {
    const part = await next(more);
    yield part.items;
    more = part.more;
  }
}

type OnBatch = Parameters<DataApi['importImages']>[2];
/** One way of adding images, as a job of the data worker. */
type ImportWork = (
  api: Parameters<Parameters<EngineClient['job']>[0]>[0],
  job: JobId,
  onBatch: Heard<OnBatch>,
) => Promise<ImportReport>;

/** Scripts may pass anything. */
export function toImageFile(file: File | ImageFile): ImageFile {
  if (file instanceof File) return { path: file.webkitRelativePath || file.name, blob: file };
  const { path, blob } = file as { path?: unknown; blob?: unknown };
  if (typeof path === 'string' && blob instanceof Blob) return { path, blob };
  throw new HeadwayError({
    code: 'invalid-request',
    message: 'Images are given as files, or as records of a path and a blob.',
    advice: 'Pass File objects or { path, blob }.',
  });
}
