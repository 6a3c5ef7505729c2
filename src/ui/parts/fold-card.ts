import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Narrow } from '../narrow';
import { base, controls } from '../styles';
import { icon } from './icon';

/** A card of choices that have good defaults: in a narrow window it folds behind what they are set to. */
@customElement('fold-card')
export class FoldCard extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .card,
      .body {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--fold-gap, 0.875rem);
      }
      .card {
        padding: 1rem 1.125rem;
      }
      .body {
        padding-top: 0.875rem;
      }
      summary {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0.125rem 0.75rem;
        margin: -1rem -1.125rem;
        padding: 0.875rem 1.125rem;
      }
      [open] > summary {
        margin-bottom: 0;
        padding-bottom: 0;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      summary p {
        overflow-wrap: anywhere;
      }
      .arrow {
        grid-row: 1 / span 2;
        grid-column: 2;
        align-self: center;
        color: var(--muted);
        rotate: 90deg;
        transition: rotate var(--quick);
      }
      [open] .arrow {
        rotate: -90deg;
      }
    `,
  ];

  @property() heading = '';
  /** What the choices in it are set to. */
  @property() choice = '';
  readonly #narrow = new Narrow(this);

  override render() {
    return html`<section class="card" aria-labelledby="title">
      ${
        this.#narrow.is
          ? html`<details>
              <summary>
                <h3 id="title">${this.heading}</h3>
                <p class="small muted">${this.choice}</p>
                <span class="arrow">${icon('open')}</span>
              </summary>
              <div class="body"><slot></slot></div>
            </details>`
          : html`<h3 id="title">${this.heading}</h3>
              <slot></slot>`
      }
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fold-card': FoldCard;
  }
}
