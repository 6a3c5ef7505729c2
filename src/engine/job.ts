import { cancelled } from './errors';

/** How a long job is steered from outside. Every engine function that can take more than a moment takes one. */
export interface JobControl {
  readonly signal: AbortSignal;
  /**
   * To be awaited between units of work (a batch, an epoch): lets waiting messages in, waits while the job is
   * paused, and throws the `cancelled` error once the signal has fired.
   */
  checkpoint(): Promise<void>;
}

/** Amount, rate and time left of one phase of a job. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** `fits`: solutions of the exact head's cross-validation. */
  readonly unit: 'bytes' | 'images' | 'epochs' | 'fits';
  /** Units a second over the recent past; null until it can be told. */
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
}

/** A task's turn, without the 4 ms that nested timers cost. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** The control that workers and tests hand to the engine. */
export class Job implements JobControl {
  readonly #abort = new AbortController();
  #resumed: Promise<void> | null = null;
  #release: (() => void) | null = null;
  readonly signal = this.#abort.signal;

  cancel(): void {
    this.#abort.abort(cancelled());
    this.resume();
  }

  pause(): void {
    this.#resumed ??= new Promise((resolve) => (this.#release = resolve));
  }

  resume(): void {
    this.#release?.();
    this.#release = null;
    this.#resumed = null;
  }

  async checkpoint(): Promise<void> {
    await nextTask();
    while (this.#resumed !== null) await this.#resumed;
    if (this.signal.aborted) throw cancelled();
  }
}

/** Seconds. */
const leastSleep = 60;

/**
 * Turns counts into `Progress`. The rate is exponentially weighted (time constant 10 s), so that a pause or a slow
 * first batch is forgotten; a step during which the machine slept tells nothing of the rate. `clock` returns
 * milliseconds.
 */
export class ProgressMeter {
  #done = 0;
  #rate: number | null = null;
  #slept = false;
  #last: number;

  constructor(
    readonly total: number,
    readonly unit: Progress['unit'],
    readonly clock: () => number = () => performance.now(),
  ) {
    this.#last = clock();
  }

  /** Counts work that was already there (a cache, an earlier session): progress, but no rate. */
  skip(amount: number): Progress {
    this.#done += amount;
    this.#last = this.clock();
    return this.progress;
  }

  add(amount: number): Progress {
    const now = this.clock();
    const seconds = Math.max((now - this.#last) / 1000, 1e-6);
    const weight = 1 - Math.exp(-seconds / 10);
    const rate = amount / seconds;
    // Twice in a row is no sleep: it has become that slow.
    this.#slept = !this.#slept && seconds > leastSleep && this.#rate !== null && rate < this.#rate / 20;
    if (this.#rate === null) this.#rate = rate;
    else if (!this.#slept) this.#rate += weight * (rate - this.#rate);
    this.#done += amount;
    this.#last = now;
    return this.progress;
  }

  get progress(): Progress {
    const rate = this.#rate;
    return {
      done: this.#done,
      total: this.total,
      unit: this.unit,
      perSecond: rate,
      secondsLeft: rate === null || rate <= 0 ? null : (this.total - this.#done) / rate,
    };
  }
}
