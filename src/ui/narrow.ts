import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Updates its host when the window becomes narrow, by default as of a telephone held upright, or wide again. */
export class Narrow implements ReactiveController {
  readonly #query: MediaQueryList;
  readonly #changed: () => void;

  constructor(host: ReactiveControllerHost, pixels = 700) {
    // Paper is not narrow: it shows what the screen did.
    this.#query = matchMedia(`screen and (max-width: ${pixels}px)`);
    this.#changed = () => host.requestUpdate();
    host.addController(this);
  }

  get is(): boolean {
    return this.#query.matches;
  }

  hostConnected(): void {
    this.#query.addEventListener('change', this.#changed);
  }

  hostDisconnected(): void {
    this.#query.removeEventListener('change', this.#changed);
  }
}
