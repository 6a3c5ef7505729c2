import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Finding } from '../../engine/audit/finding';
import { base, controls } from '../styles';
import { icon } from './icon';

/** Where the data set is used: that it has problems, with the way to them. Sends `show-findings`. */
@customElement('finding-notice')
export class FindingNotice extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .notice {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0.25rem 0.75rem;
        padding: 0.75rem 1rem;
        border: 1px solid var(--danger);
        border-radius: var(--radius);
        background: var(--danger-soft);
      }
      .sign {
        padding-top: 0.1875rem;
        color: var(--danger);
      }
      p {
        overflow-wrap: anywhere;
      }
      .message {
        font-weight: 600;
      }
      button {
        margin-top: 0.5rem;
      }
    `,
  ];

  /** Those that make results wrong or a run impossible. */
  @property({ attribute: false }) findings: readonly Finding[] = [];

  override render() {
    const { findings } = this;
    if (findings.length === 0) return nothing;
    return html`<div class="notice" role="note" aria-label="Problem with the data">
      <span class="sign">${icon('warning', 20)}</span>
      <div>
        ${findings.map(({ message }) => html`<p class="message">${message}</p>`)}
        <button class="small" @click=${() => this.dispatchEvent(new Event('show-findings'))}>
          See it in the data check
        </button>
      </div>
    </div>`;
  }
}
