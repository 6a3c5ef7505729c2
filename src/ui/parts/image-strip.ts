import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RecordLookup } from '../../session/records';
import type { ImagePrediction } from '../../engine/results/evaluation';
import { images, percent } from '../format';
import { base, controls } from '../styles';
import type { Thumbnails } from '../thumbnails';
import './thumb-image';
import { words } from '../words';

const step = 12;

/** Images with what they are and what they were taken for; a few at first, more when asked. */
@customElement('image-strip')
export class ImageStrip extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(8rem, 44%), 1fr));
        gap: 0.875rem 0.75rem;
      }
      .picture {
        aspect-ratio: 1;
        margin-bottom: 0.375rem;
        border-radius: var(--radius-small);
        background: var(--sunken);
      }
      p {
        font-size: var(--small);
        line-height: 1.35;
      }
      .answer {
        font-weight: 550;
      }
      button {
        margin-top: 0.75rem;
      }
    `,
  ];

  @property({ attribute: false }) predictions: readonly ImagePrediction[] = [];
  @property({ attribute: false }) labels: readonly string[] = [];
  @property({ attribute: false }) records: RecordLookup = new Map();
  @property({ attribute: false }) source: Thumbnails | null = null;
  @property() label = '';
  @state() private shown = step;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('predictions')) this.shown = step;
  }

  override render() {
    const { predictions, shown } = this;
    return html`
      <ul aria-label=${this.label}>
        ${repeat(
          predictions.slice(0, shown),
          ({ id }) => id,
          (one) => this.#image(one),
        )}
      </ul>
      ${
        predictions.length > shown
          ? html`<button class="small" @click=${() => (this.shown += 4 * step)}>
              ${words.tryIt.showMore(images(predictions.length - shown))}
            </button>`
          : nothing
      }
    `;
  }

  #image({ id, label, predicted, confidence, loss }: ImagePrediction) {
    const path = this.records.get(id)?.path ?? words.map.gone;
    const [truth, answer] = [this.labels[label]!, this.labels[predicted]!];
    return html`<li>
      <div class="picture"><thumb-image .image=${id} .source=${this.source}></thumb-image></div>
      <p class="ellipsis muted" title=${path}><bdi>${path}</bdi></p>
      <p class="ellipsis" title=${truth}><span class="muted">${words.tryIt.is}</span> <bdi>${truth}</bdi></p>
      <p class="ellipsis answer figures" title="${answer}, ${percent(confidence)}">
        <span class="muted">${words.tryIt.called}</span> <bdi>${answer}</bdi>
      </p>
      <p class="figures muted">
        ${words.tryIt.sure(percent(confidence))}${label === predicted ? nothing : html`${words.tryIt.trueClass(percent(Math.exp(-loss)))}`}
      </p>
    </li>`;
  }
}
