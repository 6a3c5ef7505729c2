import type { Dtype, File, Group } from 'h5wasm';
import type { H5Step } from './step';

/** zlib's fastest: the next levels take twice as long for 2 %. */
const deflateLevel = 1;
/** Bytes read back at a time. */
const pieceBytes = 2 ** 23;

/** Of Emscripten's file system. */
interface Files {
  open(path: string, flags: string): unknown;
  read(stream: unknown, buffer: Uint8Array, offset: number, length: number): number;
  close(stream: unknown): void;
  unlink(path: string): void;
  readonly analyzePath: (path: string) => { readonly exists: boolean };
}

/**
 * An HDF5 file that h5wasm writes in its own file system, in memory; in Node that is the working folder. Variable-length
 * strings, so that an attribute may have more than 64 kB. Nothing else may use h5wasm at the same time.
 */
export class H5File {
  readonly #files: Files;
  readonly #file: File;
  readonly #path: string;
  readonly #isGroup: (entity: unknown) => entity is Group;
  #open = true;

  private constructor(h5: typeof import('h5wasm'), files: Files) {
    this.#files = files;
    this.#path = `headway-${crypto.randomUUID()}.h5`;
    this.#file = new h5.File(this.#path, 'w');
    this.#isGroup = (entity): entity is Group => entity instanceof h5.Group;
  }

  static async create(): Promise<H5File> {
    const h5 = await import('h5wasm');
    const module = await h5.ready;
    // Otherwise HDF5 writes what is wrong to the console and goes on.
    module.activate_throwing_error_handler();
    return new H5File(h5, module.FS);
  }

  add(step: H5Step): void {
    const slash = step.path.lastIndexOf('/');
    const name = step.path.slice(slash + 1);
    if (step.kind === 'group') {
      const group = name === '' ? this.#file : this.#group(step.path.slice(0, slash)).create_group(name);
      for (const [key, value] of Object.entries(step.attributes ?? {}))
        if (typeof value === 'string') group.create_attribute(key, value);
        // An empty list has no type of its own: Keras, too, stores it as floats.
        else if (value.length === 0) group.create_attribute(key, new Float64Array());
        else group.create_attribute(key, [...value], null, 'S' satisfies Dtype);
      return;
    }
    const { shape, data, deflate } = step;
    this.#group(step.path.slice(0, slash)).create_dataset({
      name,
      data,
      shape: [...shape],
      ...(deflate && data.length > 0
        ? { chunks: [...shape], compression: 'gzip' as const, compression_opts: deflateLevel }
        : {}),
    });
  }

  /** The bytes of the file, which is closed by the first of them; each piece is new memory. */
  *pieces(): Generator<Uint8Array<ArrayBuffer>> {
    this.#close();
    const stream = this.#files.open(this.#path, 'r');
    try {
      for (;;) {
        const piece = new Uint8Array(pieceBytes);
        const length = this.#files.read(stream, piece, 0, pieceBytes);
        if (length === 0) return;
        yield length < pieceBytes ? piece.slice(0, length) : piece;
      }
    } finally {
      this.#files.close(stream);
    }
  }

  /** Frees the file. Harmless when called again. */
  discard(): void {
    this.#close();
    if (this.#files.analyzePath(this.#path).exists) this.#files.unlink(this.#path);
  }

  #close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#file.close();
  }

  #group(path: string): Group {
    const group = path === '' ? this.#file : this.#file.get(path);
    if (!this.#isGroup(group)) throw new Error(`There is no group ${path}`);
    return group;
  }
}
