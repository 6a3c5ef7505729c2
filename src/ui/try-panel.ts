import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ImageFile } from '../engine/data/records';
import type { ErrorData } from '../engine/errors';
import type { Prediction } from '../engine/run';
import type { SessionView } from '../session/intents';
import { BatchController } from './batch-controller';
import { isDrawable } from './drawable';
import { carriesFiles, dropped, filesBelow } from './drop';
import './parts/batch-table';
import { icon } from './parts/icon';
import './parts/live-camera';
import './parts/map-controls';
import type { Shown, ShownChange } from './parts/map-controls';
import type { ThresholdChange } from './parts/reject-slider';
import './parts/run-answer';
import './rejection-section';
import { runNames } from './results-view';
import { SessionController } from './session-controller';
import { base, controls } from './styles';
import { Thumbnails } from './thumbnails';
import { tryStyles } from './try-styles';
import { picturesAmong } from './try-view';
import { words } from './words';

interface Picture {
  readonly url: string;
  readonly name: string;
  readonly blob: Blob;
}

/** Images, many of them, or the camera's picture: classified by every finished run, with the reasons. */
@customElement('try-panel')
export class TryPanel extends LitElement {
  static override styles = [base, controls, tryStyles];

  @property({ attribute: false }) session: SessionView | null = null;
  @state() private over = false;
  @state() private live = false;
  @state() private picture: Picture | null = null;
  /** The picture, once it is known to be one. */
  @state() private drawn: Picture | null = null;
  @state() private predictions: readonly Prediction[] | null = null;
  @state() private trouble: Pick<ErrorData, 'message' | 'advice'> | null = null;
  @state() private shown: Shown = { map: true, opacity: 0.6, label: null, nearest: false };
  @state() private threshold = 0;
  @query('input[type=file]') private input!: HTMLInputElement;
  readonly #controller = new SessionController(this, (state) => [state.results, state.notes]);
  readonly #batch = new BatchController(this);
  #thumbnails: Thumbnails | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('paste', this.#paste);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('paste', this.#paste);
    this.#show(null);
    this.live = false;
    this.#thumbnails?.dispose();
    this.#thumbnails = null;
  }

  override render() {
    const { state } = this.#controller;
    if (!state) return nothing;
    const names = runNames(state.results, state.notes);
    const isAnswered = this.live || this.picture !== null;
    const isBatch = this.#batch.files.length > 0;
    return html`<div
      class="card ${this.over ? 'over' : ''}"
      @dragover=${this.#drag}
      @dragleave=${() => (this.over = false)}
      @drop=${this.#drop}
    >
      <header>
        <div>
          <h3>${words.tryIt.title}</h3>
          <p class="muted">${words.tryIt.text}</p>
          ${this.#problem()}
        </div>
        <div class="row">
          <button @click=${() => this.#choose(false)}>${icon('image')} ${words.tryIt.chooseImages}</button>
          <button @click=${() => this.#choose(true)}>${icon('folder')} ${words.tryIt.chooseFolder}</button>
          <button @click=${this.#start} ?hidden=${this.live}>${icon('play')} ${words.tryIt.useCamera}</button>
        </div>
      </header>
      <input
        type="file"
        accept="image/*"
        multiple
        tabindex="-1"
        aria-label=${words.tryIt.imagesToClassify}
        @change=${this.#chosen}
      />
      ${
        isAnswered || isBatch
          ? html`<rejection-section
              .session=${this.session}
              .threshold=${this.threshold}
              @threshold-change=${(event: ThresholdChange) => (this.threshold = event.threshold)}
            ></rejection-section>`
          : nothing
      }
      ${isAnswered ? this.#answer(names) : nothing}
      ${
        isBatch
          ? html`<batch-table
              .files=${this.#batch.files}
              .rows=${this.#batch.rows}
              .runs=${this.#batch.runs}
              .names=${names}
              .threshold=${this.threshold}
              .progress=${this.#batch.progress}
              @batch-cancel=${() => this.#batch.cancel()}
            ></batch-table>`
          : nothing
      }
    </div>`;
  }

  #problem() {
    const { trouble } = this;
    return html`<div role="alert">
      ${
        trouble ? html`<p class="trouble"><strong>${trouble.message}</strong> ${trouble.advice}</p>` : nothing
      }
    </div>`;
  }

  #answer(names: ReadonlyMap<string, string>) {
    const { picture, predictions, live, threshold } = this;
    const results = this.session!.state.results;
    const known = predictions?.filter(({ runId }) => names.has(runId)) ?? [];
    const best = known[0]?.classes[0];
    const labels = [...new Set(results.flatMap(({ classes }) => classes))].sort();
    const said = best && best.probability < threshold - 1e-7 ? words.tryIt.noneOfThese : best?.label;
    // A new picture several times a second is too much to be read out, and to look for neighbours of.
    const shown = live ? { ...this.shown, nearest: false } : this.shown;
    this.#thumbnails ??= new Thumbnails((id) => this.session!.thumbnail(id), 60);
    return html`
      <p class="visually-hidden" role="status">${said && !live ? words.tryIt.mostLikely(said) : ''}</p>
      <map-controls
        .shown=${this.shown}
        .labels=${labels}
        @shown-change=${(event: ShownChange) => (this.shown = event.shown)}
      ></map-controls>
      <div class="answer">
        <div class="picture">
          ${
            live
              ? html`<live-camera
                  .look=${this.#look}
                  @camera-stop=${() => (this.live = false)}
                  @camera-trouble=${this.#noCamera}
                ></live-camera>`
              : this.drawn === picture
                ? html`<img src=${picture!.url} alt=${words.tryIt.imageToClassify(picture!.name)} />`
                : nothing
          }
        </div>
        ${
          predictions === null
            ? html`<p class="muted">${live && picture === null ? '' : words.tryIt.classifying}</p>`
            : known.length === 0
              ? html`<p class="muted">${words.tryIt.notClassified}</p>`
              : html`<div class="runs">
                  ${known.map(
                    (prediction) =>
                      html`<run-answer
                        .session=${this.session}
                        .image=${picture?.blob ?? null}
                        .prediction=${prediction}
                        .labels=${results.find(({ runId }) => runId === prediction.runId)?.classes ?? []}
                        .name=${names.get(prediction.runId)!}
                        .threshold=${threshold}
                        .shown=${shown}
                        .source=${this.#thumbnails}
                      ></run-answer>`,
                  )}
                </div>`
        }
      </div>
    `;
  }

  // What comes in

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
    this.#take([...(await filesBelow(entries)), ...files.map((file) => ({ path: file.name, blob: file }))]);
  };

  readonly #paste = (event: ClipboardEvent): void => {
    const target = event.composedPath()[0];
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
    const files = [...(event.clipboardData?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
    if (files.length === 0) return;
    event.preventDefault();
    this.#take(files.map((file) => ({ path: file.name, blob: file })));
    this.scrollIntoView({ block: 'nearest' });
  };

  #choose(folder: boolean): void {
    this.input.webkitdirectory = folder;
    this.input.click();
  }

  readonly #chosen = (): void => {
    const files = [...(this.input.files ?? [])];
    this.input.value = '';
    this.#take(files.map((file) => ({ path: file.webkitRelativePath || file.name, blob: file })));
  };

  #take(files: readonly ImageFile[]): void {
    if (files.length === 0) return;
    // One file of an unknown kind was meant: the engine says what is wrong with it.
    const pictures = files.length === 1 ? files : picturesAmong(files);
    this.live = false;
    this.trouble =
      pictures.length === 0 ? { message: words.tryIt.noImage, advice: words.tryIt.dropImages } : null;
    this.#show(null);
    void this.#batch.start(this.session, pictures.length > 1 ? pictures : []);
    if (pictures.length === 1) void this.#classify(pictures[0]!.blob, pictures[0]!.path);
  }

  // What goes on

  #show(picture: Omit<Picture, 'url'> | null): Picture | null {
    if (this.picture) URL.revokeObjectURL(this.picture.url);
    return (this.picture = picture && { ...picture, url: URL.createObjectURL(picture.blob) });
  }

  async #classify(blob: Blob, name: string): Promise<boolean> {
    // The last answers of the camera stand until the next are there.
    if (!this.live) this.predictions = null;
    const picture = this.#show({ blob, name });
    const draw = (isSound: boolean) => {
      if (isSound && this.picture === picture) this.drawn = picture;
    };
    void isDrawable(blob).then(draw);
    const predictions = (await this.session?.predict(blob)) ?? [];
    // A later image may have overtaken this one.
    if (this.picture === picture) this.predictions = predictions;
    draw(predictions.length > 0);
    return predictions.length > 0;
  }

  readonly #start = (): void => {
    this.#show(null);
    this.predictions = null;
    this.trouble = null;
    void this.#batch.start(this.session, []);
    this.live = true;
  };

  readonly #look = async (picture: Blob): Promise<boolean> => {
    return (await this.#classify(picture, words.tryIt.fromCamera)) && this.live;
  };

  readonly #noCamera = (event: CustomEvent<Pick<ErrorData, 'message' | 'advice'>>): void => {
    this.live = false;
    this.trouble = event.detail;
  };
}
