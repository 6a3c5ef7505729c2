import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { SessionView } from '../session/intents';
import type { LaneState } from '../session/state';
import { announcement, lanesSummary } from './lane-view';
import { isActive, isRunning } from './plan';
import type { LaneEvent } from './parts/run-lane';
import './parts/run-lane';
import { SessionController } from './session-controller';
import { base, controls } from './styles';
import { words } from './words';

/** The run in progress or the last one, a lane for each base. */
@customElement('run-panel')
export class RunPanel extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .lanes {
        display: grid;
        gap: 0.75rem;
        margin-top: 0.75rem;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 0.75rem;
        align-items: baseline;
      }
      .head .row {
        margin-left: auto;
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
          : html`<div class="head">
                <h3 tabindex="-1">${isRunning(state) ? words.lanes.running : words.lanes.lastRun}</h3>
                <p class="small muted">${lanesSummary(state.lanes)}</p>
                ${this.#all(state.lanes)}
              </div>
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

  /** Each lane has buttons of its own; these are for several at once. */
  #all(lanes: readonly LaneState[]) {
    const active = lanes.filter(isActive);
    if (active.length < 2) return nothing;
    const paused = active.every((lane) => lane.paused);
    const each = (action: 'pause' | 'resume' | 'cancel') => () =>
      active.forEach(({ base }) => this.session?.[action](base));
    return html`<div class="row">
      <button class="quiet small" @click=${each(paused ? 'resume' : 'pause')}>
        ${paused ? words.lanes.resumeAll : words.lanes.pauseAll}
      </button>
      <button class="quiet small" @click=${each('cancel')}>${words.lanes.cancelAll}</button>
    </div>`;
  }

  #act({ base }: LaneState, { action }: LaneEvent): void {
    void this.session?.[action](base);
  }
}
