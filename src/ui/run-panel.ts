import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { SessionView } from '../session/intents';
import type { LaneState } from '../session/state';
import { announcement } from './lane-view';
import { isRunning } from './plan';
import type { LaneEvent } from './parts/run-lane';
import './parts/run-lane';
import { SessionController } from './session-controller';
import { base } from './styles';

/** The run in progress or the last one, a lane for each base. */
@customElement('run-panel')
export class RunPanel extends LitElement {
  static override styles = [
    base,
    css`
      .lanes {
        display: grid;
        gap: 0.75rem;
        margin-top: 0.75rem;
      }
      h3:focus {
        outline: none;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @query('h3') private heading!: HTMLElement | null;
  readonly #controller = new SessionController(this, (state) => [state.lanes]);
  #announced: readonly LaneState[] = [];
  #news = '';

  /** Moves the reading position here: the button that started the run is done with. */
  go(): void {
    this.scrollIntoView({ block: 'nearest' });
    this.heading?.focus({ preventScroll: true });
  }

  protected override willUpdate(): void {
    const lanes = this.#controller.state?.lanes ?? [];
    const news = announcement(this.#announced, lanes);
    if (news !== '') this.#news = news;
    this.#announced = lanes;
  }

  override render() {
    const { state } = this.#controller;
    if (!state) return nothing;
    return html`
      <p class="visually-hidden" role="status">${this.#news}</p>
      ${
        state.lanes.length === 0
          ? nothing
          : html`<h3 tabindex="-1">${isRunning(state) ? 'Running' : 'Last run'}</h3>
              <div class="lanes">
                ${state.lanes.map(
                  (lane) =>
                    html`<run-lane
                      .lane=${lane}
                      @lane-action=${(event: LaneEvent) => this.#act(lane, event)}
                    ></run-lane>`,
                )}
              </div>`
      }
    `;
  }

  #act({ base }: LaneState, { action }: LaneEvent): void {
    void this.session?.[action](base);
  }
}
