import { cancelled } from '../engine/errors';
import { nets, type BaseId } from '../engine/nets';
import { peakActivationBytes } from '../engine/nets/shapes';

export interface Machine {
  /** Bytes of memory that all bases together may take. */
  readonly memory: number;
  readonly cores: number;
}

/** As the browser tells it: memory is rounded, never above 8 GiB, and kept secret by some. */
export function thisMachine(): Machine {
  const { navigator } = globalThis as {
    navigator?: { deviceMemory?: number; hardwareConcurrency?: number };
  };
  const { deviceMemory = 8, hardwareConcurrency = 2 } = navigator ?? {};
  // The rest is for the system, the browser, the page with its data, and the head's worker.
  return { memory: (deviceMemory / 2) * 2 ** 30, cores: hardwareConcurrency };
}

/** Images of a batch on wasm, where memory is scarcest. */
const batch = 8;
/** A worker with tfjs, its wasm heap's spare room, decoding, and the features on their way to disk. */
const workerBytes = 0.8 * 2 ** 30;

/** About what one base's worker takes while it extracts; 1.0 to 1.3 GB were measured. */
export function baseBytes(base: BaseId): number {
  const net = nets[base];
  // As they come off the disk, as a tensor, and as XNNPACK packs them.
  const weights = 3 * 4 * net.parameters;
  return workerBytes + weights + batch * peakActivationBytes(net, net.inputSize);
}

/** A base's worker, as far as it matters here. */
export interface Resident {
  readonly alive: boolean;
  terminate(): void;
}

export interface UseOptions {
  readonly signal?: AbortSignal;
  /** False: begin at once, whatever goes on. For what somebody waits for at the screen. */
  readonly wait?: boolean;
}

/**
 * Lets at most as many bases work at once, and stay in memory, as the machine has room and cores for; others wait
 * their turn. Idle workers go first, the least recently used before others, and never one that works.
 */
export class Residency {
  /** One entry for each piece of work. */
  readonly #working: BaseId[] = [];
  /** Most recently used last. */
  #recent: BaseId[] = [];
  readonly #waiting: { readonly base: BaseId; readonly start: () => void }[] = [];

  constructor(
    readonly worker: (base: BaseId) => Resident,
    readonly machine: Machine = thisMachine(),
  ) {}

  /** Does work with a base once there is room for it. Rejects with `cancelled` when the signal fires before that. */
  async use<T>(base: BaseId, work: () => Promise<T>, { signal, wait = true }: UseOptions = {}): Promise<T> {
    if (signal?.aborted) throw cancelled();
    if (wait && (this.#waiting.length > 0 || !this.#hasRoom(base))) await this.#turn(base, signal);
    else this.#begin(base);
    try {
      return await work();
    } finally {
      this.#working.splice(this.#working.indexOf(base), 1);
      this.#trim();
      while (this.#waiting.length > 0 && this.#hasRoom(this.#waiting[0]!.base))
        this.#waiting.shift()!.start();
    }
  }

  #turn(base: BaseId, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1);
        reject(cancelled());
      };
      const entry = {
        base,
        start: () => {
          signal?.removeEventListener('abort', abort);
          this.#begin(base);
          resolve();
        },
      };
      this.#waiting.push(entry);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  #begin(base: BaseId): void {
    this.#working.push(base);
    this.#recent = [...this.#recent.filter((other) => other !== base), base];
    this.#trim();
  }

  #hasRoom(base: BaseId): boolean {
    const working = new Set(this.#working);
    if (working.size === 0 || working.has(base)) return true;
    working.add(base);
    return working.size <= this.machine.cores && total(working) <= this.machine.memory;
  }

  /** Ends idle workers until those that are left fit. */
  #trim(): void {
    const working = new Set(this.#working);
    const alive = new Set(this.#recent.filter((base) => working.has(base) || this.worker(base).alive));
    for (const base of this.#recent) {
      if (total(alive) <= this.machine.memory) return;
      if (working.has(base) || !alive.delete(base)) continue;
      this.worker(base).terminate();
    }
  }
}

function total(bases: Iterable<BaseId>): number {
  return Array.from(bases, baseBytes).reduce((sum, bytes) => sum + bytes, 0);
}
