import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { decimal } from '../format';
import { base, controls } from '../styles';
import { cameraTrouble, noCamera } from '../try-view';
import { icon } from './icon';
import { words } from '../words';

/** The longer side of what is looked at: bases take squares of 224 or 299 pixels. */
const longest = 640;

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
  #stream: MediaStream | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#letGo();
  }

  protected override firstUpdated(): void {
    void this.#run();
  }

  async #run(): Promise<void> {
    try {
      // Plain http offers none.
      const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
      if (mediaDevices === undefined) throw noCamera();
      const stream = await mediaDevices.getUserMedia({ video: { width: { ideal: 640 } }, audio: false });
      this.#stream = stream;
      if (!this.isConnected) {
        this.#letGo();
        return;
      }
      // Unplugged, or taken away in the address bar.
      stream.getVideoTracks()[0]?.addEventListener('ended', () => this.#stop());
      this.video.srcObject = stream;
      await this.video.play();
    } catch (error) {
      this.#letGo();
      if (this.isConnected)
        this.dispatchEvent(new CustomEvent('camera-trouble', { detail: cameraTrouble(error) }));
      return;
    }
    while (this.#isOn()) {
      const start = performance.now();
      const picture = await this.#picture();
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
    return this.#stream !== null && this.isConnected;
  }

  async #picture(): Promise<Blob | null> {
    const { videoWidth, videoHeight } = this.video;
    if (videoWidth === 0) return null;
    const scale = Math.min(1, longest / Math.max(videoWidth, videoHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(videoWidth * scale));
    canvas.height = Math.max(1, Math.round(videoHeight * scale));
    canvas.getContext('2d')!.drawImage(this.video, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
  }

  #letGo(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
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
