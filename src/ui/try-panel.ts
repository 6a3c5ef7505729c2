import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Prediction } from '../engine/run';
import type { SessionView } from '../session/intents';
import { carriesFiles, dropped, filesBelow } from './drop';
import { icon } from './parts/icon';
import './parts/prediction-bars';
import { runNames } from './results-view';
import { SessionController } from './session-controller';
import { base, controls } from './styles';

/** One image, classified by every finished run. */
@customElement('try-panel')
export class TryPanel extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .card {
        display: grid;
        gap: 1rem;
        padding: 1rem;
      }
      .over {
        border-color: var(--accent);
        background: var(--accent-soft);
        box-shadow: inset 0 0 0 1px var(--accent);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem;
        align-items: center;
        justify-content: space-between;
      }
      header div {
        flex: 1 1 14rem;
      }
      input {
        display: none;
      }
      .answer {
        display: grid;
        grid-template-columns: 10rem minmax(0, 1fr);
        gap: 1rem 1.5rem;
        align-items: start;
      }
      img {
        display: block;
        width: 100%;
        max-height: 12rem;
        object-fit: contain;
        border-radius: var(--radius-small);
        background: var(--sunken);
      }
      .runs {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr));
        gap: 1.25rem 2rem;
      }
      @media (max-width: 700px) {
        .answer {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @state() private over = false;
  @state() private image: { readonly url: string; readonly name: string } | null = null;
  @state() private predictions: readonly Prediction[] | null = null;
  @query('input') private input!: HTMLInputElement;
  readonly #controller = new SessionController(this, (state) => [state.results, state.notes]);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.image) URL.revokeObjectURL(this.image.url);
    this.image = null;
  }

  override render() {
    const { state } = this.#controller;
    if (!state) return nothing;
    return html`<div
      class="card ${this.over ? 'over' : ''}"
      @dragover=${this.#drag}
      @dragleave=${() => (this.over = false)}
      @drop=${this.#drop}
    >
      <header>
        <div>
          <h3>Try it</h3>
          <p class="muted">Drop one image here: it is classified by every finished run, and kept nowhere.</p>
        </div>
        <button @click=${() => this.input.click()}>${icon('image')} Choose an image…</button>
      </header>
      <input
        type="file"
        accept="image/*"
        tabindex="-1"
        aria-label="Image to classify"
        @change=${this.#chosen}
      />
      ${this.#answer(runNames(state.results, state.notes))}
    </div>`;
  }

  #answer(names: ReadonlyMap<string, string>) {
    const { image, predictions } = this;
    const best = predictions?.[0]?.classes[0];
    const known = predictions?.filter(({ runId }) => names.has(runId)) ?? [];
    return html`
      <p class="visually-hidden" role="status">${best ? `Most likely: ${best.label}` : ''}</p>
      ${
        image === null
          ? nothing
          : html`<div class="answer">
              <img src=${image.url} alt="The image to classify: ${image.name}" />
              ${
                predictions === null
                  ? html`<p class="muted">Classifying…</p>`
                  : known.length === 0
                    ? html`<p class="muted">This image could not be classified.</p>`
                    : html`<div class="runs">
                        ${known.map(
                          (prediction) =>
                            html`<prediction-bars
                              .prediction=${prediction}
                              .name=${names.get(prediction.runId)!}
                            ></prediction-bars>`,
                        )}
                      </div>`
              }
            </div>`
      }
    `;
  }

  readonly #drag = (event: DragEvent): void => {
    if (!carriesFiles(event)) return;
    // Tells the window that this drop is not for the data set.
    event.preventDefault();
    this.over = true;
  };

  readonly #drop = async (event: DragEvent): Promise<void> => {
    this.over = false;
    if (!carriesFiles(event)) return;
    event.preventDefault();
    const { entries, files } = dropped(event.dataTransfer!);
    const [first] = [
      ...(await filesBelow(entries)),
      ...files.map((file) => ({ path: file.name, blob: file })),
    ];
    if (first) await this.#classify(first.blob, first.path);
  };

  readonly #chosen = (): void => {
    const file = this.input.files?.[0];
    this.input.value = '';
    if (file) void this.#classify(file, file.name);
  };

  async #classify(blob: Blob, name: string): Promise<void> {
    if (this.image) URL.revokeObjectURL(this.image.url);
    const image = { url: URL.createObjectURL(blob), name };
    this.image = image;
    this.predictions = null;
    const predictions = (await this.session?.predict(blob)) ?? [];
    // A later image may have overtaken this one.
    if (this.image === image) this.predictions = predictions;
  }
}
