import type { InputSpec } from '../engine/data/records';
import { transferred, type EngineClient } from '../worker/client';

/** A base's way to the decoder that it shares with the others. */
export interface DecoderLane {
  /** Goes to the base's worker. */
  readonly port: MessagePort;
  close(): void;
}

/** One worker that decodes for all bases of a run; it lives as long as somebody uses it. */
export class SharedDecoder {
  #next = 1;
  readonly #open = new Set<number>();

  constructor(readonly client: EngineClient) {}

  open(spec: InputSpec): DecoderLane {
    const { port1, port2 } = new MessageChannel();
    const id = this.#next++;
    this.#open.add(id);
    // Where this fails, the base finds nobody at the other end and decodes itself.
    void this.client.call((api) => api.serveSquares(id, transferred(port1), spec)).catch(() => undefined);
    return {
      port: port2,
      close: () => {
        if (!this.#open.delete(id)) return;
        // Its memory, squares that nobody fetched included, goes back to the system.
        if (this.#open.size === 0) this.client.terminate();
        else void this.client.call((api) => api.endSquares(id)).catch(() => undefined);
      },
    };
  }
}
