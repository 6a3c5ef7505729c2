import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SessionState } from '../../session/state';
import { base, controls } from '../styles';
import { banners } from '../surfaces';
import { words } from '../words';
import { icon } from './icon';

/** Says that this tab may not change what is stored, or that nothing will be, and why. Sends `start-over`. */
@customElement('access-notice')
export class AccessNotice extends LitElement {
  static override styles = [
    base,
    controls,
    banners,
    css`
      svg {
        color: var(--accent);
      }
    `,
  ];

  @property({ attribute: false }) access: NonNullable<SessionState['access']> = 'write';
  @property({ attribute: false }) memory: SessionState['memory'] | null = null;

  override render() {
    const { access, memory } = this;
    // The live region is there before its text, or it would not be read out.
    return html`<div role="status">
      ${
        access === 'write'
          ? nothing
          : html`<div class="notice">
              ${icon('lock', 20)}
              <p>${access === 'read' ? words.tabs.reads : words.tabs.newer}</p>
              ${
                access === 'newer'
                  ? html`<button class="small" @click=${this.#startOver}>${words.tabs.startOver}</button>`
                  : nothing
              }
            </div>`
      }
      ${
        memory === null || memory === undefined
          ? nothing
          : html`<div class="notice">
              ${icon('disk', 20)}
              <p>${words.tabs.inMemory[memory]}</p>
            </div>`
      }
    </div>`;
  }

  #startOver(): void {
    this.dispatchEvent(new Event('start-over'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'access-notice': AccessNotice;
  }
}
