import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles';

export interface Tab {
  /** Also the name of the slot that holds its panel. */
  readonly id: string;
  readonly title: string;
}

export class TabSelect extends Event {
  constructor(readonly tab: string) {
    super('tab-select');
  }
}

/**
 * Tabs over panels that are slotted by the tabs' ids (WAI-ARIA's pattern: one tab stop, arrows select). Sends
 * `tab-select`.
 */
@customElement('tab-set')
export class TabSet extends LitElement {
  static override styles = [
    base,
    css`
      [role='tablist'] {
        display: flex;
        gap: 0.25rem;
        overflow-x: auto;
        scrollbar-width: thin;
        border-bottom: 1px solid var(--line);
      }
      button {
        flex: none;
        min-height: 2.75rem;
        padding: 0 0.875rem;
        border: 0;
        border-bottom: 3px solid transparent;
        background: none;
        color: var(--muted);
        font: inherit;
        font-weight: 550;
        cursor: pointer;
        transition: color var(--quick);
      }
      button:hover {
        color: var(--ink);
      }
      button[aria-selected='true'] {
        border-color: var(--accent);
        color: var(--accent);
      }
      button:focus-visible {
        outline-offset: -3px;
        border-radius: var(--radius-small);
      }
      [role='tabpanel'] {
        padding-top: 1rem;
      }
      [role='tabpanel']:focus-visible {
        outline-offset: 4px;
      }
      @media print {
        /* The one that is open is the heading of what is printed. */
        [role='tablist'] {
          border: 0;
        }
        button:not([aria-selected='true']) {
          display: none;
        }
      }
      @media (max-width: 640px) {
        button {
          padding: 0 0.625rem;
          font-size: 0.9375rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) tabs: readonly Tab[] = [];
  @property({ attribute: false }) selected = '';
  /** What the tabs are about. */
  @property() label = '';

  override render() {
    return html`
      <div role="tablist" aria-label=${this.label} @keydown=${this.#move}>
        ${this.tabs.map(
          ({ id, title }) =>
            html`<button
              type="button"
              role="tab"
              id=${`tab-${id}`}
              aria-controls=${`panel-${id}`}
              aria-selected=${id === this.selected}
              tabindex=${id === this.selected ? 0 : -1}
              @click=${() => this.#select(id)}
            >
              ${title}
            </button>`,
        )}
      </div>
      ${this.tabs.map(
        ({ id }) =>
          html`<div
            role="tabpanel"
            id=${`panel-${id}`}
            aria-labelledby=${`tab-${id}`}
            ?hidden=${id !== this.selected}
          >
            <slot name=${id}></slot>
          </div>`,
      )}
    `;
  }

  #select(id: string): void {
    if (id !== this.selected) this.dispatchEvent(new TabSelect(id));
  }

  readonly #move = (event: KeyboardEvent): void => {
    const index = this.tabs.findIndex(({ id }) => id === this.selected);
    const last = this.tabs.length - 1;
    const to: Record<string, number> = {
      ArrowRight: index === last ? 0 : index + 1,
      ArrowLeft: index === 0 ? last : index - 1,
      Home: 0,
      End: last,
    };
    const tab = this.tabs[to[event.key] ?? -1];
    if (!tab) return;
    event.preventDefault();
    this.#select(tab.id);
    this.renderRoot.querySelector<HTMLElement>(`#tab-${tab.id}`)?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'tab-set': TabSet;
  }
}
