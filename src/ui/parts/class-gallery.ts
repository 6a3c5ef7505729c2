import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ImageId } from '../../engine/data/records';
import type { ClassView } from '../dataset-view';
import { bytes, images } from '../format';
import { base, controls } from '../styles';
import type { Thumbnails } from '../thumbnails';
import { icon } from './icon';
import './thumb-grid';
import { ThumbEvent } from './thumb-grid';
import { words } from '../words';

/** One class: its name, what can be done with it, its images. Sends `class-rename`, `class-remove`, `thumb-remove`. */
@customElement('class-gallery')
export class ClassGallery extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto;
        grid-template-columns: minmax(0, 1fr);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 0.5rem;
        padding: 0.5rem 0.5rem 0.5rem 1rem;
      }
      .name {
        flex: 1 1 9rem;
        min-width: 0;
      }
      header .row {
        gap: 0;
        margin-left: -0.625rem;
      }
      thumb-grid {
        padding: 0 0.75rem;
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 0.75rem;
        min-height: 3rem;
        padding: 0.25rem 0.5rem 0.25rem 1rem;
        border-top: 1px solid var(--line);
      }
      footer .path {
        flex: 1 1 10rem;
        min-width: 0;
      }
    `,
  ];

  @property({ attribute: false }) view: ClassView | null = null;
  @property({ attribute: false }) source: Thumbnails | null = null;
  @state() private picked: ImageId | null = null;

  override render() {
    const { view } = this;
    if (view === null) return nothing;
    const picked = view.records.find(({ id }) => id === this.picked);
    return html`
      <header>
        <div class="name">
          <h3 class="ellipsis" title=${view.label}><bdi>${view.label}</bdi></h3>
          <p class="small muted figures">${images(view.records.length)}</p>
        </div>
        <div class="row">
          <button class="quiet small" @click=${this.#ask('class-rename')}>
            ${icon('pencil', 16)} ${words.data.rename}
          </button>
          <button class="quiet small danger" @click=${this.#ask('class-remove')}>
            ${icon('trash', 16)} ${words.data.removeClass}
          </button>
        </div>
      </header>
      <thumb-grid
        .records=${view.records}
        .source=${this.source}
        .label=${words.data.imagesOf(view.label)}
        .picked=${picked?.id ?? null}
        @thumb-pick=${this.#pick}
        @thumb-remove=${this.#remove}
      ></thumb-grid>
      <footer class="small">
        ${
          picked
            ? html`<span class="path">
                  <span class="ellipsis" style="display: block" title=${picked.path}
                    ><bdi>${picked.path}</bdi></span
                  >
                  <span class="muted figures"
                    >${words.data.pixelsAndSize(picked.width, picked.height, bytes(picked.bytes))}</span
                  >
                </span>
                <button class="quiet small danger" @click=${() => this.#send(picked.id)}>
                  ${icon('close', 16)} ${words.data.removeImage}
                </button>`
            : html`<span class="muted">${words.data.pickAnImage}</span>`
        }
      </footer>
    `;
  }

  readonly #pick = (event: ThumbEvent): void => {
    this.picked = event.id;
  };

  readonly #remove = (event: ThumbEvent): void => this.#send(event.id);

  #send(id: ImageId): void {
    const records = this.view?.records ?? [];
    const index = records.findIndex((record) => record.id === id);
    this.picked = (records[index + 1] ?? records[index - 1])?.id ?? null;
    this.dispatchEvent(new ThumbEvent('thumb-remove', id));
  }

  #ask(type: 'class-rename' | 'class-remove') {
    return () => this.dispatchEvent(new Event(type));
  }
}
