import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ErrorData } from '../../engine/errors';
import { base, controls } from '../styles';
import { icon } from './icon';
import { words } from '../words';

/** The facts for a report; where it is said by its code alone, what the engine said of it as well. */
function detailsOf({ message, advice, details }: ErrorData, said: string): string {
  return [...(said === message ? [] : [`${message} ${advice}`]), ...(details ? [details] : [])].join('\n');
}

/** Asks to be shown what is stored, and how to make room. */
export class FreeSpace extends Event {
  constructor() {
    super('free-space', { bubbles: true, composed: true });
  }
}

/** Asks to go on in memory, where nothing more can be stored. */
export class GoOnInMemory extends Event {
  constructor() {
    super('go-on-in-memory', { bubbles: true, composed: true });
  }
}

/**
 * What happened, what to do about it, and the facts for a report. Sends `dismiss`, and where they help `free-space` and
 * `go-on-in-memory`.
 */
@customElement('error-notice')
export class ErrorNotice extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .notice {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: 0.25rem 0.75rem;
        align-items: start;
        padding: 0.75rem 0.75rem 0.75rem 1rem;
        border: 1px solid var(--danger);
        border-radius: var(--radius);
        background: var(--danger-soft);
      }
      .sign {
        color: var(--danger);
        padding-top: 0.1875rem;
      }
      .message {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .close {
        color: var(--danger);
        padding: 0.25rem;
        min-width: 2rem;
      }
      .room {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        margin: 0.375rem 0 0.125rem;
      }
      details {
        margin-top: 0.25rem;
        font-size: var(--small);
      }
      /* It stays in sight while one scrolls, so that it must leave room for the rest. */
      @media (max-width: 700px) {
        .notice {
          column-gap: 0.5rem;
          padding: 0.5rem 0.375rem 0.5rem 0.625rem;
          font-size: var(--small);
        }
        .sign {
          padding-top: 0;
        }
        .close {
          margin-top: -0.25rem;
        }
      }
      pre {
        max-height: 12rem;
        margin: 0.25rem 0 0;
        overflow: auto;
        font-family: var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) error: ErrorData | null = null;
  @property({ type: Boolean }) dismissable = true;

  override render() {
    const { error } = this;
    const { message = '', advice = '' } = error ? words.engine.error(error) : {};
    const details = error ? detailsOf(error, message) : '';
    // The live region is there before its text, or it would not be read out.
    return html`<div role="alert">
      ${
        error === null
          ? nothing
          : html`<div class="notice">
              <span class="sign">${icon('warning', 20)}</span>
              <div>
                <p class="message">${message}</p>
                <p>${advice}</p>
                ${this.#room(error)}
                ${
                  details
                    ? html`<details>
                        <summary>${words.page.details(error.code)}</summary>
                        <pre>${details}</pre>
                      </details>`
                    : nothing
                }
              </div>
              ${
                this.dismissable
                  ? html`<button
                      class="close quiet small"
                      aria-label=${words.page.dismiss}
                      @click=${this.#dismiss}
                    >
                      ${icon('close')}
                    </button>`
                  : nothing
              }
            </div>`
      }
    </div>`;
  }

  #room({ code }: ErrorData) {
    if (code !== 'storage-full' && code !== 'memory-full') return nothing;
    return html`<div class="room">
      <button class="small" @click=${() => this.dispatchEvent(new FreeSpace())}>
        ${icon('disk', 16)} ${words.storage.free}
      </button>
      ${
        code === 'storage-full'
          ? html`<button class="small" @click=${() => this.dispatchEvent(new GoOnInMemory())}>
              ${words.storage.goOnInMemory}
            </button>`
          : nothing
      }
    </div>`;
  }

  #dismiss(): void {
    this.dispatchEvent(new Event('dismiss'));
  }
}
