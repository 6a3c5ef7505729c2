import { ownLocks, watchLife } from '../../engine/alive';
import { afterAwake } from '../../engine/awake';
import { HeadwayError } from '../../engine/errors';

/** Milliseconds, far more than a start takes: a worker that is lost before it holds its lock is not told of. */
const startPatience = 20_000;

export function memoryLost(details: string): HeadwayError {
  return new HeadwayError({
    code: 'memory-lost',
    message: 'What this page kept in memory is lost.',
    advice: 'Reload the page and start again, with fewer images.',
    details,
  });
}

/**
 * What ties an asker to the worker that holds the memory. comlink's promises never settle when that worker is gone: from
 * then on everything that waits for an answer, and everything asked later, rejects with `memory-lost`.
 */
export class Lifeline {
  #error: HeadwayError | null = null;
  readonly #waiting = new Set<(error: HeadwayError) => void>();
  readonly #over = new AbortController();

  /**
   * @param life resolves to the name of the lock that the worker holds, once it does; rejects where it is lost already
   * @param onLost called once
   */
  constructor(
    life: Promise<string>,
    readonly onLost: (error: HeadwayError) => void = () => undefined,
    locks = ownLocks(),
  ) {
    const callOff = afterAwake(startPatience, () => this.lose(memoryLost('did not start')));
    void life
      .then(
        (name) => {
          const ended = () => this.lose(memoryLost('ended from outside'));
          watchLife(name, this.#over.signal, ended, locks);
        },
        (error: unknown) => this.lose(error instanceof HeadwayError ? error : memoryLost(String(error))),
      )
      .finally(callOff);
  }

  /** Why the worker is gone; null while it is there. */
  get error(): HeadwayError | null {
    return this.#error;
  }

  lose(error: HeadwayError): void {
    if (this.#error !== null) return;
    this.#error = error;
    this.#over.abort();
    for (const refuse of this.#waiting) refuse(error);
    this.#waiting.clear();
    this.onLost(error);
  }

  ask<T>(question: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#error !== null) {
        reject(this.#error);
        return;
      }
      // A race with one promise that never settles would keep every answer for ever.
      this.#waiting.add(reject);
      question()
        .then(resolve, reject)
        .finally(() => this.#waiting.delete(reject));
    });
  }
}
