import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { chartSeries, type RunCurves } from '../results-view';
import { base } from '../styles';
import type { CursorMove } from './line-chart';
import './line-chart';

/** Accuracy and loss side by side, under one cursor. */
@customElement('run-curves')
export class RunCurvesElement extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr));
        gap: 1rem;
        align-items: start;
      }
      .card {
        padding: 1rem 1rem 0.5rem;
      }
    `,
  ];

  @property({ attribute: false }) runs: readonly RunCurves[] = [];
  @state() private cursor: number | null = null;

  override render() {
    return (['accuracy', 'loss'] as const).map(
      (metric) =>
        html`<div class="card">
          <line-chart
            .heading=${metric === 'accuracy' ? 'Accuracy' : 'Loss'}
            .format=${metric === 'accuracy' ? 'percent' : 'number'}
            .series=${chartSeries(this.runs, metric)}
            .cursor=${this.cursor}
            @cursor-move=${this.#move}
          ></line-chart>
        </div>`,
    );
  }

  readonly #move = (event: CursorMove): void => {
    this.cursor = event.x;
  };
}
