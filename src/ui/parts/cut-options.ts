import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { TransferCase } from '../../engine/analysis/advice';
import { cutCases } from '../cut-cases';
import { base, controls } from '../styles';
import { optionCards } from '../surfaces';
import './case-picture';
import { icon } from './icon';
import { words } from '../words';

export class CaseChoose extends Event {
  constructor(readonly number: TransferCase) {
    super('case-choose');
  }
}

/** The article's four cases as settings to begin with. Sends `case-choose`. */
@customElement('cut-options')
export class CutOptions extends LitElement {
  static override styles = [
    base,
    controls,
    optionCards,
    css`
      .option {
        grid-template-rows: auto 1fr auto;
      }
      case-picture {
        grid-column: 2;
        padding-top: 0.5rem;
      }
      .advised {
        grid-column: 2;
        display: flex;
        gap: 0.375rem;
        align-items: center;
        color: var(--accent);
        font-weight: 600;
      }
    `,
  ];

  /** Of the settings as they are. */
  @property({ type: Number }) chosen: TransferCase = 1;
  /** Of the measured advice; null: nothing was measured. */
  @property({ attribute: false }) advised: TransferCase | null = null;
  @property() name = '';
  @property({ type: Boolean }) locked = false;

  override render() {
    return html`<fieldset>
      <legend>${words.cut.whichCase(this.name)}</legend>
      <div class="options">
        ${cutCases().map(
          ({ number, title, sentence }) =>
            html`<label class="option">
              <input
                type="radio"
                name="case"
                value=${number}
                aria-describedby="case-${number}"
                ?disabled=${this.locked}
                .checked=${number === this.chosen}
                @change=${() => this.dispatchEvent(new CaseChoose(number))}
              />
              <span class="title">${number}. ${title}</span>
              <span id="case-${number}" class="small">${sentence}</span>
              <case-picture .case=${number}></case-picture>
              ${
                number === this.advised
                  ? html`<span class="small advised">${icon('check', 16)} ${words.cut.measuredFits}</span>`
                  : nothing
              }
            </label>`,
        )}
      </div>
    </fieldset>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cut-options': CutOptions;
  }
}
