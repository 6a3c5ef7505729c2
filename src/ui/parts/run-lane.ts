import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { LaneState } from '../../session/state';
import { baseColour, baseTitle } from '../base-style';
import { laneStatus, phases, phaseView } from '../lane-view';
import { isActive } from '../plan';
import { base, controls } from '../styles';
import './error-notice';
import { icon } from './icon';
import './progress-bar';
import { words } from '../words';

export type LaneAction = 'pause' | 'resume' | 'cancel' | 'retry';

export class LaneEvent extends Event {
  constructor(readonly action: LaneAction) {
    super('lane-action');
  }
}

/** One base's way through a run: download, extract, train. */
@customElement('run-lane')
export class RunLane extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .card {
        display: grid;
        gap: 0.75rem;
        padding: 0.75rem 1rem 0.875rem;
        border-left: 4px solid var(--colour);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 0.75rem;
        align-items: center;
        min-height: 2.25rem;
      }
      .finished {
        gap: 0.25rem;
      }
      .finished header {
        min-height: 0;
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        gap: 0 1.25rem;
      }
      h3 {
        flex: 1 1 8rem;
      }
      .status {
        margin-left: 0.5rem;
        font-size: var(--small);
        font-weight: 400;
        color: var(--muted);
      }
      .failed {
        color: var(--danger);
        font-weight: 600;
      }
      .phases {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: 0.375rem 1.25rem;
      }
      @media (max-width: 860px) {
        .phases {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) lane!: LaneState;

  override render() {
    const { lane } = this;
    const title = baseTitle(lane.base);
    return html`<div
      class="card ${lane.phase === 'done' ? 'finished' : ''}"
      style=${styleMap({ '--colour': baseColour(lane.base) })}
    >
      <header>
        <h3>
          ${title}<span class="status ${lane.phase === 'failed' ? 'failed' : ''}">${laneStatus(lane)}</span>
        </h3>
        <div class="row">${this.#actions(title)}</div>
      </header>
      ${lane.phase === 'done' ? this.#done() : this.#phases()}
      ${lane.note && isActive(lane) ? html`<p class="small muted">${words.engine.note(lane.note)}</p>` : nothing}
      ${
        lane.phase === 'interrupted'
          ? html`<p class="small muted">${words.lanes.closedInTheMiddle}</p>`
          : nothing
      }
      ${
        lane.error && lane.phase === 'failed'
          ? html`<error-notice .error=${lane.error} .dismissable=${false}></error-notice>`
          : nothing
      }
    </div>`;
  }

  #phases() {
    const { lane } = this;
    return html`<div class="phases">
      ${phases.map((phase) => {
        const { mood, text } = phaseView(lane, phase);
        return html`<progress-bar
          label=${words.lanes.phases[phase]}
          mood=${mood}
          text=${text}
          .progress=${lane.progress[phase] ?? null}
        ></progress-bar>`;
      })}
    </div>`;
  }

  /** Three full bars would say less. */
  #done() {
    const facts = phases.map(
      (phase) => [words.lanes.phases[phase], phaseView(this.lane, phase).text] as const,
    );
    return html`<ul class="facts small muted figures">
      ${facts.map(([title, text]) => (text ? html`<li>${title}: ${text}</li>` : nothing))}
    </ul>`;
  }

  #actions(title: string) {
    const { lane } = this;
    const button = (action: LaneAction, text: string, sign: 'pause' | 'play' | 'close' | 'retry') =>
      html`<button
        class="small"
        aria-label=${`${text} ${title}`}
        @click=${() => this.dispatchEvent(new LaneEvent(action))}
      >
        ${icon(sign, 16)} ${text}
      </button>`;
    if (lane.phase === 'done') return nothing;
    if (lane.phase === 'failed') return button('retry', words.lanes.tryAgain, 'retry');
    if (!isActive(lane)) return button('retry', words.lanes.goOn, 'play');
    return html`
      ${lane.paused ? button('resume', words.lanes.resume, 'play') : button('pause', words.lanes.pause, 'pause')}
      ${button('cancel', words.page.cancel, 'close')}
    `;
  }
}
