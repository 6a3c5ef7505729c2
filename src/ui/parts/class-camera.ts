import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ImageFile } from '../../engine/data/records';
import { Camera, hasSeveralCameras, type Facing } from '../camera';
import { underLabel } from '../drop';
import { images, integer } from '../format';
import { base, controls } from '../styles';
import { notices } from '../surfaces';
import { cameraTrouble } from '../try-view';
import { words } from '../words';
import { icon } from './icon';

/** Between two pictures, in milliseconds: neighbours closer in time would hardly differ. */
const interval = 200;

/** Pictures of one press of the button, under their class. */
export class CameraRecorded extends Event {
  constructor(readonly files: readonly ImageFile[]) {
    super('camera-recorded');
  }
}

/**
 * Images of a class from the camera: as long as the button is held (pointer, Space or Enter), pictures are taken. Sends
 * `camera-recorded`, `camera-undo` and `camera-close`.
 */
@customElement('class-camera')
export class ClassCamera extends LitElement {
  static override styles = [
    base,
    controls,
    notices,
    css`
      .card {
        display: grid;
        grid-template-columns: minmax(0, 18rem) minmax(0, 1fr);
        gap: 1rem 1.5rem;
        padding: 1rem;
      }
      .view {
        position: relative;
      }
      video {
        display: block;
        width: 100%;
        aspect-ratio: 4 / 3;
        object-fit: cover;
        border-radius: var(--radius-small);
        background: var(--sunken);
      }
      .recording video {
        outline: 4px solid var(--danger);
      }
      .view button {
        position: absolute;
        right: 0.5rem;
        bottom: 0.5rem;
      }
      .side {
        display: grid;
        gap: 0.75rem;
        align-content: start;
      }
      header {
        display: flex;
        gap: 1rem;
        align-items: center;
        justify-content: space-between;
      }
      label {
        display: grid;
        gap: 0.25rem;
        max-width: 22rem;
        font-weight: 550;
      }
      .hold {
        min-width: min(16rem, 100%);
        min-height: 3.5rem;
        /* A long press is not to scroll, select or open a menu. */
        touch-action: none;
        user-select: none;
        -webkit-touch-callout: none;
      }
      .recording .hold {
        border-color: var(--danger);
        background: var(--danger);
        color: var(--on-danger);
      }
      .notice {
        grid-column: 1 / -1;
      }
      @media (max-width: 700px) {
        .card {
          grid-template-columns: minmax(0, 1fr);
        }
        .hold {
          width: 100%;
        }
      }
    `,
  ];

