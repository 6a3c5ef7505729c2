import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import {
  columns,
  comparisonTable,
  sorted,
  type Column,
  type ComparisonRow,
  type Sorting,
} from '../comparison-view';
import type { RunCurves } from '../results-view';
import { save } from '../save';
import { base, controls } from '../styles';
import { scrollEdge } from '../surfaces';
import { csv } from './chart-export';
import { seriesMark } from './chart-signs';
import { RunToggle } from './curve-readout';
import { icon } from './icon';
import { sortHeader } from './sort-header';
import { words } from '../words';

/** Every finished run in figures, sortable; scrolls in a box of its own. Sends `run-toggle`. */
@customElement('comparison-table')
export class ComparisonTable extends LitElement {
  static override styles = [
    base,
    controls,
    scrollEdge,
    css`
      .card {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        overflow: hidden;
      }
      header,
      footer {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1rem;
        align-items: center;
        justify-content: space-between;
        padding: 0.5rem 0.5rem 0.5rem 1rem;
      }
      footer {
        padding: 0.625rem 1rem 0.75rem;
      }
      .scroll {
        border-top: 1px solid var(--line);
        border-bottom: 1px solid var(--line);
      }
      table {
        width: 100%;
        border-collapse: separate;
        border-spacing: 0;
        font-size: var(--small);
        font-variant-numeric: tabular-nums;
        line-height: 1.35;
      }
      th,
      td {
        padding: 0.5rem 0.75rem;
        text-align: right;
        vertical-align: top;
        font-weight: 400;
        white-space: nowrap;
      }
      tbody tr + tr > * {
        border-top: 1px solid var(--line);
      }
      .text {
        text-align: left;
      }
      thead th {
        padding: 0.25rem 0.375rem;
        vertical-align: bottom;
        border-bottom: 1px solid var(--line);
      }
      thead button {
        width: 100%;
        min-height: 2.75rem;
        padding: 0.25rem 0.375rem;
        border: 0;
        align-items: end;
        justify-content: end;
        background: none;
        color: var(--muted);
        font-size: var(--small);
        line-height: 1.25;
        text-align: inherit;
        white-space: normal;
      }
      thead .text button {
        justify-content: start;
      }
      thead button:hover {
        background: var(--accent-soft);
      }
      [aria-sort='ascending'] button,
      [aria-sort='descending'] button {
        color: var(--accent);
      }
      .arrow {
        flex: none;
        width: 0.5rem;
      }
      th:first-child {
        position: sticky;
        left: 0;
        z-index: 1;
        min-width: 15rem;
        max-width: 18rem;
        background: var(--surface);
        white-space: normal;
      }
      thead th:first-child {
        padding-left: 0.625rem;
      }
      tbody th {
        padding-left: 1rem;
        box-shadow: 1px 0 0 var(--line);
      }
      label {
        display: grid;
        grid-template-columns: auto 0.75rem minmax(0, 1fr);
        gap: 0.5rem;
        font-weight: 550;
        overflow-wrap: anywhere;
      }
      label svg {
        margin-top: 0.1875rem;
        overflow: visible;
      }
      .note {
        display: block;
        color: var(--muted);
      }
      .pinned {
        color: var(--muted);
        font-weight: 400;
      }
      /* On paper's width; how long bottlenecks are follows from the base and the cut. */
      @media print {
        table {
          font-size: 0.5rem;
        }
        th,
        td,
        thead th,
        tbody th {
          min-width: 0 !important;
          padding: 0.125rem 0.1875rem !important;
          font-size: inherit;
          white-space: normal;
        }
        th:first-child {
          position: static;
        }
        label {
          grid-template-columns: auto minmax(3.75rem, 1fr);
          gap: 0.25rem;
          overflow-wrap: break-word;
        }
        label input,
        .features {
          display: none;
        }
      }
      @media (max-width: 700px) {
        th:first-child {
          min-width: 9.75rem;
          max-width: 9.75rem;
        }
        tbody th {
          padding: 0.5rem 0.5rem 0.5rem 0.625rem;
        }
        label {
          gap: 0.375rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) rows: readonly ComparisonRow[] = [];
  /** Those that are in the charts, or were. */
  @property({ attribute: false }) curves: readonly RunCurves[] = [];
  @state() private sorting: Sorting | null = null;

  override render() {
    const rows = sorted(this.rows, this.sorting);
    const held = new Set(this.rows.map(({ validationImages }) => validationImages));
    return html`<div class="card">
      <header>
        <h3 id="title">${words.comparison.title}</h3>
        <button class="quiet small" @click=${this.#save}>
          ${icon('download', 16)} ${words.comparison.save}
        </button>
      </header>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="title">
        <table>
          <caption class="visually-hidden">
            ${words.comparison.caption}
          </caption>
          <thead>
            <tr>
              ${this.#header('name', words.comparison.run, true)}
              ${columns.map((column) => this.#header(column.id, words.comparison.columns[column.id], isText(column)))}
            </tr>
          </thead>
          <tbody>
            ${repeat(
              rows,
              ({ id }) => id,
              (row) => this.#row(row),
            )}
          </tbody>
        </table>
      </div>
      <footer class="small muted">
        <p>${words.comparison.how(held.size === 1 ? [...held][0]! : null)}</p>
      </footer>
    </div>`;
  }

  #header(id: string, title: string, text: boolean) {
    const classes = `${id} ${text ? 'text' : ''}`;
    return sortHeader({ id, title, classes }, this.sorting, (sorting) => (this.sorting = sorting));
  }

  #row(row: ComparisonRow) {
    const curve = this.curves.find(({ id }) => id === row.id);
    const shown = curve?.shown ?? false;
    return html`<tr>
      <th scope="row" class="text">
        <label>
          <input
            type="checkbox"
            .checked=${shown}
            aria-label=${words.comparison.compare(row.name)}
            @change=${(event: Event) =>
              this.dispatchEvent(new RunToggle(row.id, (event.target as HTMLInputElement).checked))}
          />
          ${curve && shown ? seriesMark(curve) : html`<span></span>`}
          <span
            >${row.name}${row.pinned ? html` <span class="pinned">${words.comparison.pinned}</span>` : nothing}</span
          >
        </label>
      </th>
      ${columns.map((column) => {
        const note = column.note?.(row);
        return html`<td class="${column.id} ${isText(column) ? 'text' : ''}">
          ${column.text(row)}${note ? html`<span class="note">${note}</span>` : nothing}
        </td>`;
      })}
    </tr>`;
  }

  readonly #save = (): void => {
    const text = csv(comparisonTable(sorted(this.rows, this.sorting)));
    save(new Blob([text], { type: 'text/csv' }), 'headway-comparison.csv');
  };
}

const isText = ({ id }: Column): boolean => ['base', 'cut', 'head'].includes(id);
