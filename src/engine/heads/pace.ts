import type { JobControl } from '../job';

/** Work for this long may pass before messages are let in. */
const breathMs = 20;

/** Calls checkpoints as often as steering needs and no oftener, and adds up the time spent between them. */
export class Pace {
  #workedMs = 0;
  #since = performance.now();

  constructor(readonly control: JobControl) {}

  /** To be awaited after each small unit of work. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#since >= breathMs) await this.checkpoint();
  }

  /** @throws HeadwayError `cancelled` */
  async checkpoint(): Promise<void> {
    this.stop();
    await this.control.checkpoint();
    this.start();
  }

  stop(): void {
    this.#workedMs += performance.now() - this.#since;
  }

  start(): void {
    this.#since = performance.now();
  }

  /** Milliseconds of work up to the last stop; pauses and waits for the consumer do not count. */
  get workedMs(): number {
    return this.#workedMs;
  }
}
