import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { isHeadFormat, type ExportFormat } from '../../engine/export/formats';
import { base, controls } from '../styles';
import { optionCards } from '../surfaces';
import type { FormatChoice as Choice } from '../takeaway-view';
import { words } from '../words';

export class FormatEvent extends Event {
  constructor(readonly format: ExportFormat) {
    super('format-chosen');
  }
}

/** The formats, each with what it is for and about how large it gets. Sends `format-chosen`. */
@customElement('format-choice')
export class FormatChoice extends LitElement {
  static override styles = [
    base,
    controls,
    optionCards,
    css`
      :host {
        --option-width: 17.5rem;
      }
      .option {
        grid-template-columns: auto minmax(0, 1fr) auto;
      }
      .option .size {
        grid-column: 3;
        white-space: nowrap;
      }
      .option .purpose {
        grid-column: 2 / -1;
      }
    `,
  ];

  @property({ attribute: false }) choices: readonly Choice[] = [];
  @property() format: ExportFormat = 'tfjs';

  override render() {
    return html`<fieldset>
      <legend>${words.runs.whatFor}</legend>
      <div class="options">
        ${this.choices.map(
          ({ id, title, purpose, size }) =>
            html`<label class="option">
              <input
                type="radio"
                name="format"
                .checked=${this.format === id || (isHeadFormat(id) && isHeadFormat(this.format))}
                @change=${() => this.dispatchEvent(new FormatEvent(id))}
              />
              <span class="title">${title}</span>
              <span class="small muted figures size">${size}</span>
              <span class="small muted purpose">${purpose}</span>
            </label>`,
        )}
      </div>
    </fieldset>`;
  }
}
