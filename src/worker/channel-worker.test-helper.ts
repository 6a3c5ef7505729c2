import { expose } from 'comlink';
import type { EngineApi } from './api';

/** A worker without a thread: the same messages, over a channel. */
export class ChannelWorker extends EventTarget {
  readonly #port: MessagePort;
  terminated = false;

  constructor(api: Partial<EngineApi>) {
    super();
    const { port1, port2 } = new MessageChannel();
    expose(api, port2);
    this.#port = port1;
    port1.onmessage = ({ data }) =>
      this.dispatchEvent(new MessageEvent('message', { data: data as unknown }));
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  crash(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }

  terminate(): void {
    this.terminated = true;
    this.#port.close();
  }
}