  /** Classes that there are, to choose from. */
  @property({ attribute: false }) labels: readonly string[] = [];
  /** How many pictures of the last press are in the data set: what undo would take out. */
  @property({ type: Number }) undoable = 0;
  @state() private label = '';
  @state() private recording = false;
  @state() private taken = 0;
  @state() private news = '';
  @state() private several = false;
  @state() private trouble: ReturnType<typeof cameraTrouble> | null = null;
  @query('video') private video!: HTMLVideoElement | null;
  @query('input') private input!: HTMLInputElement;
  #camera: Camera | null = null;
  #facing: Facing = 'environment';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  protected override firstUpdated(): void {
    this.input.focus();
    void this.#open();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('trouble') && this.trouble) this.#close();
  }

  async #open(): Promise<void> {
    this.trouble = null;
    await this.updateComplete;
    try {
      const camera = await Camera.open(this.video!, this.#facing, () => {
        this.trouble = cameraTrouble(new DOMException('', 'AbortError'));
      });
      this.#camera = camera;
      if (!this.isConnected) this.#close();
      this.several = await hasSeveralCameras();
    } catch (error) {
      this.trouble = cameraTrouble(error);
    }
  }

  #close(): void {
    this.recording = false;
    this.#camera?.close();
    this.#camera = null;
  }

  readonly #turn = (): void => {
    this.#facing = this.#facing === 'environment' ? 'user' : 'environment';
    this.#close();
    void this.#open();
  };

  /** Takes pictures until the button is let go; the first at once, so that a tap is one. */
  async #record(): Promise<void> {
    const label = this.label.trim();
    if (this.recording || this.#camera === null) return;
    if (label === '' || !this.input.reportValidity()) {
      this.input.focus();
      return;
    }
    this.recording = true;
    this.taken = 0;
    const files: ImageFile[] = [];
    const started = Date.now();
    do {
      const next = performance.now() + interval;
      const blob = await this.#camera.picture();
      if (blob) {
        files.push({ path: `camera-${started}-${String(files.length + 1).padStart(3, '0')}.jpg`, blob });
        this.taken = files.length;
      }
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
    } while (this.#isHeld());
    this.news = files.length > 0 ? words.record.recorded(files.length, label) : words.record.nothingYet;
    if (files.length > 0) this.dispatchEvent(new CameraRecorded(underLabel(files, label)));
  }

  /** Also ends with the camera, and with the page out of sight. */
  #isHeld(): boolean {
    return this.recording && this.#camera !== null && !document.hidden;
  }

  readonly #release = (): void => {
    this.recording = false;
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    if (!event.repeat) void this.#record();
  };

  readonly #pointed = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.target as Element).setPointerCapture(event.pointerId);
    void this.#record();
  };

  /** From assistive technology, which cannot hold: on and off. */
  readonly #clicked = (event: MouseEvent): void => {
    if (event.detail > 0) return;
    if (this.recording) this.#release();
    else void this.#record();
  };

  override render() {
    return html`<section class="card ${this.recording ? 'recording' : ''}" aria-labelledby="title">
      ${this.trouble ? this.#problem(this.trouble) : this.#view()}
      <div class="side">
        <header>
          <h3 id="title">${words.record.title}</h3>
          <button class="quiet small" @click=${() => this.dispatchEvent(new Event('camera-close'))}>
            ${icon('close', 16)} ${words.record.close}
          </button>
        </header>
        <label>
          ${words.record.class}
          <input
            type="text"
            list="labels"
            maxlength="300"
            autocomplete="off"
            pattern="\\s*[^.\\s].*"
            title=${words.record.nameRule}
            .value=${this.label}
            @input=${() => (this.label = this.input.value)}
          />
          <datalist id="labels">
            ${this.labels.map((label) => html`<option value=${label}></option>`)}
          </datalist>
        </label>
        <div class="row">
          <button
            class="primary hold"
            aria-disabled=${this.label.trim() === '' || this.trouble ? 'true' : 'false'}
            aria-describedby="how"
            @pointerdown=${this.#pointed}
            @pointerup=${this.#release}
            @pointercancel=${this.#release}
            @lostpointercapture=${this.#release}
            @keydown=${this.#pressed}
            @keyup=${this.#release}
            @blur=${this.#release}
            @click=${this.#clicked}
            @contextmenu=${(event: Event) => event.preventDefault()}
          >
            ${this.recording ? html`<span class="figures">${images(this.taken)}</span>` : words.record.hold}
          </button>
          ${
            this.undoable > 0
              ? html`<button class="quiet" @click=${() => this.dispatchEvent(new Event('camera-undo'))}>
                  ${icon('undo')} ${words.record.takeOut(integer(this.undoable))}
                </button>`
              : nothing
          }
        </div>
        <p id="how" class="small muted">${words.record.how}</p>
        <p class="small" role="status">${this.news}</p>
      </div>
    </section>`;
  }

  #view() {
    return html`<div class="view">
      <video muted playsinline aria-label=${words.camera.picture}></video>
      ${
        this.several
          ? html`<button class="small" @click=${this.#turn}>
              ${icon('retry', 16)} ${words.record.otherCamera}
            </button>`
          : nothing
      }
    </div>`;
  }

  #problem({ message, advice }: ReturnType<typeof cameraTrouble>) {
    return html`<div class="notice" role="alert">
      <span class="sign">${icon('warning')}</span>
      <div>
        <p class="message">${message}</p>
        <p>${advice}</p>
        <button class="small" @click=${() => void this.#open()}>
          ${icon('retry', 16)} ${words.record.tryAgain}
        </button>
      </div>
    </div>`;
  }
}
