import type { ImageId } from '../engine/data/records';

/**
 * Small pictures as object URLs: a few at a time, newest request first (that is what is on the screen now), and
 * only as many kept as a few screens show.
 */
export class Thumbnails {
  readonly #load: (id: ImageId) => Promise<Blob>;
  readonly #urls = new Map<ImageId, string>();
  readonly #wanted = new Map<ImageId, ((url: string | null) => void)[]>();
  #running = 0;

  constructor(
    load: (id: ImageId) => Promise<Blob>,
    readonly keep = 400,
    readonly parallel = 4,
  ) {
    this.#load = load;
  }

  /** At once where it is here already. */
  get(id: ImageId): string | null {
    const url = this.#urls.get(id);
    if (url === undefined) return null;
    this.#urls.delete(id);
    this.#urls.set(id, url);
    return url;
  }

  /** Null when it cannot be had, or is not wanted any more. */
  request(id: ImageId): Promise<string | null> {
    const url = this.get(id);
    if (url !== null) return Promise.resolve(url);
    return new Promise((resolve) => {
      const waiting = this.#wanted.get(id) ?? [];
      this.#wanted.delete(id);
      this.#wanted.set(id, [...waiting, resolve]);
      this.#next();
    });
  }

  forget(id: ImageId): void {
    for (const resolve of this.#wanted.get(id) ?? []) resolve(null);
    this.#wanted.delete(id);
  }

  dispose(): void {
    for (const id of [...this.#wanted.keys()]) this.forget(id);
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
    this.#urls.clear();
  }

  #next(): void {
    if (this.#running >= this.parallel) return;
    const id = [...this.#wanted.keys()].at(-1);
    if (id === undefined) return;
    const waiting = this.#wanted.get(id)!;
    this.#wanted.delete(id);
    this.#running++;
    void this.#load(id)
      .then(
        (blob) => this.#store(id, blob),
        () => null,
      )
      .then((url) => {
        this.#running--;
        for (const resolve of waiting) resolve(url);
        this.#next();
      });
  }

  #store(id: ImageId, blob: Blob): string {
    const url = this.get(id) ?? URL.createObjectURL(blob);
    this.#urls.set(id, url);
    const oldest = this.#urls.keys().next().value;
    if (this.#urls.size > this.keep && oldest !== undefined) {
      URL.revokeObjectURL(this.#urls.get(oldest)!);
      this.#urls.delete(oldest);
    }
    return url;
  }
}
