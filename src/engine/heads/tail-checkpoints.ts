import { delMany, get, set, setMany } from 'idb-keyval';
import { sha256 } from 'hash-wasm';
import type { EpochMetrics } from '../run';
import { uniqueName } from '../random';
import { deletePrefix, guarded, keysWithPrefix, type Storage } from '../storage';
import type { TrainedHead } from './head';
import type { OptimizerState } from './optimizers';
import type { TailWeights } from './tail-weights';

/** All that an interrupted training goes on from: what it was after an epoch. Random streams are replayed. */
export interface TailState {
  readonly head: TrainedHead;
  readonly tail: TailWeights;
  readonly optimizers: { readonly head: OptimizerState; readonly tail: OptimizerState };
  readonly history: readonly EpochMetrics[];
  readonly best: BestEpoch | null;
}

export interface BestEpoch {
  readonly head: TrainedHead;
  readonly tail: TailWeights;
  readonly epoch: number;
  readonly loss: number;
}

export interface Checkpoints {
  /** Null: from the beginning. The state is taken over. */
  readonly from: TailState | null;
  /** Called after each epoch but the last, before it is told; the state changes after the promise has settled. */
  save(state: TailState): Promise<void>;
}

const root = 'checkpoint/';
/** In one transaction, for the sake of memory. */
const mostBytes = 32 * 2 ** 20;
/** Arrays from this length on are records of their own. */
const largeFrom = 2 ** 14;

/** What `checkpoint/<key>` holds: all but the large arrays, which lie in `checkpoint/<key>/<generation>/<number>`. */
interface Header {
  readonly generation: string;
  readonly parts: number;
  /** A `TailState` with a `Part` for each large array. */
  readonly rest: unknown;
}

interface Part {
  readonly $part: number;
}

/**
 * The one training that was under way when the page was last closed, as it was after its last whole epoch. It takes
 * three to four times the room of the trained weights (all of ResNet50: 377 MB), so that only the latest is kept, and
 * no browser takes it as one record (Chromium's limit is 127 MB). The one before stays until the new one is whole.
 */
export class TailCheckpoints {
  constructor(readonly storage: Storage) {}

  /** `what`: everything that decides how the training goes, as plain data. */
  async of(what: unknown): Promise<Checkpoints> {
    const key = root + (await sha256(JSON.stringify(what)));
    const from = await this.#load(key);
    if (from === null) await this.clear();
    return { from, save: (state) => this.#save(key, state) };
  }

  clear(): Promise<void> {
    return deletePrefix(this.storage, root);
  }

  async #save(key: string, state: TailState): Promise<void> {
    const generation = uniqueName();
    const arrays: Float32Array[] = [];
    const rest = takenApart(state, arrays);
    for (const group of groups(arrays))
      await guarded(
        setMany(
          group.map((i) => [`${key}/${generation}/${i}`, arrays[i]!]),
          this.storage,
        ),
      );
    const header: Header = { generation, parts: arrays.length, rest };
    await guarded(set(key, header, this.storage));
    const kept = `${key}/${generation}/`;
    const keys = await keysWithPrefix(this.storage, `${key}/`);
    await guarded(
      delMany(
        keys.filter((one) => !one.startsWith(kept)),
        this.storage,
      ),
    );
  }

  /** Null where there is none, or not all of it. */
  async #load(key: string): Promise<TailState | null> {
    const header = await guarded(get<Header>(key, this.storage));
    if (header === undefined) return null;
    const arrays: Float32Array[] = [];
    for (let i = 0; i < header.parts; i++) {
      const part = await guarded(get<Float32Array>(`${key}/${header.generation}/${i}`, this.storage));
      if (part === undefined) return null;
      arrays.push(part);
    }
    return putTogether(header.rest, arrays) as TailState;
  }
}

/** Numbers of arrays that go together. */
function groups(arrays: readonly Float32Array[]): number[][] {
  const all: number[][] = [];
  let bytes = Infinity;
  for (const [i, { byteLength }] of arrays.entries()) {
    if (bytes + byteLength > mostBytes) {
      all.push([]);
      bytes = 0;
    }
    all.at(-1)!.push(i);
    bytes += byteLength;
  }
  return all;
}

/** Plain data, arrays and maps, with large typed arrays moved to `arrays`. */
function takenApart(value: unknown, arrays: Float32Array[]): unknown {
  if (value instanceof Float32Array && value.length >= largeFrom)
    return { $part: arrays.push(value) - 1 } satisfies Part;
  return mapped(value, (part) => takenApart(part, arrays));
}

function putTogether(value: unknown, arrays: readonly Float32Array[]): unknown {
  if (isPart(value)) return arrays[value.$part];
  return mapped(value, (part) => putTogether(part, arrays));
}

function mapped(value: unknown, change: (part: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(change);
  if (value instanceof Map) return new Map(Array.from(value, ([key, part]) => [key, change(part)]));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(part)]));
}

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, '$part');
