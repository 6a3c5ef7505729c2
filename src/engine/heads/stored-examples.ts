import type { FeatureSpec } from '../features/key';
import { chunkSize, type FeatureStore, type LocatedChunk } from '../features/store';
import type { Random } from '../random';
import type { LabelledIds } from '../run';
import { repeated, type Batch, type ExamplePart, type ExampleSource } from './examples';

/** Bytes of features of one share; more stay in the store. */
export const mostInMemory = 64 * 2 ** 20;
/** Of features in memory at a time: some 3,000 vectors of 2048 numbers. Three heads may train at once. */
const windowBytes = 24 * 2 ** 20;
/** In one part: enough to keep a backend busy. */
const partImages = 512;

/**
 * Examples that stay in the store while a head trains on them: a few dozen chunks are in memory at a time, however many
 * there are. An epoch draws chunks in random order and mixes the examples of as many as are in memory at once; every
 * example comes once. Images are mostly stored class by class, so that one chunk is often of one class: what a batch
 * is drawn from must be many chunks from all over the store. (CorgiPile, Xu et al. 2022, shows that stochastic
 * gradient descent on such an order converges nearly as on a full shuffle.)
 */
export class StoredExamples implements ExampleSource {
  private constructor(
    readonly store: FeatureStore,
    readonly chunks: readonly LocatedChunk[],
    readonly inputs: number,
    readonly labels: Uint16Array,
    readonly classes: number,
    readonly copies: number,
    readonly memory: number,
  ) {}

  /** Of the same images under several specs, copy after copy. Rejects when an image's features are missing. */
  static async of(
    store: FeatureStore,
    specs: readonly FeatureSpec[],
    { ids, labels }: LabelledIds,
    { inputs, classes }: { readonly inputs: number; readonly classes: number },
    memory = windowBytes,
  ): Promise<StoredExamples> {
    const chunks: LocatedChunk[] = [];
    for (const [copy, spec] of specs.entries())
      for (const chunk of await store.locate(spec, ids))
        chunks.push({ ...chunk, rows: chunk.rows.map((row) => copy * ids.length + row) });
    const all = repeated(labels, specs.length);
    return new StoredExamples(store, chunks, inputs, all, classes, specs.length, memory);
  }

  /** Some of them, numbered as in `rows`. */
  only(rows: Uint32Array): StoredExamples {
    const numberOf = new Map(Array.from(rows, (row, i) => [row, i]));
    const chunks = this.chunks.flatMap((chunk) => {
      const kept = [...chunk.rows.keys()].filter((i) => numberOf.has(chunk.rows[i]!));
      if (kept.length === 0) return [];
      const places = kept.map((i) => chunk.places[i]!);
      return [{ ...chunk, places, rows: kept.map((i) => numberOf.get(chunk.rows[i]!)!) }];
    });
    const labels = Uint16Array.from(rows, (row) => this.labels[row]!);
    return new StoredExamples(this.store, chunks, this.inputs, labels, this.classes, 1, this.memory);
  }

  /** All of them in memory, [n, inputs]. */
  async features(): Promise<Float32Array> {
    const all = new Float32Array(this.labels.length * this.inputs);
    for await (const { window, values } of this.#windows(this.chunks.keys()))
      for (const [chunk, { places, rows }] of window.entries())
        for (const [i, place] of places.entries())
          all.set(this.#vector(values[chunk]!, place), rows[i]! * this.inputs);
    return all;
  }

  async *epoch(random: Random, size: number): AsyncGenerator<Batch, void, undefined> {
    const order = Uint32Array.from(this.chunks, (_, i) => i);
    random.shuffle(order);
    const started = (): Batch => ({
      size,
      features: new Float32Array(size * this.inputs),
      labels: new Uint16Array(size),
    });
    let batch = started();
    let filled = 0;
    for await (const { window, values } of this.#windows(order)) {
      for (const [chunk, place] of mixed(window, random)) {
        const { places, rows } = window[chunk]!;
        batch.features.set(this.#vector(values[chunk]!, places[place]!), filled * this.inputs);
        batch.labels[filled] = this.labels[rows[place]!]!;
        if (++filled < size) continue;
        yield batch;
        batch = started();
        filled = 0;
      }
    }
    if (filled > 0)
      yield {
        size: filled,
        features: batch.features.subarray(0, filled * this.inputs),
        labels: batch.labels.subarray(0, filled),
      };
  }

  async *parts(): AsyncGenerator<ExamplePart, void, undefined> {
    for await (const { window, values } of this.#windows(this.chunks.keys())) {
      const all = window.flatMap(({ places, rows }, chunk) =>
        places.map((place, i) => ({ row: rows[i]!, vector: this.#vector(values[chunk]!, place) })),
      );
      for (let from = 0; from < all.length; from += partImages) {
        const some = all.slice(from, from + partImages);
        const features = new Float32Array(some.length * this.inputs);
        for (const [i, { vector }] of some.entries()) features.set(vector, i * this.inputs);
        yield { rows: some.map(({ row }) => row), features };
      }
    }
  }

  async *#windows(order: Iterable<number>) {
    let window: LocatedChunk[] = [];
    let bytes = 0;
    const read = async () => ({ window, values: await this.store.readChunks(window, this.inputs) });
    for (const i of order) {
      const chunk = this.chunks[i]!;
      const own = 4 * this.inputs * chunk.images;
      if (window.length > 0 && bytes + own > this.memory) {
        yield await read();
        [window, bytes] = [[], 0];
      }
      window.push(chunk);
      bytes += own;
    }
    if (window.length > 0) yield await read();
  }

  #vector(values: Float32Array, place: number): Float32Array {
    return values.subarray(place * this.inputs, (place + 1) * this.inputs);
  }
}

/** Every example of a window, as its chunk and its number among that chunk's, in random order. */
function* mixed(window: readonly LocatedChunk[], random: Random): Generator<[chunk: number, place: number]> {
  const all = Uint32Array.from(
    window.flatMap(({ places }, chunk) => places.map((_, i) => chunk * chunkSize + i)),
  );
  random.shuffle(all);
  for (const one of all) yield [Math.floor(one / chunkSize), one % chunkSize];
}
