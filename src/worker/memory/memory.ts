import { transfer, wrap } from 'comlink';
import type { HeadwayError } from '../../engine/errors';
import { Lifeline, memoryLost } from './lifeline';
import type { MemoryOwnerApi, MemoryRoom } from './memory.worker';
import { serveLoss } from './served';

/** A way to the memory; whoever has it tells when the worker at its other end is gone. */
export interface MemoryLink {
  readonly port: MessagePort;
  close(): void;
}

/** The worker that keeps in memory what cannot be stored, and the ways to it. It lives as long as the page. */
export class Memory {
  readonly #api;
  readonly #lifeline: Lifeline;
  #askers = 0;

  /** @param onLost everything that it held is gone */
  constructor(
    overDisk: boolean,
    onLost: (error: HeadwayError) => void,
    createWorker = () =>
      new Worker(new URL('./memory.worker.ts', import.meta.url), { type: 'module', name: 'memory' }),
    limit = limitHere(),
  ) {
    const worker = createWorker();
    this.#api = wrap<MemoryOwnerApi>(worker);
    this.#lifeline = new Lifeline(this.#api.life(), (error) => {
      // Then its lock is free, which tells everybody else.
      worker.terminate();
      onLost(error);
    });
    worker.addEventListener('error', (event) => this.#lifeline.lose(memoryLost(event.message)));
    void this.#api.open(limit, overDisk);
  }

  connect(): MemoryLink {
    const { port1, port2 } = new MessageChannel();
    if (this.#lifeline.error !== null) {
      serveLoss(this.#lifeline.error, port2);
      return { port: port1, close: () => port2.close() };
    }
    const asker = this.#askers++;
    void this.#api.connect(asker, transfer(port2, [port2]));
    return { port: port1, close: () => void this.#api.disconnect(asker) };
  }

  /** Rejects with `memory-lost`. */
  room(): Promise<MemoryRoom> {
    return this.#lifeline.ask(() => this.#api.room());
  }
}

/** Bytes: a quarter of the device's memory, for the bases want theirs; browsers tell of up to 8 GB, some of none. */
function limitHere(): number {
  const { deviceMemory = 4 } = navigator as { deviceMemory?: number };
  return (deviceMemory / 4) * 2 ** 30;
}
