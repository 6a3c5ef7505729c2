import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles';

export interface Stat {
  readonly label: string;
  readonly value: string;
  /** A word more, under the value. */
  readonly note?: string;
}

/** Facts in figures: a small label over a value; `--stat-width`: of the narrowest. */
@customElement('stat-list')
export class StatList extends LitElement {
  static override styles = [
    base,
    css`
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(var(--stat-width, 7.75rem), 100%), 1fr));
        gap: 0.75rem 1rem;
      }
      dt {
        color: var(--muted);
        font-size: var(--small);
        line-height: 1.3;
      }
      dd {
        font-variant-numeric: tabular-nums;
        overflow-wrap: anywhere;
      }
      .note {
        display: block;
        line-height: 1.3;
      }
    `,
  ];

  @property({ attribute: false }) stats: readonly Stat[] = [];

  override render() {
    return html`<dl>
      ${this.stats.map(
        ({ label, value, note }) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${value}${note ? html` <span class="note small muted">${note}</span>` : nothing}</dd>
          </div>`,
      )}
    </dl>`;
  }
}
