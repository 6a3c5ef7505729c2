import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { OwnWeights } from '../../engine/bases/own-source';
import type { Progress } from '../../engine/job';
import { nets, type BaseId } from '../../engine/nets';
import type { CostEstimate } from '../../session/state';
import { baseColour } from '../base-style';
import { bytes, decimal, duration, images, integer, large } from '../format';
import { base, controls } from '../styles';
import { WeightsEvent } from './own-weights';
import './own-weights';
import './progress-bar';
import type { Stat } from './stat-list';
import './stat-list';
import './weights-facts';

/** One base to choose: what it is and what it costs. Sends `base-toggle`, `base-measure` and `own-weights`. */
@customElement('base-card')
export class BaseCard extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .card {
        display: grid;
        grid-template-rows: auto auto auto auto 1fr auto;
        gap: 0.875rem;
        height: 100%;
        padding: 1rem;
        border-top: 4px solid var(--colour);
      }
      .chosen {
        border-color: var(--colour);
      }
      .head {
        display: flex;
        gap: 0.625rem;
        align-items: center;
        font-size: 1.0625rem;
        font-weight: 650;
        cursor: pointer;
      }
      input {
        accent-color: var(--colour) !important;
      }
      own-weights {
        margin-top: -0.5rem;
      }
      .cost {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        align-items: center;
        justify-content: space-between;
        padding-top: 0.75rem;
        border-top: 1px solid var(--line);
      }
      .cost > :first-child {
        flex: 1 1 9rem;
      }
    `,
  ];

  @property({ attribute: false }) net: BaseId = 'resnet50';
  @property({ type: Boolean }) chosen = false;
  @property({ type: Boolean }) measurable = false;
  @property({ attribute: false }) estimate: CostEstimate | null = null;
  /** Weights of the user's own. */
  @property({ attribute: false }) own: OwnWeights | null = null;
  /** While such weights are read; while they cannot be changed. */
  @property({ type: Boolean }) reading = false;
  @property({ type: Boolean }) locked = false;
  /** While this base is being measured; it has progress while its weights are downloaded. */
  @property({ attribute: false }) probing: { readonly progress: Progress | null } | null = null;

  override render() {
    const { title, source } = nets[this.net];
    const { estimate, probing } = this;
    const measured = estimate?.imagesPerSecond != null;
    const measure = probing ? 'Measuring…' : measured ? 'Measure again' : 'Measure';
    return html`<div
      class="card ${this.chosen ? 'chosen' : ''}"
      style=${styleMap({ '--colour': baseColour(this.net) })}
    >
      <label class="head">
        <input
          type="checkbox"
          .checked=${this.chosen}
          @change=${() => this.dispatchEvent(new Event('base-toggle'))}
        />
        ${title}
      </label>
      <stat-list .stats=${this.#stats()}></stat-list>
      <p class="small muted">${source}</p>
      ${
        estimate
          ? html`<weights-facts .weights=${estimate.weights} .kept=${estimate.downloaded}></weights-facts>`
          : html`<span></span>`
      }
      <own-weights
        .name=${title}
        .own=${this.own}
        .reading=${this.reading}
        .locked=${this.locked}
        @own-weights=${(event: WeightsEvent) => this.dispatchEvent(new WeightsEvent(event.files))}
      ></own-weights>
      <div class="cost">
        ${
          probing
            ? html`<progress-bar
                label=${downloading(probing.progress) ? 'Download' : 'Running a few images through it…'}
                .progress=${downloading(probing.progress) ? probing.progress : null}
              ></progress-bar>`
            : html`<p class="small">${this.#cost()}</p>`
        }
        <button
          class="small"
          aria-disabled=${probing || !this.measurable ? 'true' : 'false'}
          aria-label=${`${measure} the speed of ${title}`}
          @click=${this.#measure}
        >
          ${measure}
        </button>
      </div>
    </div>`;
  }

  #stats(): Stat[] {
    const { parameters, inputSize, features } = nets[this.net];
    const { estimate } = this;
    return [
      { label: 'Parameters', value: large(parameters) },
      { label: 'Input', value: `${inputSize} × ${inputSize} pixels` },
      { label: 'Bottleneck', value: `${integer(features)} numbers` },
      estimate?.downloaded
        ? { label: 'Download', value: 'None: kept here' }
        : { label: 'Download', value: estimate ? bytes(estimate.weights.bytes) : '–' },
    ];
  }

  #cost(): string {
    const { estimate } = this;
    if (estimate === null || estimate.images === 0) return 'Add images to see what extraction costs.';
    const left = estimate.images - estimate.cached;
    if (left <= 0) return 'Every bottleneck is in the store: nothing to extract.';
    const cached = estimate.cached > 0 ? ` (${integer(estimate.cached)} already stored)` : '';
    const work = `${images(left)} to extract${cached}`;
    if (estimate.imagesPerSecond === null || estimate.seconds === null)
      return `${work}. Speed not measured yet.`;
    return `${work}: about ${duration(estimate.seconds)} at ${decimal(estimate.imagesPerSecond)} images/s here.`;
  }

  readonly #measure = (): void => {
    if (this.measurable && !this.probing) this.dispatchEvent(new Event('base-measure'));
  };
}

const downloading = (progress: Progress | null): boolean =>
  progress !== null && progress.done < progress.total;
