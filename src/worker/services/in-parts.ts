/** Some of a list, and how to ask for the rest; null: that was all. */
export interface Part<T> {
  readonly items: readonly T[];
  readonly more: number | null;
}

/**
 * Long lists go to the page a part at a time: a message is read there in one go, and 50,000 records in one would hold
 * up everything else for a fifth of a second. All parts are of the list as it was at the first.
 */
export class InParts<T> {
  readonly #left = new Map<number, readonly T[]>();
  #next = 1;

  constructor(readonly size = 1000) {}

  begin(items: readonly T[]): Part<T> {
    if (items.length <= this.size) return { items, more: null };
    const more = this.#next++;
    this.#left.set(more, items.slice(this.size));
    return { items: items.slice(0, this.size), more };
  }

  /** Each part is given once. */
  next(more: number): Part<T> {
    const items = this.#left.get(more) ?? [];
    this.#left.delete(more);
    return this.begin(items);
  }
}
