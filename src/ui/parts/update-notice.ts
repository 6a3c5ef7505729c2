import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base, controls } from '../styles';
import { banners } from '../surfaces';
import { words } from '../words';

/** Says that a newer version of the page is ready, and loads it when the user wants. */
@customElement('update-notice')
export class UpdateNotice extends LitElement {
  static override styles = [base, controls, banners];

  /** Null: this is the newest version. */
  @property({ attribute: false }) takeOver: (() => void) | null = null;

  override render() {
    const { takeOver } = this;
    // The live region is there before its text, or it would not be read out.
    return html`<div role="status">
      ${
        takeOver
          ? html`<div class="notice">
              <p>${words.page.newerVersion}</p>
              <button class="small" @click=${takeOver}>${words.page.loadIt}</button>
            </div>`
          : nothing
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'update-notice': UpdateNotice;
  }
}
