import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ImageId, ImageRecord } from '../engine/data/records';
import type { SessionView } from '../session/intents';
import type { CameraRecorded } from './parts/class-camera';
import './parts/class-camera';

/** Pictures of the camera become images of a class; the last press can be taken back. Sends `camera-close`. */
@customElement('class-recorder')
export class ClassRecorder extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
  `;

  @property({ attribute: false }) session: SessionView | null = null;
  @property({ attribute: false }) labels: readonly string[] = [];
  @property({ attribute: false }) records: readonly ImageRecord[] = [];
  /** The paths of the last press of the camera's button. */
  @state() private recorded: readonly string[] = [];

  override render() {
    const last = this.#last();
    return html`<class-camera
      .labels=${this.labels}
      .undoable=${last.length}
      @camera-recorded=${this.#keep}
      @camera-undo=${() => void this.session?.removeImages(last)}
      @camera-close=${() => this.dispatchEvent(new Event('camera-close'))}
    ></class-camera>`;
  }

  readonly #keep = ({ files }: CameraRecorded): void => {
    this.recorded = files.map(({ path }) => path);
    void this.session?.addFiles(files);
  };

  #last(): ImageId[] {
    const paths = new Set(this.recorded);
    return paths.size === 0 ? [] : this.records.filter(({ path }) => paths.has(path)).map(({ id }) => id);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'class-recorder': ClassRecorder;
  }
}
