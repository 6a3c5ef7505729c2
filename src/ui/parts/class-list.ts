import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { ClassView } from '../dataset-view';
import { sharesText } from '../dataset-view';
import { integer } from '../format';
import { rove } from '../rove';
import { base } from '../styles';
import { words } from '../words';

export class ClassPick extends Event {
  constructor(readonly label: string) {
    super('class-pick');
  }
}

/** The classes with their counts; the bars show at a glance whether they are balanced. */
@customElement('class-list')
export class ClassList extends LitElement {
  static override styles = [
    base,
    css`
      [role='listbox'] {
        max-height: var(--list-height, 28.5rem);
        padding: 0.375rem;
        overflow: auto;
        overscroll-behavior: contain;
      }
      [role='option'] {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 0.75rem;
        padding: 0.4375rem 0.625rem 0.5rem;
        border-radius: var(--radius-small);
        cursor: pointer;
      }
      [role='option']:hover {
        background: var(--sunken);
      }
      [aria-selected='true'],
      [aria-selected='true']:hover {
        background: var(--accent-soft);
      }
      :focus-visible {
        outline-offset: -2px;
      }
      [aria-selected='true'] .label {
        font-weight: 600;
      }
      .shares,
      .bar {
        grid-column: 1 / -1;
      }
      .bar {
        height: 3px;
        margin-top: 0.25rem;
        border-radius: 3px;
        background: var(--line);
      }
      @media print {
        [role='listbox'] {
          max-height: none;
          columns: 12rem;
        }
        [role='option'] {
          padding-block: 0.125rem 0.25rem;
          break-inside: avoid;
        }
        [role='option'][aria-selected='true'] {
          background: none;
        }
        [aria-selected='true'] .label {
          font-weight: inherit;
        }
      }
      .bar span {
        display: block;
        height: 100%;
        min-width: 3px;
        border-radius: 3px;
        background: var(--accent);
      }
    `,
  ];

  @property({ attribute: false }) classes: readonly ClassView[] = [];
  @property() chosen: string | null = null;
  #follow = false;

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('chosen') || !this.#follow) return;
    this.#follow = false;
    const option = this.renderRoot.querySelector<HTMLElement>('[aria-selected="true"]');
    option?.focus();
    option?.scrollIntoView({ block: 'nearest' });
  }

  override render() {
    const most = Math.max(1, ...this.classes.map(({ records }) => records.length));
    return html`<div
      role="listbox"
      aria-label=${words.data.classes}
      @click=${this.#clicked}
      @keydown=${this.#pressed}
    >
      ${this.classes.map(
        ({ label, records, shares }, index) =>
          html`<div
            role="option"
            aria-selected=${label === this.chosen ? 'true' : 'false'}
            tabindex=${label === this.chosen ? 0 : -1}
            data-index=${index}
            title=${label}
          >
            <span class="label ellipsis"><bdi>${label}</bdi></span>
            <span class="figures muted"
              >${integer(records.length)}<span class="visually-hidden"> ${words.data.images}</span></span
            >
            ${shares ? html`<span class="shares small muted">${sharesText(shares)}</span>` : nothing}
            <span class="bar"
              ><span style=${styleMap({ width: `${(100 * records.length) / most}%` })}></span
            ></span>
          </div>`,
      )}
    </div>`;
  }

  #indexOf(event: Event): number {
    return Number((event.target as Element).closest<HTMLElement>('[data-index]')?.dataset.index ?? -1);
  }

  readonly #clicked = (event: Event): void => this.#pick(this.#indexOf(event));

  readonly #pressed = (event: KeyboardEvent): void => {
    const to = rove(event.key, this.#indexOf(event), this.classes.length);
    if (to === null) return;
    event.preventDefault();
    this.#follow = true;
    this.#pick(to);
  };

  #pick(index: number): void {
    const picked = this.classes[index];
    if (picked) this.dispatchEvent(new ClassPick(picked.label));
  }
}
