import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Neighbour } from '../../engine/analysis/nearest';
import type { Prediction } from '../../engine/run';
import type { Explanation } from '../../session/explanations';
import type { SessionView } from '../../session/intents';
import { base } from '../styles';
import type { Thumbnails } from '../thumbnails';
import './activation-picture';
import type { Shown } from './map-controls';
import './prediction-bars';
import './thumb-image';
import { fixed } from '../format';
import { words } from '../words';

/** How many training images are shown. */
const neighbours = 6;

/** What one run says of a picture, what it looks at, and which training images are alike to it. */
@customElement('run-answer')
export class RunAnswer extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.75rem;
        align-content: start;
      }
      .seen {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.25rem;
        max-width: 14rem;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: 0.5rem;
        max-width: 18rem;
      }
      .thumb {
        aspect-ratio: 1;
        border-radius: var(--radius-small);
        background: var(--sunken);
      }
      li p {
        line-height: 1.3;
      }
      h5 {
        margin: 0 0 0.375rem;
        font-size: var(--small);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @property({ attribute: false }) image: Blob | null = null;
  @property({ attribute: false }) prediction!: Prediction;
  /** In the order of the run's outputs. */
  @property({ attribute: false }) labels: readonly string[] = [];
  @property() name = '';
  @property({ type: Number }) threshold = 0;
  @property({ attribute: false }) shown!: Shown;
  @property({ attribute: false }) source: Thumbnails | null = null;
  @state() private explanation: Explanation | null = null;
  @state() private nearest: readonly Neighbour[] | null = null;
  #wanted = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isOther =
      changed.has('image') ||
      (changed.has('prediction') && changed.get('prediction')?.runId !== this.prediction.runId);
    const before = changed.get('shown');
    if (isOther) this.nearest = null;
    const isNewly = (key: 'map' | 'label') => before !== undefined && before[key] !== this.shown[key];
    if (this.shown.map && (isOther || isNewly('map') || isNewly('label'))) void this.#explain();
    if (this.shown.nearest && (isOther || before?.nearest === false)) void this.#find();
  }

  async #explain(): Promise<void> {
    const { image, prediction, session, shown } = this;
    if (image === null || session === null) return;
    const wanted = ++this.#wanted;
    // A run may not know the class that others are asked about.
    const label = shown.label !== null && this.labels.includes(shown.label) ? shown.label : null;
    const explanation = await session.explain(image, prediction.runId, label);
    if (wanted === this.#wanted) this.explanation = explanation;
  }

  async #find(): Promise<void> {
    const { image, prediction, session } = this;
    if (image === null || session === null) return;
    const nearest = await session.nearest(image, prediction.runId, neighbours);
    if (image === this.image) this.nearest = nearest ?? [];
  }

  override render() {
    const { prediction, name, shown, threshold } = this;
    return html`<prediction-bars
        .prediction=${prediction}
        .name=${name}
        .threshold=${threshold}
      ></prediction-bars>
      ${shown.map ? this.#map() : nothing} ${shown.nearest ? this.#alike() : nothing}`;
  }

  #map() {
    const { explanation } = this;
    if (explanation === null) return html`<p class="small muted">${words.tryIt.workingOut}</p>`;
    return html`<div class="seen">
      <activation-picture .explanation=${explanation} .opacity=${this.shown.opacity}></activation-picture>
      <p class="small muted">
        ${words.tryIt.for} <bdi>${explanation.label}</bdi>,
        ${explanation.exact ? words.tryIt.exact : words.tryIt.byGradient}
      </p>
    </div>`;
  }

  #alike() {
    const { nearest } = this;
    return html`<div>
      <h5>${words.tryIt.nearest}</h5>
      ${
        nearest === null
          ? html`<p class="small muted">${words.tryIt.lookingThrough}</p>`
          : nearest.length === 0
            ? html`<p class="small muted">${words.tryIt.noneLeft}</p>`
            : html`<ul aria-label=${words.tryIt.nearestOf(this.name)}>
                ${nearest.map(
                  ({ id, label, similarity }) =>
                    html`<li>
                      <div class="thumb"><thumb-image .image=${id} .source=${this.source}></thumb-image></div>
                      <p class="small ellipsis" title=${label}><bdi>${label}</bdi></p>
                      <p class="small muted figures">${words.tryIt.cosine(fixed(similarity, 2))}</p>
                    </li>`,
                )}
              </ul>`
      }
    </div>`;
  }
}
