import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { TransferCase } from '../../engine/analysis/advice';
import './case-picture';
import { icon } from './icon';
import { base } from '../styles';
import { words } from '../words';

/** The four cases of transfer learning as a table of two by two, the measured one marked. */
@customElement('case-map')
export class CaseMap extends LitElement {
  static override styles = [
    base,
    css`
      table {
        width: 100%;
        border-collapse: separate;
        border-spacing: 0.375rem;
        table-layout: fixed;
      }
      thead td,
      tbody th {
        width: 5.25rem;
      }
      th {
        padding: 0.25rem;
        color: var(--muted);
        font-size: var(--small);
        font-weight: 600;
        text-align: center;
      }
      tbody th {
        text-align: right;
      }
      tbody td {
        height: 5rem;
        padding: 0.5rem 0.625rem;
        border: 1px solid var(--line);
        border-radius: var(--radius-small);
        background: var(--sunken);
        font-size: var(--small);
        line-height: 1.35;
        vertical-align: top;
      }
      tbody td.fits {
        border: 2px solid var(--accent);
        background: var(--accent-soft);
      }
      strong {
        display: flex;
        gap: 0.25rem;
        align-items: center;
      }
      case-picture {
        padding-top: 0.5rem;
      }
      .fits strong {
        color: var(--accent);
      }
    `,
  ];

  /** Null: not measured. */
  @property({ attribute: false }) fits: TransferCase | null = null;

  override render() {
    return html`<table>
      <caption class="visually-hidden">
        ${words.advice.fourCases}
      </caption>
      <thead>
        <tr>
          <td></td>
          <th scope="col">${words.advice.few}</th>
          <th scope="col">${words.advice.many}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">${words.advice.similar}</th>
          ${this.#cell(1)}${this.#cell(2)}
        </tr>
        <tr>
          <th scope="row">${words.advice.different}</th>
          ${this.#cell(3)}${this.#cell(4)}
        </tr>
      </tbody>
    </table>`;
  }

  #cell(one: TransferCase) {
    const fits = this.fits === one;
    return html`<td class=${fits ? 'fits' : ''}>
      <strong
        >${fits ? icon('check', 16) : nothing}
        ${words.advice.caseOf(one)}${fits ? html`<span class="visually-hidden">${words.advice.theMeasured}</span>` : nothing}</strong
      >
      ${words.advice.done[one]}
      <case-picture .case=${one}></case-picture>
    </td>`;
  }
}
