import { cancelled, HeadwayError } from '../errors';
import { ProgressMeter, type JobControl, type Progress } from '../job';
import type { Note } from '../note';
import type { Storage } from '../storage';
import { FetchFailure, fetchFile, usualPatience, type Fetch, type Patience } from './fetch-file';
import { keepFile, keepHost, keptFiles } from './kept';
import { hostTitle, sourceBytes, type WeightFile, type WeightSource } from './sources';

export interface DownloadOptions {
  readonly control: JobControl;
  readonly onProgress?: (progress: Progress) => void;
  /** Told whenever a host or a source is given up for the next one. */
  readonly onNote?: (note: Note) => void;
  /** For tests. */
  readonly fetch?: Fetch;
  readonly patience?: Patience;
  /** Where the page's own server may offer the same files; null: nowhere. */
  readonly mirror?: string | null;
}

export interface Downloaded {
  readonly source: WeightSource;
  /** Whole and checked, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const filesAtOnce = 4;
/** Who gave the files, in that case. */
const thisServer = 'this page’s own server';
/** Milliseconds between two reports of progress. */
const reportEvery = 200;

/** `<our own server>/mirror/`; null where there is no server. */
function ownMirror(): string | null {
  const { location } = globalThis as { location?: { origin: string } };
  return location?.origin.startsWith('http') === true ? `${location.origin}/mirror/` : null;
}

/**
 * Gets the files of the first source that can be had: every source on each of its hosts, and once all of them have
 * failed the same through the mirror that our own server may offer. What is kept already is not fetched again.
 * Rejects with `weights-unreachable`, which says what every host said, or with `cancelled`.
 */
export async function download(
  sources: readonly WeightSource[],
  storage: Storage,
  options: DownloadOptions,
): Promise<Downloaded> {
  const said: string[] = [];
  const silent = new Set<string>();
  const mirror = options.mirror === undefined ? ownMirror() : options.mirror;
  for (const through of [null, mirror]) {
    if (through === null && said.length > 0) break;
    if (through !== null) {
      if (!(await isOffered(through, options))) break;
      options.onNote?.({
        code: 'own-server',
        text: 'No public host gave the weights; asking this page’s own server for the same files.',
      });
    }
    for (const source of sources)
      for (const host of source.hosts) {
        const prefix = through === null ? host : through + host.replace(/^https?:\/\//, '');
        const { origin, host: name } = new URL(prefix);
        if (silent.has(origin)) continue;
        const title = through === null ? hostTitle(prefix) : thisServer;
        try {
          const files = await downloadFrom(source, prefix, storage, options);
          await keepHost(storage, source, title);
          return { source, files };
        } catch (error) {
          if (!(error instanceof FetchFailure)) throw error;
          if (error.silent) silent.add(origin);
          said.push(`${prefix}${error.message}`);
          options.onNote?.({
            code: 'host-failed',
            text: `${title} could not give ${source.id} (${error.message}); trying the next source.`,
            host: name,
            source: source.id,
          });
        }
      }
  }
  throw new HeadwayError({
    code: 'weights-unreachable',
    message: 'The pretrained weights could not be downloaded.',
    advice: 'Check the connection and start again: files that arrived are kept.',
    details: said.join('\n'),
  });
}

/** Whether our own server has a mirror: it then answers 204. */
async function isOffered(
  mirror: string,
  { control, fetch = globalThis.fetch.bind(globalThis) }: DownloadOptions,
): Promise<boolean> {
  try {
    const signal = AbortSignal.any([control.signal, AbortSignal.timeout(usualPatience.connect)]);
    return (await fetch(mirror, { signal })).status === 204;
  } catch {
    if (control.signal.aborted) throw cancelled();
    return false;
  }
}

async function downloadFrom(
  source: WeightSource,
  prefix: string,
  storage: Storage,
  options: DownloadOptions,
): Promise<Map<string, Uint8Array>> {
  const { control, fetch = globalThis.fetch.bind(globalThis), patience = usualPatience } = options;
  const files = await keptFiles(storage, source);
  const onBytes = reporter(source, files, options);
  const waiting = source.files.filter(({ name }) => !files.has(name));
  // One file that cannot be had ends the others: the next host is asked for what is still missing.
  const giveUp = new AbortController();
  const signal = AbortSignal.any([control.signal, giveUp.signal]);

  const get = async (file: WeightFile) => {
    const bytes = await fetchFile(prefix + file.name, file, { fetch, signal, onBytes, patience }).catch(
      (error: unknown) => {
        throw error instanceof FetchFailure
          ? new FetchFailure(`${file.name}: ${error.message}`, error.again, error.silent)
          : error;
      },
    );
    await keepFile(storage, source, file, bytes);
    files.set(file.name, bytes);
  };
  const work = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      await control.checkpoint();
      if (giveUp.signal.aborted) return;
      await get(file);
    }
  };

  // The first alone: it tells whether the host is there at all.
  const first = waiting.shift();
  if (first !== undefined) await get(first);
  const failures: unknown[] = [];
  const workers = Array.from({ length: filesAtOnce }, () =>
    work().catch((error: unknown) => {
      failures.push(error);
      giveUp.abort();
    }),
  );
  await Promise.all(workers);
  if (control.signal.aborted) throw cancelled();
  if (failures.length > 0) throw failures[0];
  return files;
}

/** Turns bytes into progress. Bytes that are taken back are not shown: the bar waits until it is passed again. */
function reporter(
  source: WeightSource,
  files: ReadonlyMap<string, Uint8Array>,
  { onProgress }: DownloadOptions,
): (bytes: number) => void {
  const total = sourceBytes(source);
  const meter = new ProgressMeter(total, 'bytes');
  let received = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  let shown = Math.min(received, total);
  let last = performance.now();
  onProgress?.(meter.skip(shown));
  return (bytes) => {
    received += bytes;
    const now = performance.now();
    const reached = Math.min(received, total);
    if (reached <= shown || (now - last < reportEvery && reached < total)) return;
    onProgress?.(meter.add(reached - shown));
    shown = reached;
    last = now;
  };
}
