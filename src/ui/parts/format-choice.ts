import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { isHeadFormat, type ExportFormat } from '../../engine/export/formats';
import { base, controls } from '../styles';
import type { FormatChoice as Choice } from '../takeaway-view';

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
    css`
      legend {
        padding: 0;
        margin-bottom: 0.5rem;
        font-weight: 650;
      }
      .options {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(17.5rem, 100%), 1fr));
        gap: 0.75rem;
      }
      .option {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: 0.125rem 0.625rem;
        align-content: start;
        padding: 0.75rem 0.875rem;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-small);
        background: var(--surface);
        cursor: pointer;
      }
      .option:has(:checked) {
        border-color: var(--accent);
        background: var(--accent-soft);
        box-shadow: inset 0 0 0 1px var(--accent);
      }
      .option input {
        margin-top: 0.1875rem;
      }
      .title {
        font-weight: 600;
      }
      .size {
        white-space: nowrap;
      }
      .purpose {
        grid-column: 2 / -1;
      }
    `,
  ];

  @property({ attribute: false }) choices: readonly Choice[] = [];
  @property() format: ExportFormat = 'tfjs';

  override render() {
    return html`<fieldset>
      <legend>What for?</legend>
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
