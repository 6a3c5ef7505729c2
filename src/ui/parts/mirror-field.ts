import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base, controls } from '../styles';
import { words } from '../words';

export class MirrorChange extends Event {
  constructor(readonly url: string | null) {
    super('mirror-change');
  }
}

/** A server of the user's own to ask for weights before the CDNs. Sends `mirror-change`. */
@customElement('mirror-field')
export class MirrorField extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      summary {
        width: fit-content;
        max-width: 100%;
      }
      form {
        display: grid;
        gap: 0.375rem;
        max-width: 40rem;
        padding-top: 0.75rem;
      }
      label {
        font-weight: 550;
      }
      .row {
        flex-wrap: nowrap;
      }
      .row input {
        flex: 1 1 8rem;
        min-width: 0;
      }
    `,
  ];

  @property({ attribute: false }) url: string | null = null;
  @property({ type: Boolean }) locked = false;
  @query('input') private input!: HTMLInputElement;

  override render() {
    const { url } = this;
    const locked = this.locked ? 'true' : 'false';
    return html`<details .open=${url !== null}>
      <summary class="small">${words.bases.mirror}</summary>
      <form novalidate @submit=${this.#submit}>
        <label for="url">${words.bases.mirrorAddress}</label>
        <div class="row">
          <input
            id="url"
            type="url"
            .value=${url ?? ''}
            inputmode="url"
            autocomplete="off"
            spellcheck="false"
            aria-describedby="hint"
          />
          <button aria-disabled=${locked}>${words.bases.useMirror}</button>
          ${
            url === null
              ? nothing
              : html`<button
                  type="button"
                  class="quiet"
                  aria-disabled=${locked}
                  @click=${() => this.#send(null)}
                >
                  ${words.bases.removeMirror}
                </button>`
          }
        </div>
        <p id="hint" class="small muted">${words.bases.mirrorText}</p>
      </form>
    </details>`;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const text = this.input.value.trim();
    this.#send(text === '' ? null : text);
  };

  #send(url: string | null): void {
    if (!this.locked) this.dispatchEvent(new MirrorChange(url));
  }
}
