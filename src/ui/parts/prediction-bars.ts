import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { Prediction } from '../../engine/run';
import { baseColour } from '../base-style';
import { duration, integer, percent } from '../format';
import { base } from '../styles';
import { words } from '../words';

/** How many classes are worth a bar. */
const shown = 5;

/** What one run makes of an image. */
@customElement('prediction-bars')
export class PredictionBars extends LitElement {
  static override styles = [
    base,
    css`
      h4 {
        margin-bottom: 0.375rem;
        font-size: 1rem;
        font-weight: 600;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 2fr) minmax(3rem, 3fr) 3.75rem;
        gap: 0.75rem;
        align-items: center;
        padding: 0.125rem 0;
      }
      li:first-child .label {
        font-weight: 600;
      }
      .track {
        height: 0.5rem;
        border-radius: 1rem;
        background: var(--line);
      }
      .track span {
        display: block;
        height: 100%;
        border-radius: 1rem;
        background: var(--colour);
      }
      .value {
        text-align: right;
      }
      .none {
        margin-bottom: 0.25rem;
      }
      .rejected .track span {
        background: var(--line-strong);
      }
      .rejected li:first-child .label {
        font-weight: 400;
      }
    `,
  ];

  @property({ attribute: false }) prediction!: Prediction;
  @property() name = '';
  /** Below it the answer is none of these, 0 … 1. */
  @property({ type: Number }) threshold = 0;

  override render() {
    const { base: net, classes, ms } = this.prediction;
    const more = classes.length - shown;
    // As in the coverage curve: probabilities are float32, the slider's steps are not.
    const isRejected = (classes[0]?.probability ?? 0) < this.threshold - 1e-7;
    return html`<div style=${styleMap({ '--colour': baseColour(net) })}>
      <h4>${this.name} <span class="small muted">${duration(ms / 1000)}</span></h4>
      ${isRejected ? html`<p class="none">${words.tryIt.lessSure(percent(this.threshold, 0))}</p>` : nothing}
      <ol class=${isRejected ? 'rejected' : ''}>
        ${classes.slice(0, shown).map(
          ({ label, probability }) =>
            html`<li>
              <span class="label ellipsis" title=${label}><bdi>${label}</bdi></span>
              <span class="track"><span style=${styleMap({ width: `${100 * probability}%` })}></span></span>
              <span class="value figures">${percent(probability)}</span>
            </li>`,
        )}
      </ol>
      ${more > 0 ? html`<p class="small muted">${words.tryIt.lessLikely(integer(more))}</p>` : nothing}
    </div>`;
  }
}
