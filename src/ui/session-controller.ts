import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { SessionView } from '../session/intents';
import type { SessionState } from '../session/state';
import { nextFrame } from './next-frame';

export interface SessionHost extends ReactiveControllerHost {
  session: SessionView | null;
}

/**
 * Updates its host when the part of the session that the host reads has changed, at most once per animation frame:
 * a run tells of progress far more often than a screen can show it.
 */
export class SessionController implements ReactiveController {
  readonly #host: SessionHost;
  readonly #select: (state: SessionState) => readonly unknown[];
  #session: SessionView | null = null;
  #unsubscribe: (() => void) | null = null;
  #seen: readonly unknown[] = [];
  #frame: (() => void) | null = null;

  constructor(host: SessionHost, select: (state: SessionState) => readonly unknown[] = (state) => [state]) {
    this.#host = host;
    this.#select = select;
    host.addController(this);
  }

  get state(): SessionState | null {
    return this.#host.session?.state ?? null;
  }

  hostConnected(): void {
    this.#attach();
  }

  hostUpdate(): void {
    if (this.#host.session !== this.#session) this.#attach();
    if (this.state !== null) this.#seen = this.#select(this.state);
  }

  hostDisconnected(): void {
    this.#detach();
  }

  #attach(): void {
    this.#detach();
    this.#session = this.#host.session;
    this.#unsubscribe = this.#session?.subscribe(() => this.#schedule()) ?? null;
  }

  #detach(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#session = null;
    this.#frame?.();
    this.#frame = null;
  }

  #schedule(): void {
    if (this.#frame !== null) return;
    this.#frame = nextFrame(() => {
      this.#frame = null;
      const { state } = this;
      if (state === null) return;
      const now = this.#select(state);
      if (now.every((value, index) => value === this.#seen[index])) return;
      this.#host.requestUpdate();
      return this.#host.updateComplete;
    });
  }
}
