import { proxy, transfer, wrap, type ProxyMarked, type Remote } from 'comlink';
import { nameOfLife, ownLocks, watchLife } from '../engine/alive';
import { cancelled, HeadwayError } from '../engine/errors';
import { watchStarts } from '../engine/start-watch';
import type { EngineApi, JobId } from './api';
import { carryErrorData } from './errors-on-the-wire';
import { carryIds } from './ids-on-the-wire';
import type { Memory, MemoryLink } from './memory/memory';

carryErrorData();
carryIds();

type Api = Remote<EngineApi>;

/** A long job in a worker. */
export interface JobHandle<T> {
  readonly result: Promise<T>;
  pause(): void;
  resume(): void;
}

export interface JobOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes a function of the page callable by the worker, as long as the job goes on: a message that was still on its way
 * when it ended is dropped, or it would show progress of what is over.
 */
export type Listening = <T extends (...values: never[]) => unknown>(listener: T) => Heard<T>;
export type Heard<T> = T & ProxyMarked;

let nextJob: JobId = 1;

/** A worker that has been started. */
interface Live {
  readonly worker: Worker;
  readonly api: Api;
  readonly crashed: Promise<never>;
  readonly crash: (error: unknown) => void;
  memory: MemoryLink | null;
}

/**
 * One engine worker, started on first use and again after a crash. comlink's promises never settle when a worker
 * dies, so every call is raced against the worker's `error` event, against its end without one, and against a start of
 * nested workers that it does not come back from.
 */
export class EngineClient {
  #live: Live | null = null;
  #memory: Pick<Memory, 'connect'> | null = null;

  constructor(
    readonly name: string,
    readonly createWorker: (name: string) => Worker = (workerName) =>
      new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: workerName }),
    readonly locks = ownLocks(),
  ) {}

  /** Whether there is a worker now. */
  get alive(): boolean {
    return this.#live !== null;
  }

  /** From now on, and whenever it starts again, the worker keeps in this memory what it stores. */
  keepIn(memory: Pick<Memory, 'connect'>): void {
    this.#memory = memory;
    if (this.#live !== null) this.#connect(this.#live);
  }

  /** One call. Rejects with a `HeadwayError`: the engine's own, or `worker-crashed`. */
  call<T>(use: (api: Api) => Promise<T>): Promise<T> {
    const { api, crashed } = this.#start();
    return Promise.race([use(api), crashed]);
  }

  /** A call that can be paused and cancelled; an abort rejects with `cancelled` once the engine has stopped. */
  job<T>(
    use: (api: Api, job: JobId, listening: Listening) => Promise<T>,
    { signal }: JobOptions = {},
  ): JobHandle<T> {
    const id = nextJob++;
    let ended = false;
    const listening: Listening = (listener) =>
      proxy(((...values) => (ended ? undefined : listener(...values))) as typeof listener);
    const steer = (verb: 'cancel' | 'pause' | 'resume') => {
      void this.call((api) => api[verb](id)).catch(() => undefined);
    };
    const abort = () => steer('cancel');
    const result = signal?.aborted
      ? Promise.reject(cancelled())
      : this.call((api) => use(api, id, listening));
    signal?.addEventListener('abort', abort, { once: true });
    const settled = () => {
      ended = true;
      signal?.removeEventListener('abort', abort);
    };
    result.then(settled, settled);
    return { result, pause: () => steer('pause'), resume: () => steer('resume') };
  }

  /** Ends the worker and whatever it was doing; its memory goes back to the system. The next call starts anew. */
  terminate(): void {
    this.#live?.crash(cancelled());
  }

  #start() {
    if (this.#live !== null) return this.#live;
    const worker = this.createWorker(this.name);
    let reject: (error: unknown) => void;
    const crashed = new Promise<never>((_, fail) => (reject = fail));
    const ended = new AbortController();
    // Nobody may be waiting when it happens.
    crashed.catch(() => undefined);
    const crash = (error: unknown) => {
      worker.terminate();
      if (this.#live?.worker === worker) this.#live = null;
      live.memory?.close();
      ended.abort();
      reject(error);
    };
    worker.addEventListener('error', (event) => crash(crashError(this.name, event.message || 'no message')));
    worker.addEventListener('messageerror', () =>
      crash(crashError(this.name, 'a message could not be read')),
    );
    const live: Live = { worker, api: wrap<EngineApi>(worker), crashed, crash, memory: null };
    this.#live = live;
    // Before it is asked for anything.
    this.#connect(live);
    this.#watch(live, ended.signal);
    return live;
  }

  #watch({ api, crash }: Live, signal: AbortSignal): void {
    const held = () => crash(crashError(this.name, 'held while it started threads'));
    void api.tellStarts(proxy(watchStarts(signal, held))).catch(() => undefined);
    if (this.locks === undefined) return;
    const life = nameOfLife();
    void api
      .live(life)
      .then(() =>
        watchLife(life, signal, () => crash(crashError(this.name, 'ended from outside')), this.locks),
      )
      .catch(() => undefined);
  }

  #connect(live: Live): void {
    const link = this.#memory?.connect() ?? null;
    if (link === null) return;
    live.memory = link;
    void live.api.keepInMemory(transferred(link.port));
  }
}

/** Gives a port away to the worker. */
export function transferred(port: MessagePort): MessagePort {
  return transfer(port, [port]);
}

function crashError(name: string, details: string): HeadwayError {
  return new HeadwayError({
    code: 'worker-crashed',
    message: `The ${name} worker stopped unexpectedly.`,
    advice:
      'What was stored is kept. Start again; if it keeps happening, load the page anew, close other tabs or use fewer bases at once.',
    details,
  });
}
