import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base, controls } from '../styles';
import { icon } from './icon';
import { words } from '../words';

/** Files that the user chose; `loose` ones have no folder that names their class. */
export class SourceEvent extends Event {
  constructor(
    readonly files: readonly File[],
    readonly loose: boolean,
  ) {
    super('source', { bubbles: true, composed: true });
  }
}

/** The ways in, beside dropping: a folder, single images, the camera, the sample. Sends `source`, `sample` and `record`. */
@customElement('source-buttons')
export class SourceButtons extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      input[type='file'] {
        display: none;
      }
      @media (max-width: 480px) {
        button {
          flex: 1 1 auto;
          padding: 0.375rem 0.5rem;
        }
      }
    `,
  ];

  /** The first data set, or more of it. */
  @property({ type: Boolean }) more = false;
  @property({ type: Boolean }) busy = false;
  @query('#folder') private folder!: HTMLInputElement;
  @query('#record') private recordButton!: HTMLButtonElement;
  @query('#images') private images!: HTMLInputElement;

  override render() {
    const busy = this.busy ? 'true' : 'false';
    return html`
      <div class="row">
        <button
          class=${this.more ? '' : 'primary'}
          aria-disabled=${busy}
          @click=${() => this.#open(this.folder)}
        >
          ${icon('folder')} ${this.more ? words.firstData.addFolder : words.firstData.chooseFolder}
        </button>
        <button aria-disabled=${busy} @click=${() => this.#open(this.images)}>
          ${icon('image')} ${this.more ? words.firstData.addImages : words.firstData.chooseImages}
        </button>
        <button id="record" aria-disabled=${busy} @click=${this.#record}>
          ${icon('camera')} ${words.record.open}
        </button>
        ${
          this.more
            ? ''
            : html`<button aria-disabled=${busy} @click=${this.#sample}>
                ${icon('sample')} ${words.firstData.trySample}
              </button>`
        }
      </div>
      <input
        id="folder"
        type="file"
        webkitdirectory
        multiple
        tabindex="-1"
        aria-label=${words.firstData.folder}
        @change=${this.#chosen(false)}
      />
      <input
        id="images"
        type="file"
        multiple
        accept="image/*"
        tabindex="-1"
        aria-label=${words.firstData.images}
        @change=${this.#chosen(true)}
      />
    `;
  }

  /** To where the camera is opened from. */
  override focus(): void {
    this.recordButton.focus();
  }

  /** A busy button keeps the focus, which a disabled one would lose, but does nothing. */
  #open(input: HTMLInputElement): void {
    if (!this.busy) input.click();
  }

  readonly #record = (): void => {
    if (!this.busy) this.dispatchEvent(new Event('record', { bubbles: true, composed: true }));
  };

  readonly #sample = (): void => {
    if (!this.busy) this.dispatchEvent(new Event('sample', { bubbles: true, composed: true }));
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
