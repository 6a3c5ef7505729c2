import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { Prediction } from '../../engine/run';
import { baseColour } from '../base-style';
import { duration, integer, percent } from '../format';
import { base } from '../styles';

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
    `,
  ];

  @property({ attribute: false }) prediction!: Prediction;
  @property() name = '';

  override render() {
    const { base: net, classes, ms } = this.prediction;
    const more = classes.length - shown;
    return html`<div style=${styleMap({ '--colour': baseColour(net) })}>
      <h4>${this.name} <span class="small muted">${duration(ms / 1000)}</span></h4>
      <ol>
        ${classes.slice(0, shown).map(
          ({ label, probability }) =>
            html`<li>
              <span class="label ellipsis" title=${label}><bdi>${label}</bdi></span>
              <span class="track"><span style=${styleMap({ width: `${100 * probability}%` })}></span></span>
              <span class="value figures">${percent(probability)}</span>
            </li>`,
        )}
      </ol>
      ${more > 0 ? html`<p class="small muted">and ${integer(more)} less likely</p>` : nothing}
    </div>`;
  }
}
