import { inOrder } from './budget';
import type { ImageId, InputSpec } from './records';

/** Decodes an image once and makes a square of it for each spec: [size, size, 3] RGB. */
export type MakeSquares = (id: ImageId, specs: readonly InputSpec[]) => Promise<Uint8Array[]>;

/** One base's way through the images. */
export interface SquareLane {
  /** [ids, size, size, 3]; rejects as `MakeSquares` does. */
  squares(ids: readonly ImageId[]): Promise<Uint8Array<ArrayBuffer>>;
  close(): void;
}

interface Lane {
  readonly spec: InputSpec;
  readonly key: string;
  /** What it has asked for: nothing is made for it a second time unless it asks again. */
  readonly seen: Set<ImageId>;
}

/** Squares that were made when another lane asked, until those that want them come. */
interface Kept {
  readonly made: Promise<Map<string, Uint8Array>>;
  readonly lanes: Set<Lane>;
  /** Once they are made. */
  bytes: number;
}

const imagesInFlight = 4;

/**
 * Several bases look at the same images, each in squares of its own size: an image is decoded for the first that
 * asks, and the others' squares are made with it and kept until they ask. What is kept is bounded: the oldest goes
 * first, and is decoded again for a lane that lags so far behind.
 */
export class SharedSquares {
  readonly #lanes = new Set<Lane>();
  /** Oldest first. */
  readonly #kept = new Map<ImageId, Kept>();
  #bytes = 0;

  constructor(
    readonly make: MakeSquares,
    readonly capacity = 256 * 2 ** 20,
  ) {}

  /** Bytes of squares that wait for somebody. */
  get keptBytes(): number {
    return this.#bytes;
  }

  join(spec: InputSpec): SquareLane {
    const lane: Lane = { spec, key: `${spec.size} ${spec.resize}`, seen: new Set() };
    this.#lanes.add(lane);
    return {
      squares: (ids) => this.#squares(lane, ids),
      close: () => {
        this.#lanes.delete(lane);
        for (const [id, kept] of this.#kept) this.#release(id, kept, lane);
      },
    };
  }

  async #squares(lane: Lane, ids: readonly ImageId[]): Promise<Uint8Array<ArrayBuffer>> {
    const length = lane.spec.size ** 2 * 3;
    const out = new Uint8Array(ids.length * length);
    let at = 0;
    // As a value: one that nobody has asked for yet must not become an unhandled rejection.
    const work = (id: ImageId) => this.#square(lane, id).catch((error: unknown) => ({ error }));
    for await (const square of inOrder(ids, work, imagesInFlight)) {
      if ('error' in square) throw square.error;
      out.set(square, length * at++);
    }
    return out;
  }

  async #square(lane: Lane, id: ImageId): Promise<Uint8Array> {
    lane.seen.add(id);
    const kept = this.#kept.get(id);
    if (kept?.lanes.has(lane)) {
      const square = (await kept.made).get(lane.key)!;
      this.#release(id, kept, lane);
      return square;
    }
    const others = [...this.#lanes].filter((other) => other !== lane && !other.seen.has(id));
    const specs = new Map([lane, ...others].map(({ key, spec }) => [key, spec]));
    const made = this.make(id, [...specs.values()]).then(
      (squares) => new Map([...specs.keys()].map((key, i) => [key, squares[i]!])),
    );
    if (others.length > 0 && kept === undefined) this.#keep(id, made, new Set(others));
    return (await made).get(lane.key)!;
  }

  #keep(id: ImageId, all: Promise<ReadonlyMap<string, Uint8Array>>, lanes: Set<Lane>): void {
    // A copy, from which squares go as they are taken.
    const kept: Kept = { made: all.then((squares) => new Map(squares)), lanes, bytes: 0 };
    this.#kept.set(id, kept);
    kept.made.then(
      (squares) => {
        if (this.#kept.get(id) === kept) this.#count(kept, squares);
        this.#evict();
      },
      () => this.#drop(id, kept),
    );
  }

  /** The lane needs the image no more; its square goes unless others need the same. */
  #release(id: ImageId, kept: Kept, lane: Lane): void {
    if (!kept.lanes.delete(lane)) return;
    if (kept.lanes.size === 0) this.#drop(id, kept);
    else
      void kept.made.then(
        (squares) => {
          if (this.#kept.get(id) === kept) this.#count(kept, squares);
        },
        () => undefined,
      );
  }

  #count(kept: Kept, squares: Map<string, Uint8Array>): void {
    const wanted = new Set(Array.from(kept.lanes, ({ key }) => key));
    for (const key of squares.keys()) if (!wanted.has(key)) squares.delete(key);
    this.#bytes -= kept.bytes;
    kept.bytes = [...squares.values()].reduce((sum, { length }) => sum + length, 0);
    this.#bytes += kept.bytes;
  }

  #drop(id: ImageId, kept: Kept): void {
    if (this.#kept.get(id) !== kept) return;
    this.#kept.delete(id);
    this.#bytes -= kept.bytes;
  }

  #evict(): void {
    for (const [id, kept] of this.#kept) {
      if (this.#bytes <= this.capacity) return;
      this.#drop(id, kept);
    }
  }
}
