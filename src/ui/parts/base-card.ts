import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { OwnWeights } from '../../engine/bases/own-source';
import type { Progress } from '../../engine/job';
import { nets, type BaseId } from '../../engine/nets';
import type { CostEstimate } from '../../session/state';
import { baseColour } from '../base-style';
import { bytes, decimal, duration, images, integer, large } from '../format';
import { Narrow } from '../narrow';
import { base, controls } from '../styles';
import { WeightsEvent } from './own-weights';
import './own-weights';
import './progress-bar';
import type { Stat } from './stat-list';
import './stat-list';
import './weights-facts';
import { words } from '../words';

/** One base to choose: what it is and what it costs. Sends `base-toggle`, `base-measure` and `own-weights`. */
@customElement('base-card')
export class BaseCard extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      /* As high as its neighbours; on paper that would run over a page's end. */
      @media screen {
        .card {
          height: 100%;
        }
      }
      :host {
        --gap: 0.875rem;
      }
      .card {
        display: grid;
        grid-template-rows: auto auto auto auto 1fr auto;
        gap: var(--gap);
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
      .card.narrow {
        grid-template-rows: none;
        --gap: 0.625rem;
        padding: 0.75rem 1rem;
      }
      .narrow .cost {
        padding: 0;
        border: 0;
      }
      .fact {
        white-space: nowrap;
      }
      .facts {
        display: grid;
        gap: 0.875rem;
        padding-top: 0.75rem;
      }
    `,
  ];

  @property({ attribute: false }) net: BaseId = 'resnet50';
  @property({ type: Boolean }) chosen = false;
  @property({ type: Boolean }) measurable = false;
  @property({ attribute: false }) estimate: CostEstimate | null = null;
  /** Nothing of it stays frozen. */
  @property({ type: Boolean }) whole = false;
  /** Weights of the user's own. */
  @property({ attribute: false }) own: OwnWeights | null = null;
  /** While such weights are read; while they cannot be changed. */
  @property({ type: Boolean }) reading = false;
  @property({ type: Boolean }) locked = false;
  /** While this base is being measured; it has progress while its weights are downloaded. */
  @property({ attribute: false }) probing: { readonly progress: Progress | null } | null = null;

  readonly #narrow = new Narrow(this);

  override render() {
    const { title } = nets[this.net];
    const { estimate, probing } = this;
    const measured = estimate?.imagesPerSecond != null;
    const measure = probing
      ? words.bases.measuring
      : measured
        ? words.bases.measureAgain
        : words.bases.measure;
    const narrow = this.#narrow.is;
    const cost = html`<div class="cost">
      ${
        probing
          ? html`<progress-bar
              label=${downloading(probing.progress) ? words.bases.download : words.bases.runningAFew}
              .progress=${downloading(probing.progress) ? probing.progress : null}
            ></progress-bar>`
          : html`<p class="small">${this.#cost()}</p>`
      }
      <button
        class="small"
        aria-disabled=${probing || !this.measurable ? 'true' : 'false'}
        aria-label=${words.bases.measureSpeed(measure, title)}
        @click=${this.#measure}
      >
        ${measure}
      </button>
    </div>`;
    return html`<div
      class="card ${this.chosen ? 'chosen' : ''} ${narrow ? 'narrow' : ''}"
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
      ${
        narrow
          ? html`${cost}
              <details>
                <summary class="small">${this.#brief()}</summary>
                <div class="facts">${this.#facts()}</div>
              </details>`
          : html`${this.#facts()}${cost}`
      }
    </div>`;
  }

  #facts() {
    const { title, source } = nets[this.net];
    const { estimate } = this;
    return html`<stat-list .stats=${this.#stats()}></stat-list>
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
      ></own-weights>`;
  }

  /** What tells the bases apart most, before the rest is unfolded. */
  #brief() {
    const [parameters, , , download] = this.#stats();
    return [parameters!, ...(this.estimate?.downloaded === false ? [download!] : [])].map(
      ({ label, value }, index) =>
        html`${index > 0 ? ' · ' : nothing}<span class="fact">${label}: ${value}</span>`,
    );
  }

  #stats(): Stat[] {
    const { parameters, inputSize, features } = nets[this.net];
    const { estimate } = this;
    return [
      { label: words.bases.parameters, value: large(parameters) },
      { label: words.bases.input, value: words.bases.pixels(inputSize, inputSize) },
      { label: words.bases.bottleneck, value: words.bases.numbers(integer(features)) },
      estimate?.downloaded
        ? { label: words.bases.download, value: words.bases.keptHere }
        : { label: words.bases.download, value: estimate ? bytes(estimate.weights.bytes) : '–' },
    ];
  }

  #cost(): string {
    const { estimate } = this;
    if (this.whole) return words.bases.allTrains;
    if (estimate === null || estimate.images === 0) return words.bases.addImages;
    const left = estimate.images - estimate.cached;
    if (left <= 0) return words.bases.allStored;
    const cached = estimate.cached > 0 ? words.bases.alreadyStored(integer(estimate.cached)) : '';
    const work = words.bases.toExtract(images(left), cached);
    if (estimate.imagesPerSecond === null || estimate.seconds === null) return words.bases.notMeasured(work);
    return words.bases.cost(work, duration(estimate.seconds), decimal(estimate.imagesPerSecond));
  }

  readonly #measure = (): void => {
    if (this.measurable && !this.probing) this.dispatchEvent(new Event('base-measure'));
  };
}

const downloading = (progress: Progress | null): boolean =>
  progress !== null && progress.done < progress.total;
