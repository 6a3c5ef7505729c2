import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { ImageId, ImageRecord } from '../../engine/data/records';
import { gridWindow, scrollTo, type GridShape } from '../grid-window';
import { rove } from '../rove';
import { base } from '../styles';
import type { Thumbnails } from '../thumbnails';
import './thumb-image';
import { words } from '../words';

/** The image that the user has picked, or asks to remove (Delete). */
export class ThumbEvent extends Event {
  constructor(
    type: 'thumb-pick' | 'thumb-remove',
    readonly id: ImageId,
  ) {
    super(type);
  }
}

/** Thumbnails of any number of images; only those near the visible part are in the document. */
@customElement('thumb-grid')
export class ThumbGrid extends LitElement {
  static override styles = [
    base,
    css`
      .scroller {
        max-height: 24rem;
        padding: 0.25rem;
        overflow: auto;
        overscroll-behavior: contain;
        contain: content;
      }
      .all {
        position: relative;
      }
      .window {
        position: absolute;
        inset-inline: 0;
        display: grid;
        gap: 8px;
      }
      .cell {
        border-radius: var(--radius-small);
        cursor: pointer;
      }
      .cell[aria-selected='true'] {
        outline: 3px solid var(--accent);
        outline-offset: 1px;
      }
    `,
  ];

  @property({ attribute: false }) records: readonly ImageRecord[] = [];
  @property({ attribute: false }) source: Thumbnails | null = null;
  @property() label = '';
  @property() picked: ImageId | null = null;
  @state() private width = 0;
  @state() private viewHeight = 384;
  @state() private scrolled = 0;
  @query('.scroller') private scroller!: HTMLElement;
  @query('.all') private all!: HTMLElement;
  #focusNext: number | null = null;
  /** The next cell to focus is there once the removed one has gone. */
  #removing = false;
  readonly #observer = new ResizeObserver(() => this.#measure());

  protected override firstUpdated(): void {
    this.#observer.observe(this.scroller);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#observer.observe(this.scroller);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('label') && changed.get('label') !== undefined) this.scroller.scrollTop = 0;
    if (this.#focusNext !== null && (!this.#removing || changed.has('records'))) {
      this.#removing = false;
      const cell = this.renderRoot.querySelector<HTMLElement>(`[data-index='${this.#focusNext}']`);
      this.#focusNext = null;
      cell?.focus({ preventScroll: true });
    }
  }

  #measure(): void {
    this.width = this.all.clientWidth;
    this.viewHeight = this.scroller.clientHeight;
  }

  get #shape(): GridShape {
    return {
      width: this.width,
      viewHeight: this.viewHeight,
      scrollTop: this.scrolled,
      length: this.records.length,
      cell: this.width < 400 ? 64 : 80,
      gap: 8,
    };
  }

  override render() {
    const { records, source } = this;
    const { columns, side, height, first, end, top } = gridWindow(this.#shape);
    const picked = records.findIndex(({ id }) => id === this.picked);
    const stop = Math.max(0, picked);
    const indices = Array.from({ length: end - first }, (_, index) => first + index);
    // The one cell that Tab reaches must be in the document, however far one has scrolled.
    if (records.length > 0 && !indices.includes(stop)) indices.push(stop);
    const cell = (index: number) => {
      const { id, path, width, height: tall } = records[index]!;
      const outside = index < first || index >= end;
      return html`<div
        class="cell ${outside ? 'visually-hidden' : ''}"
        role="option"
        aria-selected=${index === picked ? 'true' : 'false'}
        aria-setsize=${records.length}
        aria-posinset=${index + 1}
        aria-label=${path}
        title=${words.data.pathAndPixels(path, width, tall)}
        tabindex=${index === stop ? 0 : -1}
        data-index=${index}
        style=${styleMap({ height: `${side}px` })}
      >
        <thumb-image .image=${id} .source=${outside ? null : source}></thumb-image>
      </div>`;
    };
    return html`<div class="scroller" @scroll=${this.#follow}>
      <div class="all" style=${styleMap({ height: `${height}px` })}>
        <div
          class="window"
          role="listbox"
          aria-label=${this.label}
          style=${styleMap({ top: `${top}px`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` })}
          @click=${this.#clicked}
          @keydown=${this.#pressed}
        >
          ${repeat(indices, (index) => records[index]!.id, cell)}
        </div>
      </div>
    </div>`;
  }

  readonly #follow = (): void => {
    this.scrolled = this.scroller.scrollTop;
  };

  #indexOf(event: Event): number | null {
    const cell = (event.target as Element).closest<HTMLElement>('[data-index]');
    return cell ? Number(cell.dataset.index) : null;
  }

  readonly #clicked = (event: Event): void => {
    const index = this.#indexOf(event);
    if (index !== null) this.#pick(index);
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    const index = this.#indexOf(event);
    if (index === null) return;
    const { columns } = gridWindow(this.#shape);
    const to =
      event.key === 'Enter' || event.key === ' '
        ? index
        : rove(event.key, index, this.records.length, columns);
    if (to !== null) {
      event.preventDefault();
      this.scroller.scrollTop = scrollTo(to, this.#shape);
      this.#removing = false;
      this.#focusNext = to;
      this.#pick(to);
      this.requestUpdate();
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      this.#removing = true;
      this.#focusNext = Math.min(index, this.records.length - 2);
      this.dispatchEvent(new ThumbEvent('thumb-remove', this.records[index]!.id));
    }
  };

  #pick(index: number): void {
    this.dispatchEvent(new ThumbEvent('thumb-pick', this.records[index]!.id));
  }
}
