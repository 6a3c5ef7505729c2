import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RunReport } from '../../engine/results/report';
import { cellCount, mistakenCells, supports, type Cell } from '../evaluation-view';
import { images, percent } from '../format';
import { base, controls } from '../styles';
import { words } from '../words';
import { CellPick } from './confusion-matrix';

const few = 8;

/** What is taken for what most often, in words: of many classes a matrix shows the pattern but names nothing. Sends `cell-pick`. */
@customElement('confusion-list')
export class ConfusionList extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      ol {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr));
        gap: 0 1.5rem;
        margin: 0.25rem 0 0.5rem;
      }
      li {
        display: grid;
        border-bottom: 1px solid var(--line);
      }
      li button {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0.75rem;
        width: 100%;
        align-items: center;
        padding: 0.25rem 0.125rem;
        font-size: var(--small);
        border: 0;
        border-radius: 0;
        background: none;
        box-shadow: none;
        font-weight: 400;
        text-align: left;
      }
      li button[aria-pressed='true'] {
        background: var(--accent-soft);
      }
      /* They are words, too. */
      @media print {
        ol li button[aria-pressed] {
          display: grid !important;
        }
      }
      bdi {
        display: inline-block;
        max-width: 100%;
        overflow: hidden;
        white-space: nowrap;
        text-overflow: ellipsis;
        vertical-align: bottom;
      }
    `,
  ];

  @property({ attribute: false }) report!: RunReport;
  @property({ attribute: false }) picked: Cell | null = null;
  @state() private all = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('report')) this.all = false;
  }

  override render() {
    const { classes, confusion } = this.report;
    const rows = supports(confusion);
    const cells = mistakenCells(confusion);
    if (cells.length === 0) return nothing;
    const shown = this.all ? cells : cells.slice(0, few);
    return html`<section aria-labelledby="heading">
      <h4 id="heading">${words.confusion.mostOften}</h4>
      <ol>
        ${shown.map((cell) => {
          const n = cellCount(confusion, cell);
          const [truth, answer] = [classes[cell.row]!, classes[cell.column]!];
          const isPicked = this.picked?.row === cell.row && this.picked.column === cell.column;
          return html`<li>
            <button
              aria-pressed=${isPicked ? 'true' : 'false'}
              title=${words.evaluation.calledText(truth, answer)}
              @click=${() => this.dispatchEvent(new CellPick(cell))}
            >
              <span>${words.evaluation.called(html`<bdi>${truth}</bdi>`, html`<bdi>${answer}</bdi>`)}</span>
              <span class="figures muted">${images(n)} · ${percent(n / rows[cell.row]!, 0)}</span>
            </button>
          </li>`;
        })}
      </ol>
      ${
        shown.length < cells.length
          ? html`<button class="quiet small" @click=${() => (this.all = true)}>
              ${words.confusion.showAll(cells.length)}
            </button>`
          : nothing
      }
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'confusion-list': ConfusionList;
  }
}
