import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Finding } from '../../engine/audit/finding';
import { base, controls } from '../styles';
import { notices } from '../surfaces';
import { icon } from './icon';
import { words } from '../words';

/** Where the data set is used: that it has problems, with the way to them. Sends `show-findings`. */
@customElement('finding-notice')
export class FindingNotice extends LitElement {
  static override styles = [
    base,
    controls,
    notices,
    css`
      p {
        overflow-wrap: anywhere;
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
    return html`<div class="notice" role="note" aria-label=${words.audit.problem}>
      <span class="sign">${icon('warning', 20)}</span>
      <div>
        ${findings.map((one) => html`<p class="message">${words.engine.finding(one).message}</p>`)}
        <button class="small" @click=${() => this.dispatchEvent(new Event('show-findings'))}>
          ${words.audit.seeIt}
        </button>
      </div>
    </div>`;
  }
}
