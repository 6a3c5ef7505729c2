import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { RunResult } from '../../engine/run';
import { baseColour } from '../base-style';
import { classes, count, date, decimal, duration, images, integer, percent } from '../format';
import { settingsText } from '../plan';
import { runScore } from '../results-view';
import { base, controls } from '../styles';
import { icon } from './icon';
import type { Stat } from './stat-list';
import './stat-list';

/** A finished run: how good, how long, with what. Sends `run-remove` and `run-toggle`. */
@customElement('run-card')
export class RunCard extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .card {
        display: grid;
        gap: 0.875rem;
        height: 100%;
        padding: 0.875rem 1rem;
        border-left: 4px solid var(--colour);
        align-content: start;
      }
      header {
        display: flex;
        gap: 0.75rem;
        align-items: start;
      }
      h3 {
        flex: 1;
        overflow-wrap: anywhere;
      }
      .score {
        font-size: 2rem;
        font-weight: 650;
        line-height: 1.1;
        letter-spacing: -0.02em;
      }
      .shown {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        min-height: 2rem;
        font-size: var(--small);
        white-space: nowrap;
      }
      .foot {
        margin: -0.25rem 0 -0.375rem -0.625rem;
      }
    `,
  ];

  @property({ attribute: false }) result!: RunResult;
  @property() name = '';
  /** Whether its curves are in the charts. */
  @property({ type: Boolean }) shown = true;

  override render() {
    const { result } = this;
    const { kept, images: held } = runScore(result);
    return html`<article
      class="card"
      aria-label=${this.name}
      style=${styleMap({ '--colour': baseColour(result.base) })}
    >
      <header>
        <h3>${this.name}</h3>
        <label class="shown">
          <input
            type="checkbox"
            .checked=${this.shown}
            aria-label=${`Show ${this.name} in the charts`}
            @change=${() => this.dispatchEvent(new Event('run-toggle'))}
          />
          In charts
        </label>
      </header>
      <div>
        <p class="score figures">${kept ? percent(kept.valAccuracy) : '–'}</p>
        <p class="small muted">validation accuracy, on ${images(held)} never trained on</p>
      </div>
      <stat-list .stats=${this.#stats()}></stat-list>
      <details>
        <summary class="small">Settings</summary>
        <p class="small">${settingsText(result.request)}.</p>
        <p class="small muted">
          ${classes(result.classes.length)}; ${date(result.finishedAt)}; weights
          <code title=${result.weightsDigest}>${result.weightsDigest.slice(0, 12)}</code>.
        </p>
      </details>
      <div class="row foot">
        <button
          class="quiet small danger"
          aria-label=${`Remove run ${this.name}`}
          @click=${() => this.dispatchEvent(new Event('run-remove'))}
        >
          ${icon('trash', 16)} Remove run
        </button>
      </div>
    </article>`;
  }

  #stats(): Stat[] {
    const { timing, history, bestEpoch, backend, split } = this.result;
    const { highest } = runScore(this.result);
    const last = history.at(-1);
    return [
      {
        label: 'Highest',
        value: highest ? percent(highest.valAccuracy) : '–',
        note: highest ? `epoch ${highest.epoch}` : '',
      },
      {
        label: 'Last epoch',
        value: last ? percent(last.valAccuracy) : '–',
        note: last ? `epoch ${last.epoch}` : '',
      },
      { label: 'Head carries', value: `Epoch ${bestEpoch}`, note: `of ${history.length}` },
      {
        label: 'Extraction',
        value: timing.extractedImages === 0 ? 'From the store' : duration(timing.extractMs / 1000),
        note:
          timing.imagesPerSecond === null
            ? ''
            : `${count(timing.extractedImages, 'image')}, ${decimal(timing.imagesPerSecond)}/s`,
      },
      {
        label: 'Training',
        value: duration(timing.trainMs / 1000),
        note: `${integer(split.train.length)} images`,
      },
      { label: 'Backend', value: backend },
    ];
  }
}
