import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { curveAlarm } from '../../engine/results/curve-alarm';
import type { ExactFit, RunResult } from '../../engine/run';
import { baseColour } from '../base-style';
import { classes, date, decimal, duration, images, integer, percent, scientific } from '../format';
import { settingsText } from '../plan';
import { measured } from '../comparison-view';
import { Narrow } from '../narrow';
import { runScore } from '../results-view';
import { base, controls } from '../styles';
import './curve-warning';
import { icon } from './icon';
import type { Stat } from './stat-list';
import './stat-list';
import { words } from '../words';

/** How an exact head was solved. */
function exactStats({ l2, gradientNorm, iterations, converged, cvScores }: ExactFit): Stat[] {
  return [
    {
      label: 'L2',
      value: decimal(l2),
      note: words.runs.exact.l2(cvScores.length),
    },
    {
      label: words.runs.gradientNorm,
      value: scientific(gradientNorm),
      note: words.runs.exact.converged(converged),
    },
    { label: words.runs.iterations, value: integer(iterations), note: 'L-BFGS' },
  ];
}

/** A finished run: how good, how long, with what. Sends `run-pin`, `run-rename` and `run-remove`. */
@customElement('run-card')
export class RunCard extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      /* As high as its neighbours; on paper that would run over a page's end. */
      @media screen {
        .card {
          height: 100%;
        }
      }
      .card {
        display: grid;
        gap: 0.875rem;
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
      details stat-list {
        margin: 0.5rem 0 0.75rem;
      }
      @media print {
        details::details-content {
          display: block;
          content-visibility: visible;
        }
        summary {
          display: none;
        }
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

  readonly #narrow = new Narrow(this);

  override render() {
    const { result } = this;
    const { kept, images: held } = runScore(result);
    const interval = measured(kept, held);
    const { hidden, dropout } = result.request.head;
    const narrow = this.#narrow.is;
    const stats = html`<stat-list .stats=${this.#stats()}></stat-list>`;
    const alarm = curveAlarm(result.history, hidden.length === 0 ? 0 : dropout);
    return html`<article
      class="card"
      aria-label=${this.name}
      style=${styleMap({ '--colour': baseColour(result.base) })}
    >
      <header>
        <h3>${this.name}</h3>
        ${this.pinned ? html`<p class="small muted row">${icon('pin', 16)} ${words.runs.pinned}</p>` : nothing}
      </header>
      <div>
        <p class="score figures">${kept ? percent(kept.valAccuracy) : '–'}</p>
        <p class="small muted">
          ${words.runs.accuracyOn(images(held))}${interval ? words.runs.interval(percent(interval.low), percent(interval.high)) : nothing}
        </p>
      </div>
      ${alarm ? html`<curve-warning brief .alarm=${alarm}></curve-warning>` : nothing}
      ${narrow ? nothing : stats}
      <details>
        <summary class="small">${narrow ? words.runs.figures : words.runs.settings}</summary>
        ${narrow ? stats : nothing}
        <p class="small">${settingsText(result.request, result.base)}.</p>
        <p class="small muted">
          ${classes(result.classes.length)}; ${date(result.finishedAt)}; ${words.runs.weights}
          <code title=${result.weightsDigest}>${result.weightsDigest.slice(0, 12)}</code>.
        </p>
      </details>
      <div class="row foot">
        <button
          class="quiet small"
          aria-label=${`${this.pinned ? words.runs.unpin : words.runs.pin} ${this.name}`}
          title=${words.runs.pinTitle}
          @click=${() => this.dispatchEvent(new Event('run-pin'))}
        >
          ${icon('pin', 16)} ${this.pinned ? words.runs.unpin : words.runs.pin}
        </button>
        <button
          class="quiet small"
          aria-label=${words.runs.renameNamed(this.name)}
          @click=${() => this.dispatchEvent(new Event('run-rename'))}
        >
          ${icon('pencil', 16)} ${words.runs.rename}
        </button>
        <button
          class="quiet small danger"
          aria-label=${words.runs.removeNamed(this.name)}
          @click=${() => this.dispatchEvent(new Event('run-remove'))}
        >
          ${icon('trash', 16)} ${words.runs.remove}
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
        label: words.runs.highest,
        value: highest ? percent(highest.valAccuracy) : '–',
        note: highest ? words.comparison.epoch(highest.epoch) : '',
      },
      {
        label: words.curves.lastEpoch,
        value: last ? percent(last.valAccuracy) : '–',
        note: last ? words.comparison.epoch(last.epoch) : '',
      },
      {
        label: words.runs.headCarries,
        value: words.curves.epoch(bestEpoch),
        note: words.runs.ofEpochs(history.length),
      },
    ];
  }

  #stats(): Stat[] {
    const { timing, backend, split, exact } = this.result;
    return [
      ...(exact ? exactStats(exact) : this.#epochStats()),
      {
        label: words.runs.extraction,
        value: timing.extractedImages === 0 ? words.comparison.fromStore : duration(timing.extractMs / 1000),
        note:
          timing.imagesPerSecond === null
            ? ''
            : `${images(timing.extractedImages)}, ${decimal(timing.imagesPerSecond)}/s`,
      },
      {
        label: exact ? words.runs.solving : words.runs.training,
        value: duration(timing.trainMs / 1000),
        note: words.runs.trainedOn(integer(split.train.length)),
      },
      { label: words.runs.backend, value: words.backend.titles[backend] },
    ];
  }
}
