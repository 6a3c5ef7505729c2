import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { OwnWeights } from '../../engine/bases/own-source';
import { base, controls } from '../styles';

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
      ${own ? html`<p>Your own weights: <strong>${own.name}</strong></p>` : nothing}
      ${
        own && !own.verified
          ? html`<p class="muted">They fit this base, but are not the file that Keras publishes.</p>`
          : nothing
      }
      ${reading ? html`<p class="muted" role="status">Reading and checking the weights…</p>` : nothing}
      <div class="row">
        <button
          class="quiet small"
          aria-disabled=${idle}
          title=${this.locked ? 'After the run' : 'Keras .h5, .safetensors, .tflite, or a TensorFlow.js model with its shards'}
          aria-label=${`Use ${own ? 'other' : 'my'} own weights for ${name}`}
          @click=${() => {
            if (idle === 'false') this.input.click();
          }}
        >
          Use ${own ? 'other' : 'my'} own weights…
        </button>
        ${
          own
            ? html`<button
                class="quiet small"
                aria-disabled=${idle}
                aria-label=${`Use published ones again for ${name}`}
                @click=${() => {
                  if (idle === 'false') this.dispatchEvent(new WeightsEvent(null));
                }}
              >
                Use published ones again
              </button>`
            : nothing
        }
      </div>
      <input
        type="file"
        multiple
        accept=".h5,.hdf5,.keras,.safetensors,.tflite,.lite,.json,.bin,.zip"
        tabindex="-1"
        aria-label=${`Weight files for ${name}`}
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
