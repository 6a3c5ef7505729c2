import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { BaseId } from '../engine/nets';
import type { SessionView } from '../session/intents';
import { baseTitle } from './base-style';
import { list } from './format';
import { icon } from './parts/icon';
import './parts/sweep-chart';
import { obstacle } from './plan';
import { SessionController } from './session-controller';
import { base, controls } from './styles';
import { sweepPoints, sweptCuts } from './sweep-view';
import { words } from './words';

/** Runs a base at several cuts, and draws what came of it. */
@customElement('cut-sweep')
export class CutSweep extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .inside {
        display: grid;
        gap: 0.875rem;
        padding-top: 0.75rem;
      }
      summary {
        width: fit-content;
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @property({ attribute: false }) base: BaseId = 'resnet50';
  /** While it is going on. */
  @state() private abort: AbortController | null = null;
  readonly #controller = new SessionController(this, (session) => [
    session.request,
    session.results,
    session.dataset,
    session.lanes.map(({ phase }) => phase).join(),
    session.audit,
  ]);

  override render() {
    const { state: session } = this.#controller;
    if (!session) return nothing;
    const points = sweepPoints(session, this.base);
    const left = this.#left();
    const reason = this.#reason();
    return html`<details ?open=${points.length > 1}>
      <summary>${words.cut.sweep}</summary>
      <div class="inside">
        <p class="small">${words.cut.sweepText(baseTitle(this.base), list(sweptCuts(this.base)))}</p>
        <div class="row">
          ${
            this.abort
              ? html`<button @click=${() => this.abort?.abort()}>
                    ${icon('close', 16)} ${words.cut.stopSweep}
                  </button>
                  <span class="small muted">${words.cut.shownNext}</span>`
              : html`<button
                    aria-disabled=${reason || left.length === 0 ? 'true' : 'false'}
                    @click=${this.#start}
                  >
                    ${icon('play', 16)} ${words.cut.sweep}
                  </button>
                  <span class="small muted"
                    >${
                      left.length === 0
                        ? words.cut.allCutsRun
                        : reason || words.cut.sweepLeft(left.length, sweptCuts(this.base).length)
                    }</span
                  >`
          }
        </div>
        ${
          points.length > 1 ? html`<sweep-chart .base=${this.base} .points=${points}></sweep-chart>` : nothing
        }
      </div>
    </details>`;
  }

  #left(): string[] {
    const done = sweepPoints(this.session!.state, this.base).map(({ cut }) => cut);
    return sweptCuts(this.base).filter((cut) => !done.includes(cut));
  }

  /** What the form says of the tail does not matter here. */
  #reason(): string {
    const { state: session } = this.session!;
    return obstacle({ ...session, request: { ...session.request, tail: 'remove' } });
  }

  readonly #start = async (): Promise<void> => {
    const left = this.#left();
    if (!this.session || this.abort || left.length === 0 || this.#reason()) return;
    this.abort = new AbortController();
    try {
      await this.session.sweep(this.base, left, { signal: this.abort.signal });
    } finally {
      this.abort = null;
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cut-sweep': CutSweep;
  }
}
