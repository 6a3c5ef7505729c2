import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { RecordLookup } from '../session/records';
import type { RunReport } from '../engine/results/report';
import { evaluationStyles } from './evaluation-styles';
import { behind, reportStats, type Cell } from './evaluation-view';
import { images, integer, percent } from './format';
import './parts/class-metrics';
import './parts/confusion-list';
import type { CellPick } from './parts/confusion-matrix';
import './parts/confusion-matrix';
import { icon } from './parts/icon';
import './parts/image-strip';
import './parts/stat-list';
import { base, controls } from './styles';
import type { Thumbnails } from './thumbnails';
import { words } from './words';

/** How often a run is right, and which classes it takes for which; the images behind every cell. */
@customElement('evaluation-overview')
export class EvaluationOverview extends LitElement {
  static override styles = [base, controls, evaluationStyles];

  @property({ attribute: false }) report!: RunReport;
  @property({ attribute: false }) records: RecordLookup = new Map();
  @property({ attribute: false }) thumbnails: Thumbnails | null = null;
  @state() private cell: Cell | null = null;
  @query('#cell') private cellHeading!: HTMLElement | null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('report')) this.cell = null;
  }

  override render() {
    const { summary, share, classes } = this.report;
    const { low, high } = summary.accuracyInterval;
    const wide = classes.length > 8 ? 'wide' : '';
    return html`
      <div class="card summary">
        <div>
          <p class="score figures">${percent(summary.accuracy)}</p>
          <p class="small muted">
            ${words.evaluation.accuracy[share](
              integer(summary.correct),
              images(summary.examples),
              words.advice.range(percent(low), percent(high)),
            )}
          </p>
        </div>
        <stat-list .stats=${reportStats(this.report)}></stat-list>
      </div>
      <div class="pair">
        <div class="card ${wide}">
          <confusion-matrix
            .report=${this.report}
            .picked=${this.cell}
            @cell-pick=${this.#open}
          ></confusion-matrix>
        </div>
        ${
          wide
            ? html`<confusion-list
                class="card wide"
                .report=${this.report}
                .picked=${this.cell}
                @cell-pick=${this.#open}
              ></confusion-list>`
            : nothing
        }
        ${this.cell ? this.#behind(this.cell) : nothing}
        <div class="card ${wide}">
          <class-metrics .report=${this.report}></class-metrics>
        </div>
      </div>
    `;
  }

  #behind(cell: Cell) {
    const { classes, predictions } = this.report;
    const shown = behind(predictions, cell);
    const [truth, answer] = [classes[cell.row]!, classes[cell.column]!];
    const title =
      cell.row === cell.column
        ? words.evaluation.recognised(html`<bdi>${truth}</bdi>`)
        : words.evaluation.called(html`<bdi>${truth}</bdi>`, html`<bdi>${answer}</bdi>`);
    return html`<section class="card strip wide" aria-labelledby="cell">
      <header>
        <h5 id="cell" tabindex="-1">${title}: ${images(shown.length)}</h5>
        <button
          class="quiet small"
          aria-label=${words.evaluation.closeImages}
          @click=${() => (this.cell = null)}
        >
          ${icon('close', 16)} ${words.evaluation.close}
        </button>
      </header>
      <image-strip
        label=${words.evaluation.calledText(truth, answer)}
        .predictions=${shown}
        .labels=${classes}
        .records=${this.records}
        .source=${this.thumbnails}
      ></image-strip>
    </section>`;
  }

  readonly #open = ({ cell }: CellPick): void => {
    this.cell = cell;
    void this.updateComplete.then(() => {
      this.cellHeading?.focus({ preventScroll: true });
      this.cellHeading?.scrollIntoView({ block: 'nearest' });
    });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'evaluation-overview': EvaluationOverview;
  }
}
