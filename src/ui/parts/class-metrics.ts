import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { AveragedMetrics } from '../../engine/results/confusion';
import type { RunReport } from '../../engine/results/report';
import type { Sorting } from '../comparison-view';
import { classColumns, classRows, classTable, type ClassColumn, type ClassRow } from '../evaluation-view';
import { integer, percent } from '../format';
import { save } from '../save';
import { base, controls } from '../styles';
import { csv } from './chart-export';
import { icon } from './icon';
import { sortHeader } from './sort-header';
import { words } from '../words';

/** Precision, recall, F1 and images of every class, sortable. */
@customElement('class-metrics')
export class ClassMetricsElement extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1rem;
        align-items: center;
        justify-content: space-between;
      }
      .scroll {
        max-height: min(36rem, 70vh);
        margin-top: 0.5rem;
        overflow: auto;
        overscroll-behavior: contain;
      }
      table {
        width: 100%;
        table-layout: fixed;
        border-collapse: separate;
        border-spacing: 0;
        font-size: var(--small);
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 0.375rem 0.25rem;
        border-bottom: 1px solid var(--line);
        text-align: right;
        font-weight: 400;
      }
      th:first-child {
        width: 30%;
        padding-left: 0;
        text-align: left;
      }
      thead th {
        position: sticky;
        top: 0;
        z-index: 1;
        padding-block: 0;
        background: var(--surface);
      }
      thead button {
        min-height: 2.25rem;
        padding: 0;
        gap: 0.125rem;
        border: 0;
        background: none;
        color: var(--muted);
        font-size: inherit;
        font-weight: 600;
        transition: none;
      }
      thead button:hover {
        color: var(--ink);
        text-decoration: underline;
      }
      .arrow {
        width: 0.875em;
      }
      .bar {
        display: block;
        height: 3px;
        margin-top: 2px;
        background: linear-gradient(to right, var(--accent) var(--share), var(--sunken) var(--share));
      }
      tfoot td,
      tfoot th {
        color: var(--muted);
      }
      tfoot tr:last-child > * {
        border-bottom: 0;
      }
      @media print {
        .scroll {
          max-height: none;
          overflow: visible;
        }
        thead th {
          position: static;
        }
        /* Once, not at the end of each page. */
        tfoot {
          display: table-row-group;
        }
      }
      @media (max-width: 480px) {
        /* Headings take the room that they need; long names of classes do not. */
        table {
          table-layout: auto;
          font-size: 0.75rem;
        }
        th,
        td {
          padding-inline: 0 0.25rem;
        }
        th:first-child {
          width: auto;
          max-width: 5.5rem;
        }
        thead th {
          vertical-align: bottom;
        }
        thead button {
          display: inline;
          width: 100%;
          padding-bottom: 0.375rem;
          font-weight: 400;
          line-height: 1.2;
          text-align: inherit;
          hyphens: manual;
          overflow-wrap: normal;
        }
        .arrow:empty {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) report!: RunReport;
  @state() private sorting: Sorting | null = null;

  override render() {
    const { byClass, summary } = this.report;
    return html`
      <header>
        <h4 id="title">${words.metrics.byClass}</h4>
        <button class="quiet small" @click=${this.#save}>
          ${icon('download', 16)} ${words.metrics.save}
        </button>
      </header>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="title">
        <table>
          <caption class="visually-hidden">
            ${words.metrics.caption}
          </caption>
          <thead>
            <tr>
              ${this.#header('name', words.metrics.class)}
              ${classColumns.map((id) => this.#header(id, words.metrics.columns[id]))}
            </tr>
          </thead>
          <tbody>
            ${repeat(
              classRows(this.report, this.sorting),
              ({ index }) => index,
              (row) => this.#row(row),
            )}
          </tbody>
          <tfoot>
            ${this.#average(words.metrics.mean, byClass.macro, summary.examples)}
            ${this.#average(words.metrics.weighted, byClass.weighted, summary.examples)}
          </tfoot>
        </table>
      </div>
    `;
  }

  #header(id: string, title: string) {
    return sortHeader({ id, title }, this.sorting, (sorting) => (this.sorting = sorting));
  }

  #row(row: ClassRow) {
    return html`<tr>
      <th scope="row" class="ellipsis" title=${row.label}><bdi>${row.label}</bdi></th>
      ${classColumns.map((id) => html`<td>${this.#cell(id, row[id])}</td>`)}
    </tr>`;
  }

  #cell(id: ClassColumn, value: number | null) {
    if (value === null) return html`–`;
    if (id === 'support') return integer(value);
    return html`${percent(value)}<span
        class="bar"
        aria-hidden="true"
        style=${styleMap({ '--share': `${value * 100}%` })}
      ></span>`;
  }

  #average(title: string, { precision, recall, f1 }: AveragedMetrics, images: number) {
    return html`<tr>
      <th scope="row">${title}</th>
      ${[precision, recall, f1].map((value) => html`<td>${percent(value)}</td>`)}
      <td>${integer(images)}</td>
    </tr>`;
  }

  readonly #save = (): void => {
    save(new Blob([csv(classTable(this.report))], { type: 'text/csv' }), 'headway-metrics-by-class.csv');
  };
}
