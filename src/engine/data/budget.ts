/**
 * Bounds how much is in flight at once (pixels being decoded, say); first come, first served. Work that costs more
 * than there is waits until it is alone.
 */
export class Budget {
  #free: number;
  readonly #waiting: { readonly cost: number; readonly start: () => void }[] = [];

  constructor(readonly total: number) {
    this.#free = total;
  }

  async spend<T>(amount: number, work: () => Promise<T>): Promise<T> {
    const cost = Math.min(amount, this.total);
    if (this.#waiting.length > 0 || cost > this.#free)
      await new Promise<void>((start) => this.#waiting.push({ cost, start }));
    else this.#free -= cost;
    try {
      return await work();
    } finally {
      this.#free += cost;
      // Paid here, not by the one that wakes up: in between, another could take it.
      while (this.#waiting.length > 0 && this.#waiting[0]!.cost <= this.#free) {
        const { cost: next, start } = this.#waiting.shift()!;
        this.#free -= next;
        start();
      }
    }
  }
}

/**
 * Runs `work` on several items at once and yields the results in the order of the items. At most `width` items and
 * about `capacity` (as `costOf` counts) are in flight, those whose result has not been asked for included.
 */
export async function* inOrder<T, R>(
  items: Iterable<T>,
  work: (item: T) => Promise<R>,
  width: number,
  capacity = Infinity,
  costOf: (item: T) => number = () => 0,
): AsyncGenerator<R, void, undefined> {
  const running: { readonly result: Promise<R>; readonly cost: number }[] = [];
  let load = 0;
  const take = async (): Promise<R> => {
    const { result, cost } = running[0]!;
    const value = await result;
    running.shift();
    load -= cost;
    return value;
  };
  try {
    for (const item of items) {
      const cost = costOf(item);
      while (running.length >= width || (running.length > 0 && load + cost > capacity)) yield await take();
      running.push({ result: work(item), cost });
      load += cost;
    }
    while (running.length > 0) yield await take();
  } finally {
    // Whoever stops early (a cancelled job) must not leave work behind that still writes or rejects.
    await Promise.allSettled(running.map(({ result }) => result));
  }
}
