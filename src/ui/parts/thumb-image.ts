import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ImageId } from '../../engine/data/records';
import { base } from '../styles';
import type { Thumbnails } from '../thumbnails';

/** The small picture of one image; a calm square until it is there. */
@customElement('thumb-image')
export class ThumbImage extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        width: 100%;
        height: 100%;
        overflow: hidden;
        border-radius: inherit;
        background: var(--sunken);
      }
      img {
        display: block;
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
    `,
  ];

  @property() image: ImageId = '';
  @property({ attribute: false }) source: Thumbnails | null = null;
  @state() private url: string | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#request();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.source?.forget(this.image);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('image') && !changed.has('source')) return;
    const before = changed.get('image');
    if (before) this.source?.forget(before);
    this.#request();
  }

  #request(): void {
    const { image, source } = this;
    this.url = source?.get(image) ?? null;
    if (this.url !== null || source === null || image === '') return;
    void source.request(image).then((url) => {
      if (this.image === image && this.isConnected) this.url = url;
    });
  }

  override render() {
    return this.url === null ? nothing : html`<img src=${this.url} alt="" draggable="false" />`;
  }
}
