import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { bothLines, chartSeries, type RunCurves, type ShownLines } from '../results-view';
import { base, controls } from '../styles';
import './curve-readout';
import type { CursorMove } from './line-chart';
import './line-chart';
import type { LinesChange } from './line-toggles';
import './line-toggles';
import { words } from '../words';

/** Accuracy and loss side by side, under one cursor, with the values there. Lets `run-toggle` of the readout through. */
@customElement('run-curves')
export class RunCurvesElement extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.75rem;
      }
      .charts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr));
        gap: 1rem;
        align-items: start;
      }
      .card {
        padding: 1rem 1rem 0.5rem;
      }
      @media print {
        :host,
        .charts {
          display: block;
        }
        .card {
          margin-bottom: 0.75rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) runs: readonly RunCurves[] = [];
  @state() private cursor: number | null = null;
  @state() private lines: ShownLines = bothLines;

  override render() {
    return html`
      <line-toggles
        class="on-screen"
        .lines=${this.lines}
        @lines-change=${(event: LinesChange) => (this.lines = event.lines)}
      ></line-toggles>
      <div class="charts">
        ${(['accuracy', 'loss'] as const).map(
          (metric) =>
            html`<div class="card">
              <line-chart
                bare
                .heading=${metric === 'accuracy' ? words.curves.accuracy : words.curves.loss}
                .format=${metric === 'accuracy' ? 'percent' : 'number'}
                .series=${chartSeries(this.runs, metric, this.lines)}
                .cursor=${this.cursor}
                @cursor-move=${this.#move}
              ></line-chart>
            </div>`,
        )}
      </div>
      <curve-readout .runs=${this.runs} .cursor=${this.cursor} .lines=${this.lines}></curve-readout>
    `;
  }

  readonly #move = (event: CursorMove): void => {
    this.cursor = event.x;
  };
}
