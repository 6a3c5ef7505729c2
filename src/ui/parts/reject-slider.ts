import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { CoveragePoint } from '../../engine/results/coverage';
import type { ImagePrediction } from '../../engine/results/evaluation';
import { withheldText, withhold } from '../evaluation-view';
import { percent } from '../format';
import { base, controls } from '../styles';
import { words } from '../words';

/** A run, as far as withholding its answers matters. */
export interface Withholding {
  readonly runId: string;
  readonly name: string;
  /** A CSS colour. */
  readonly colour: string;
  /** Of its validation images. */
  readonly coverage: readonly CoveragePoint[];
  readonly predictions: readonly ImagePrediction[];
}

export class ThresholdChange extends Event {
  constructor(readonly threshold: number) {
    super('threshold-change', { bubbles: true, composed: true });
  }
}

const height = 72;

/** How sure an answer has to be, before the curves of what that costs and brings on validation images. */
@customElement('reject-slider')
export class RejectSlider extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .ground {
        position: relative;
        height: ${height}px;
        border-bottom: 1px solid var(--line-strong);
      }
      svg {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        overflow: visible;
      }
      path {
        fill: none;
        stroke-width: 2;
        vector-effect: non-scaling-stroke;
      }
      .at {
        stroke: var(--ink);
        stroke-width: 1;
        vector-effect: non-scaling-stroke;
      }
      .slide {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 3rem;
        gap: 0 0.75rem;
        align-items: center;
      }
      .slide > div,
      .slide input[type='range'] {
        grid-column: 1;
      }
      .slide input[type='range'] {
        min-height: 2rem;
        margin: 0;
        padding: 0;
        border: 0;
        background: none;
        accent-color: var(--accent);
      }
      /* The handle's middle goes from half its width to half its width before the end. */
      .ground {
        margin: 0 8px;
      }
      output {
        grid-column: 2;
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
      ul {
        display: grid;
        gap: 0.25rem;
        margin-top: 0.375rem;
      }
      li {
        font-size: var(--small);
      }
      li span {
        display: inline-block;
        width: 0.75rem;
        height: 0.75rem;
        margin-right: 0.375rem;
        border-radius: 50%;
      }
    `,
  ];

  @property({ type: Number }) threshold = 0;
  @property({ attribute: false }) runs: readonly Withholding[] = [];

  override render() {
    const { runs, threshold } = this;
    const texts = runs.map(({ predictions }) => withheldText(withhold(predictions, threshold), threshold));
    return html`
      <p class="small muted">
        ${words.evaluation.rejectText} ${runs.length > 0 ? words.evaluation.rejectLines : nothing}
      </p>
      <div class="slide">
        ${
          runs.length === 0
            ? nothing
            : html`<div class="ground">
                <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                  ${runs.map(({ colour, coverage }) => curves(coverage, colour))}
                  ${svg`<path class="at" d="M${100 * threshold} 0V100"></path>`}
                </svg>
              </div>`
        }
        <input
          type="range"
          min="0"
          max="100"
          step="1"
          aria-label=${words.evaluation.howSure}
          aria-valuetext="${percent(threshold, 0)}. ${texts.join(' ')}"
          .value=${String(Math.round(threshold * 100))}
          @input=${this.#slide}
        />
        <output>${percent(threshold, 0)}</output>
      </div>
      <ul>
        ${runs.map(
          ({ name, colour }, i) =>
            html`<li>
              <span style=${styleMap({ background: colour })} aria-hidden="true"></span
              ><strong>${name}</strong>. ${texts[i]!}
            </li>`,
        )}
      </ul>
    `;
  }

  readonly #slide = (event: Event): void => {
    const threshold = (event.target as HTMLInputElement).valueAsNumber / 100;
    this.dispatchEvent(new ThresholdChange(threshold));
  };
}

/** Coverage and accuracy over the threshold, on 100 × 100. */
function curves(points: readonly CoveragePoint[], colour: string) {
  const rising = points.toReversed();
  const path = (y: (point: CoveragePoint) => number) => {
    const steps = rising.map((point) => `L${100 * point.threshold} ${100 * (1 - y(point))}`).join('');
    return rising.length === 0 ? '' : `M0 ${100 * (1 - y(rising[0]!))}${steps}`;
  };
  return svg`
    <path d=${path(({ coverage }) => coverage)} style=${styleMap({ stroke: colour })}></path>
    <path
      d=${path(({ accuracy }) => accuracy)}
      stroke-dasharray="5 4"
      style=${styleMap({ stroke: colour })}
    ></path>`;
}
