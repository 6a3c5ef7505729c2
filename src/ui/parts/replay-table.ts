import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { MeasuredShare } from '../comparison-view';
import { percent } from '../format';
import { faultKey, type ReplayRow } from '../replay-view';
import { base } from '../styles';
import { scrollEdge } from '../surfaces';
import { words } from '../words';

/** Validation accuracy after the last epoch: as published, here, in the study. */
@customElement('replay-table')
export class ReplayTable extends LitElement {
  static override styles = [
    base,
    scrollEdge,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--small);
        font-variant-numeric: tabular-nums;
      }
      .card {
        overflow: hidden;
      }
      h3 {
        padding: 0.75rem 1rem 0.5rem;
      }
      th,
      td {
        padding: 0.5rem 1rem;
        text-align: right;
        vertical-align: top;
        font-weight: 400;
        white-space: nowrap;
      }
      thead th {
        color: var(--muted);
      }
      tbody tr {
        border-top: 1px solid var(--line);
      }
      th:first-child,
      .why {
        text-align: left;
      }
      .why {
        min-width: 14rem;
        white-space: normal;
      }
      .why span {
        display: block;
      }
      .wrong {
        color: var(--danger);
      }
      .wrong {
        text-decoration: line-through;
        text-decoration-thickness: 1.5px;
      }
      .note {
        display: block;
        color: var(--muted);
      }
    `,
  ];

  @property({ attribute: false }) rows: readonly ReplayRow[] = [];
  @property({ type: Boolean }) study = false;

  override render() {
    return html`<div class="card">
      <h3>${words.replay.lastEpoch}</h3>
      <div class="scroll" tabindex="0" role="region" aria-label=${words.replay.lastEpoch}>
        <table>
          <caption class="visually-hidden">
            ${words.replay.publishedAndHere}
          </caption>
          <thead>
            <tr>
              <th scope="col">${words.replay.network}</th>
              <th scope="col">${words.replay.published}</th>
              <th scope="col" class="why">${words.replay.whatIsWrong}</th>
              <th scope="col">${words.replay.here}</th>
              ${this.study ? html`<th scope="col">${words.replay.study}</th>` : nothing}
            </tr>
          </thead>
          <tbody>
            ${this.rows.map((row) => this.#row(row))}
          </tbody>
        </table>
      </div>
    </div>`;
  }

  #row({ name, published, faults, here, study }: ReplayRow) {
    const leaked = faults.some(({ spoils }) => spoils === 'validation');
    return html`<tr>
      <th scope="row">${name}</th>
      <td>
        ${
          leaked
            ? html`<s class="wrong">${percent(published.valAccuracy)}</s>`
            : percent(published.valAccuracy)
        }
      </td>
      <td class="why">
        ${faults.map((fault) => html`<span><strong>${faultKey(fault)}</strong> ${words.replay.faults[fault.id].short}</span>`)}
      </td>
      <td>${this.#share(here)}</td>
      ${this.study ? html`<td>${this.#share(study)}</td>` : nothing}
    </tr>`;
  }

  #share(share: MeasuredShare | null) {
    if (share === null) return html`<span class="note">–</span>`;
    return html`${percent(share.value)}<span class="note"
        >${words.advice.range(percent(share.low), percent(share.high))}</span
      >`;
  }
}
