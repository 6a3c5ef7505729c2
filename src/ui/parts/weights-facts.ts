import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { WeightsInfo } from '../../engine/run';
import { bytes } from '../format';
import { precisionText } from '../weights-view';
import { base, controls } from '../styles';
import { words } from '../words';

/** Where a base's weights come from, under what licence, in what precision. */
@customElement('weights-facts')
export class WeightsFacts extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        font-size: var(--small);
      }
      summary {
        width: fit-content;
        max-width: 100%;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0.25rem 0.75rem;
        padding-top: 0.5rem;
      }
      dt {
        color: var(--muted);
      }
      dd {
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) weights!: WeightsInfo;
  /** Whether they are on this machine. */
  @property({ type: Boolean }) kept = false;

  override render() {
    const { source, precision, licence, bytes: size } = this.weights;
    return html`<details>
      <summary>${words.bases.weights(precision, bytes(size), this.kept)}</summary>
      <dl>
        <dt>${words.bases.source}</dt>
        <dd>${source}</dd>
        <dt>${words.bases.licence}</dt>
        <dd>${licence}</dd>
        <dt>${words.bases.precision}</dt>
        <dd>${precisionText(precision)}</dd>
      </dl>
    </details>`;
  }
}
