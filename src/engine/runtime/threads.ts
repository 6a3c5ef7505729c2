import { nameOfLife, watchLife } from '../alive';
import { afterAwake } from '../awake';
import { HeadwayError } from '../errors';
import { announced } from '../start-watch';

/** What a worker is told: first what to work with, then a pass at a time. */
export interface Setup {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Of the lock that it holds while it lives. */
  readonly life: string;
}
export interface Pass {
  readonly at: number;
  readonly commands: number;
  readonly threads: number;
  readonly scratch: number;
}

/** Milliseconds, far more than a start takes: a thread that is lost before it holds its lock is not told of. */
const startPatience = 20_000;

/** Workers that run the kernels over one shared memory. They divide the work among themselves (`kernels/index.ts`). */
export class KernelThreads {
  #failure: HeadwayError | null = null;
  readonly #ended = new AbortController();
  #fail: (error: HeadwayError) => void = () => undefined;

  private constructor(readonly workers: readonly Worker[]) {
    for (const worker of workers)
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        this.end(crashed(event.message || 'no message'));
      });
  }

  get count(): number {
    return this.workers.length;
  }

  /** Rejects with `worker-crashed`. */
  static async start(
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    count: number,
  ): Promise<KernelThreads> {
    const threads = announced(
      () =>
        new KernelThreads(
          Array.from(
            { length: count },
            () => new Worker(new URL('./kernel.worker.ts', import.meta.url), { type: 'module' }),
          ),
        ),
    );
    const lives = threads.workers.map(nameOfLife);
    const callOff = afterAwake(startPatience, () => threads.end(crashed('did not start')));
    await threads.#ask((i) => ({ module, memory, life: lives[i]! }) satisfies Setup).finally(callOff);
    for (const life of lives)
      watchLife(life, threads.#ended.signal, () => threads.end(crashed('ended from outside')));
    return threads;
  }

  /** Every thread has its own scratch, one after the other. Rejects with `worker-crashed`, and from then on always. */
  run({ scratch, scratchBytes, ...pass }: Omit<Pass, 'threads'> & { scratchBytes: number }): Promise<void> {
    const threads = this.count;
    return this.#ask((i) => ({ ...pass, threads, scratch: scratch + i * scratchBytes }) satisfies Pass);
  }

  /** Ends the workers; a pass that is running rejects. */
  end(failure = crashed('ended')): void {
    this.#failure ??= failure;
    this.#ended.abort();
    for (const worker of this.workers) worker.terminate();
    this.#fail(this.#failure);
  }

  /** Sends each worker a message and waits until all have answered. */
  async #ask(message: (i: number) => Setup | Pass): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    const answered = this.workers.map(
      (worker) => new Promise((resolve) => worker.addEventListener('message', resolve, { once: true })),
    );
    const failed = new Promise<never>((_, reject) => (this.#fail = reject));
    for (const [i, worker] of this.workers.entries()) worker.postMessage(message(i));
    await Promise.race([Promise.all(answered), failed]);
  }
}

function crashed(details: string): HeadwayError {
  return new HeadwayError({
    code: 'worker-crashed',
    message: 'A thread that runs the network stopped.',
    advice: 'Start the run again: what was finished is kept.',
    details,
  });
}
