import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base, controls } from '../styles';
import { icon } from './icon';

/** Files that the user chose; `loose` ones have no folder that names their class. */
export class SourceEvent extends Event {
  constructor(
    readonly files: readonly File[],
    readonly loose: boolean,
  ) {
    super('source', { bubbles: true, composed: true });
  }
}

/** The ways in, beside dropping: a folder, single images, the sample. Sends `source` and `sample`. */
@customElement('source-buttons')
export class SourceButtons extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      input[type='file'] {
        display: none;
      }
    `,
  ];

  /** The first data set, or more of it. */
  @property({ type: Boolean }) more = false;
  @property({ type: Boolean }) busy = false;
  @query('#folder') private folder!: HTMLInputElement;
  @query('#images') private images!: HTMLInputElement;

  override render() {
    const verb = this.more ? 'Add' : 'Choose';
    return html`
      <div class="row">
        <button
          class=${this.more ? '' : 'primary'}
          ?disabled=${this.busy}
          @click=${() => this.folder.click()}
        >
          ${icon('folder')} ${verb} a folder…
        </button>
        <button ?disabled=${this.busy} @click=${() => this.images.click()}>
          ${icon('image')} ${verb} images…
        </button>
        ${
          this.more
            ? ''
            : html`<button ?disabled=${this.busy} @click=${this.#sample}>
                ${icon('sample')} Try the sample
              </button>`
        }
      </div>
      <input
        id="folder"
        type="file"
        webkitdirectory
        multiple
        tabindex="-1"
        aria-label="Folder of images"
        @change=${this.#chosen(false)}
      />
      <input
        id="images"
        type="file"
        multiple
        accept="image/*"
        tabindex="-1"
        aria-label="Images of one class"
        @change=${this.#chosen(true)}
      />
    `;
  }

  readonly #sample = (): void => {
    this.dispatchEvent(new Event('sample', { bubbles: true, composed: true }));
  };

  #chosen(loose: boolean) {
    return (event: Event) => {
      const input = event.target as HTMLInputElement;
      const files = [...(input.files ?? [])];
      // The same folder may be chosen again later.
      input.value = '';
      if (files.length > 0) this.dispatchEvent(new SourceEvent(files, loose));
    };
  }
}
