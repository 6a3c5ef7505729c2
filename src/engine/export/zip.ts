import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { createSHA256 } from 'hash-wasm';
import type { Bytes } from '../data/records';
import type { JobControl } from '../job';
import type { PackageFile } from './model';

/** Takes the bytes of a file one after the other; what it returns is awaited before it is given more. */
export type Sink = (bytes: Bytes) => void | Promise<void>;

export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Zip dates are local time without a zone: a constant is the only one that is the same everywhere. */
const mtime = new Date(1980, 0, 1);
/** Bytes that are looked at in one go, some milliseconds of work. */
const step = 2 ** 21;
/** Names that Windows keeps for its devices, whatever their extension. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/;

/** Throws on a name that could leave its folder, or that some file system would not take. */
export function checkFileName(name: string): void {
  const parts = name.split('/');
  const safe = parts.every(
    (part) =>
      /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/.test(part.toLowerCase()) && !devices.test(part.toLowerCase()),
  );
  if (!safe) throw new RangeError(`${JSON.stringify(name)} is no name for a file of a package`);
}

/**
 * Writes a zip as a stream: bytes go to the sink as they come, and nothing is held but the directory of names. The same
 * files give the same bytes. `control` is asked between steps, so that cancelling takes effect at once; `onBytes` is
 * told of the bytes put in.
 */
export class ZipWriter {
  readonly #zip: Zip;
  readonly #names = new Set<string>();
  #pending: Bytes[] = [];
  #failed: Error | null = null;

  constructor(
    readonly sink: Sink,
    readonly control: JobControl,
    readonly onBytes: (bytes: number) => void = () => undefined,
  ) {
    this.#zip = new Zip((error, bytes) => {
      if (error) this.#failed = error;
      else if (bytes.length > 0) this.#pending.push(bytes);
    });
  }

  async add({ name, chunks, deflate }: PackageFile): Promise<WrittenFile> {
    checkFileName(name);
    if (this.#names.has(name.toLowerCase())) throw new RangeError(`Two files called ${name}`);
    this.#names.add(name.toLowerCase());
    const entry = deflate
      ? new ZipDeflate(name, { level: deflate === 'fast' ? 1 : 6 })
      : new ZipPassThrough(name);
    entry.mtime = mtime;
    this.#zip.add(entry);
    const hash = await createSHA256();
    let total = 0;
    for await (const chunk of chunks)
      for (let start = 0; start < chunk.length; start += step) {
        const piece = chunk.subarray(start, start + step);
        hash.update(piece);
        entry.push(piece);
        total += piece.length;
        await this.#flush();
        this.onBytes(piece.length);
        await this.control.checkpoint();
      }
    entry.push(new Uint8Array(), true);
    await this.#flush();
    return { name, bytes: total, sha256: hash.digest() };
  }

  /** Writes the directory. Without it the file is no zip. */
  async end(): Promise<void> {
    this.#zip.end();
    await this.#flush();
  }

  async #flush(): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    for (const bytes of pending) await this.sink(bytes);
    if (this.#failed !== null) throw this.#failed;
  }
}
