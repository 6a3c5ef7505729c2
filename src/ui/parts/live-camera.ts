import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Camera } from '../camera';
import { decimal } from '../format';
import { base, controls } from '../styles';
import { cameraTrouble } from '../try-view';
import { icon } from './icon';
import { words } from '../words';

/**
 * The camera's picture. It is asked for when this appears, and let go when it goes. Each picture is handed to `look`,
 * the next one when that is done: as many a second as the machine gives.
 */
@customElement('live-camera')
export class LiveCamera extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      video {
        display: block;
        width: 100%;
        border-radius: var(--radius-small);
        background: var(--sunken);
      }
      .row {
        margin-top: 0.5rem;
      }
    `,
  ];

  /** What is done with a picture; false ends it. */
  @property({ attribute: false }) look: (picture: Blob) => Promise<boolean> = () => Promise.resolve(false);
  @state() private perSecond: number | null = null;
  @query('video') private video!: HTMLVideoElement;
  #camera: Camera | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#letGo();
  }

  protected override firstUpdated(): void {
    void this.#run();
  }

  async #run(): Promise<void> {
    try {
      this.#camera = await Camera.open(this.video, 'environment', () => this.#stop());
    } catch (error) {
      if (this.isConnected)
        this.dispatchEvent(new CustomEvent('camera-trouble', { detail: cameraTrouble(error) }));
      return;
    }
    if (!this.isConnected) this.#letGo();
    while (this.#isOn()) {
      const start = performance.now();
      const picture = await this.#camera.picture();
      if (picture !== null && !(await this.look(picture))) {
        this.#stop();
        return;
      }
      const rate = 1000 / (performance.now() - start);
      this.perSecond = this.perSecond === null ? rate : 0.7 * this.perSecond + 0.3 * rate;
      // A page that is not seen need not look either.
      await (document.hidden
        ? new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }))
        : new Promise((resolve) => requestAnimationFrame(resolve)));
    }
  }

  #isOn(): boolean {
    return this.#camera !== null && this.isConnected;
  }

  #letGo(): void {
    this.#camera?.close();
    this.#camera = null;
  }

  readonly #stop = (): void => {
    this.#letGo();
    this.dispatchEvent(new CustomEvent('camera-stop'));
  };

  override render() {
    const { perSecond } = this;
    return html`<video muted playsinline aria-label=${words.camera.picture}></video>
      <div class="row">
        <button class="small" @click=${this.#stop}>${icon('close')} ${words.camera.stop}</button>
        <span class="small muted figures">
          ${perSecond === null ? words.camera.waiting : words.camera.perSecond(decimal(perSecond))}
        </span>
      </div>`;
  }
}
