import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { curveAlarm } from '../../engine/results/curve-alarm';
import type { ExactFit, RunResult } from '../../engine/run';
import { baseColour } from '../base-style';
import { classes, count, date, decimal, duration, images, integer, percent } from '../format';
import { settingsText } from '../plan';
import { measured } from '../comparison-view';
import { runScore } from '../results-view';
import { base, controls } from '../styles';
import './curve-warning';
import { icon } from './icon';
import type { Stat } from './stat-list';
import './stat-list';

/** How an exact head was solved. */
function exactStats({ l2, gradientNorm, iterations, converged, cvScores }: ExactFit): Stat[] {
  return [
    {
      label: 'L2',
      value: decimal(l2),
      note: cvScores.length > 0 ? `best of ${cvScores.length} by cross-validation` : 'given',
    },
    {
      label: 'Gradient norm',
      value: gradientNorm.toExponential(1).replace('-', '−'),
      note: converged ? 'converged' : 'not converged',
    },
    { label: 'Iterations', value: integer(iterations), note: 'L-BFGS' },
  ];
}

/** A finished run: how good, how long, with what. Sends `run-pin`, `run-rename` and `run-remove`. */
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
      header .row {
        flex: none;
        gap: 0.25rem;
      }
      .foot {
        gap: 0.125rem;
        margin: -0.25rem 0 -0.375rem -0.625rem;
      }
    `,
  ];

  @property({ attribute: false }) result!: RunResult;
  @property() name = '';
  /** Whether it stays in the comparison when newer runs come. */
  @property({ type: Boolean }) pinned = false;

  override render() {
    const { result } = this;
    const { kept, images: held } = runScore(result);
    const interval = measured(kept, held);
    const { hidden, dropout } = result.request.head;
    const alarm = curveAlarm(result.history, hidden.length === 0 ? 0 : dropout);
    return html`<article
      class="card"
      aria-label=${this.name}
      style=${styleMap({ '--colour': baseColour(result.base) })}
    >
      <header>
        <h3>${this.name}</h3>
        ${this.pinned ? html`<p class="small muted row">${icon('pin', 16)} Pinned</p>` : nothing}
      </header>
      <div>
        <p class="score figures">${kept ? percent(kept.valAccuracy) : '–'}</p>
        <p class="small muted">
          validation accuracy, on ${images(held)} never trained
          on${interval ? html`; 95% interval ${percent(interval.low)} to ${percent(interval.high)}` : nothing}
        </p>
      </div>
      ${alarm ? html`<curve-warning brief .alarm=${alarm}></curve-warning>` : nothing}
      <stat-list .stats=${this.#stats()}></stat-list>
      <details>
        <summary class="small">Settings</summary>
        <p class="small">${settingsText(result.request, result.base)}.</p>
        <p class="small muted">
          ${classes(result.classes.length)}; ${date(result.finishedAt)}; weights
          <code title=${result.weightsDigest}>${result.weightsDigest.slice(0, 12)}</code>.
        </p>
      </details>
      <div class="row foot">
        <button
          class="quiet small"
          aria-label=${`${this.pinned ? 'Unpin' : 'Pin'} ${this.name}`}
          title="Pinned runs stay in the comparison"
          @click=${() => this.dispatchEvent(new Event('run-pin'))}
        >
          ${icon('pin', 16)} ${this.pinned ? 'Unpin' : 'Pin'}
        </button>
        <button
          class="quiet small"
          aria-label=${`Rename ${this.name}`}
          @click=${() => this.dispatchEvent(new Event('run-rename'))}
        >
          ${icon('pencil', 16)} Rename
        </button>
        <button
          class="quiet small danger"
          aria-label=${`Remove run ${this.name}`}
          @click=${() => this.dispatchEvent(new Event('run-remove'))}
        >
          ${icon('trash', 16)} Remove
        </button>
      </div>
    </article>`;
  }

  #epochStats(): Stat[] {
    const { history, bestEpoch } = this.result;
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
    ];
  }

  #stats(): Stat[] {
    const { timing, backend, split, exact } = this.result;
    return [
      ...(exact ? exactStats(exact) : this.#epochStats()),
      {
        label: 'Extraction',
        value: timing.extractedImages === 0 ? 'From the store' : duration(timing.extractMs / 1000),
        note:
          timing.imagesPerSecond === null
            ? ''
            : `${count(timing.extractedImages, 'image')}, ${decimal(timing.imagesPerSecond)}/s`,
      },
      {
        label: exact ? 'Solving' : 'Training',
        value: duration(timing.trainMs / 1000),
        note: `${integer(split.train.length)} images`,
      },
      { label: 'Backend', value: backend },
    ];
  }
}
