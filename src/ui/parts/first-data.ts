import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base, controls } from '../styles';
import type { SourceButtons } from './source-buttons';
import './source-buttons';
import { words } from '../words';

/** Before there is any data: what to drop, and how folders become classes. The events of `source-buttons` bubble. */
@customElement('first-data')
export class FirstData extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .place {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 1.5rem 3rem;
        align-items: center;
        padding: 2rem;
        border: 2px dashed var(--line-strong);
        border-radius: var(--radius);
        background: var(--surface);
      }
      .words {
        display: grid;
        gap: 1rem;
      }
      h3 {
        font-size: 1.25rem;
        letter-spacing: -0.01em;
      }
      .tree {
        padding: 1rem 1.5rem 1rem 1.25rem;
        border-radius: var(--radius-small);
        background: var(--sunken);
        font: 0.8125rem/1.7 var(--mono);
        overflow-x: auto;
      }
      .tree div {
        white-space: pre;
      }
      .tree b {
        color: var(--accent);
        font-weight: 600;
      }
      .tree i {
        color: var(--muted);
        font-style: normal;
      }
      @media (max-width: 860px) {
        .place {
          grid-template-columns: minmax(0, 1fr);
          padding: 1.25rem;
        }
      }
    `,
  ];

  @property({ type: Boolean }) busy = false;

  @query('source-buttons') private buttons!: SourceButtons;

  /** To where the camera is opened from. */
  override focus(): void {
    this.buttons.focus();
  }

  override render() {
    return html`<div class="place">
      <div class="words">
        <h3>${words.firstData.title}</h3>
        <p>${words.firstData.text}</p>
        <source-buttons .busy=${this.busy}></source-buttons>
        <p class="small muted">${words.firstData.sample}</p>
      </div>
      <figure class="tree" role="img" aria-label=${words.firstData.treeLabel}>
        ${words.firstData.tree.map((one) => html`<div>${one}</div>`)}
      </figure>
    </div>`;
  }
}
