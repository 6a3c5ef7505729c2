import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { OwnWeights } from '../../engine/bases/own-source';
import { base, controls } from '../styles';
import { words } from '../words';

/** Weight files that the user chose; null: the published ones again. */
export class WeightsEvent extends Event {
  constructor(readonly files: readonly File[] | null) {
    super('own-weights');
  }
}

/** Weights of the user's own instead of the published ones. Sends `own-weights`. */
@customElement('own-weights')
export class OwnWeightsElement extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: 0.25rem;
        justify-items: start;
        align-content: start;
        font-size: var(--small);
      }
      p {
        overflow-wrap: anywhere;
      }
      button {
        margin-left: -0.625rem;
      }
      .row {
        gap: 0 1rem;
      }
      input {
        display: none;
      }
    `,
  ];

  /** The base's name. */
  @property() name = '';
  @property({ attribute: false }) own: OwnWeights | null = null;
  /** While files are read, or a run uses the weights there are. */
  @property({ type: Boolean }) reading = false;
  @property({ type: Boolean }) locked = false;
  @query('input') private input!: HTMLInputElement;

  override render() {
    const { own, name, reading } = this;
    const idle = reading || this.locked ? 'true' : 'false';
    return html`
      ${own ? html`<p>${words.bases.own(own.verified ? words.bases.ownVerified(name) : own.name)}</p>` : nothing}
      ${own && !own.verified ? html`<p class="muted">${words.bases.ownUnverified}</p>` : nothing}
      ${reading ? html`<p class="muted" role="status">${words.bases.readingOwn}</p>` : nothing}
      <div class="row">
        <button
          class="quiet small"
          aria-disabled=${idle}
          title=${this.locked ? words.bases.afterTheRun : words.bases.ownFormats}
          aria-label=${words.bases.useOwnFor(own !== null, name)}
          @click=${() => {
            if (idle === 'false') this.input.click();
          }}
        >
          ${words.bases.useOwn(own !== null)}
        </button>
        ${
          own
            ? html`<button
                class="quiet small"
                aria-disabled=${idle}
                aria-label=${words.bases.usePublishedFor(name)}
                @click=${() => {
                  if (idle === 'false') this.dispatchEvent(new WeightsEvent(null));
                }}
              >
                ${words.bases.usePublished}
              </button>`
            : nothing
        }
      </div>
      <input
        type="file"
        multiple
        accept=".h5,.hdf5,.keras,.safetensors,.tflite,.lite,.json,.bin,.zip"
        tabindex="-1"
        aria-label=${words.bases.filesFor(name)}
        @change=${this.#chosen}
      />
    `;
  }

  readonly #chosen = (): void => {
    const files = [...(this.input.files ?? [])];
    // The same file may be chosen again later.
    this.input.value = '';
    if (files.length > 0) this.dispatchEvent(new WeightsEvent(files));
  };
}
