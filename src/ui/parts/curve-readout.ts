import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from 'lit/directives/style-map.js';
import { loss, percent } from '../format';
import { bothLines, type RunCurves, type ShownLines } from '../results-view';
import { base, controls } from '../styles';
import { lineSample, seriesMark } from './chart-signs';
import { words } from '../words';

/** A run to be taken into the charts, or out of them. */
export class RunToggle extends Event {
  constructor(
    readonly runId: string,
    readonly shown: boolean,
  ) {
    super('run-toggle', { bubbles: true, composed: true });
  }
}

/** The legend of accuracy and loss: which runs are drawn, and their values under the cursor. Sends `run-toggle`. */
@customElement('curve-readout')
export class CurveReadout extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .card {
        padding: 0.25rem 1rem 0.375rem;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--small);
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 0.25rem 0.5rem;
        text-align: right;
        font-weight: 400;
      }
      thead th {
        color: var(--muted);
        vertical-align: bottom;
      }
      thead .metric {
        padding-bottom: 0;
        color: var(--ink);
        font-weight: 600;
      }
      tbody tr {
        border-top: 1px solid var(--line);
      }
      th:first-child {
        padding-left: 0;
        text-align: left;
      }
      td:last-child,
      th:last-child {
        padding-right: 0;
      }
      .number {
        width: 7rem;
        white-space: nowrap;
      }
      .sample {
        display: inline-block;
        margin-right: 0.25rem;
        vertical-align: middle;
      }
      label {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        min-height: 1.75rem;
        overflow-wrap: anywhere;
      }
      label svg {
        overflow: visible;
      }
      .narrow {
        display: none;
      }
      tr.out td,
      tr.out .name {
        color: var(--muted);
      }
      @media (max-width: 700px) {
        .card {
          padding: 0.25rem 0.5rem 0.375rem;
        }
        th,
        td {
          padding: 0.25rem 0.125rem;
        }
        .number {
          width: 2.875rem;
        }
        thead .sample {
          display: block;
          margin: 0 0 0.125rem auto;
        }
        .wide {
          display: none;
        }
        .narrow {
          display: inline;
        }
        label {
          gap: 0.375rem;
        }
      }
      /* Names and figures do not fit beside each other: a name gets a row of its own. */
      @media (max-width: 480px) {
        table {
          display: grid;
          grid-template-columns: minmax(0, 1fr) repeat(calc(2 * var(--kinds)), auto);
        }
        thead,
        tbody,
        tr {
          display: grid;
          grid-column: 1 / -1;
          grid-template-columns: subgrid;
        }
        th,
        td {
          padding-inline: 0.25rem;
        }
        .metric {
          grid-column: span var(--kinds);
        }
        thead tr + tr th:first-child,
        td:first-of-type {
          grid-column-start: 2;
        }
        tbody th {
          grid-column: 1 / -1;
          padding-bottom: 0;
        }
        td {
          padding-top: 0;
        }
      }
    `,
  ];

  @property({ attribute: false }) runs: readonly RunCurves[] = [];
  @property({ attribute: false }) cursor: number | null = null;
  @property({ attribute: false }) lines: ShownLines = bothLines;

  override render() {
    const { cursor } = this;
    const kinds = (['validation', 'training'] as const).filter((kind) => this.lines[kind]);
    const head = kinds.map(
      (kind) =>
        html`<th scope="col" class="number line">
          ${lineSample(kind === 'validation' ? 'solid' : 'dashed')}<span class="wide"
            >${words.shares.names[kind === 'training' ? 'train' : kind]}</span
          ><span class="narrow">${words.curves.short[kind]}</span>
        </th>`,
    );
    return html`<div class="card">
      <table style=${styleMap({ '--kinds': Math.max(1, kinds.length) })}>
        <caption class="visually-hidden">
          ${words.curves.inCharts}
        </caption>
        <thead>
          <tr>
            <th rowspan="2" scope="col">
              ${cursor === null ? words.curves.lastEpoch : words.curves.epoch(cursor)}
            </th>
            <th class="metric" colspan=${Math.max(1, kinds.length)} scope="colgroup">
              ${words.curves.accuracy}
            </th>
            <th class="metric" colspan=${Math.max(1, kinds.length)} scope="colgroup">${words.curves.loss}</th>
          </tr>
          <tr>
            ${head}${head}
          </tr>
        </thead>
        <tbody>
          ${repeat(
            this.runs,
            ({ id }) => id,
            (run) => this.#row(run, kinds),
          )}
        </tbody>
      </table>
    </div>`;
  }

  #row(run: RunCurves, kinds: readonly (keyof ShownLines)[]) {
    const { cursor } = this;
    const at = cursor === null ? run.history.at(-1) : run.history.find(({ epoch }) => epoch === cursor);
    const shares = { validation: at?.valAccuracy, training: at?.accuracy };
    const losses = { validation: at?.valLoss, training: at?.loss };
    const text = (value: number | undefined, format: (value: number) => string) =>
      html`<td>${value === undefined ? '–' : format(value)}</td>`;
    return html`<tr class=${run.shown ? '' : 'out'}>
      <th scope="row">
        <label>
          <input
            type="checkbox"
            .checked=${run.shown}
            aria-label=${words.curves.show(run.name)}
            @change=${(event: Event) =>
              this.dispatchEvent(new RunToggle(run.id, (event.target as HTMLInputElement).checked))}
          />
          ${seriesMark(run)}
          <span class="name">
            <span class="wide">${run.name}</span><span class="narrow">${run.tag} ${run.label}</span>
          </span>
        </label>
      </th>
      ${kinds.map((kind) => text(shares[kind], percent))} ${kinds.map((kind) => text(losses[kind], loss))}
    </tr>`;
  }
}
