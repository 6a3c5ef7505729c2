import { css, html, LitElement, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { TransferCase } from '../../engine/analysis/advice';
import { base } from '../styles';

type Part = 'frozen' | 'trained' | 'removed';

/** What becomes of five stages, from the picture to the head. */
const parts: Readonly<Record<TransferCase, readonly Part[]>> = {
  1: ['frozen', 'frozen', 'frozen', 'frozen', 'frozen'],
  2: ['frozen', 'frozen', 'frozen', 'trained', 'trained'],
  3: ['frozen', 'frozen', 'removed', 'removed', 'removed'],
  4: ['trained', 'trained', 'trained', 'trained', 'trained'],
};

/** One of the four cases as a row of stages and the head: solid is frozen, hatched trained, dashed removed. */
@customElement('case-picture')
export class CasePicture extends LitElement {
  static override styles = [
    base,
    css`
      svg {
        width: 7.5rem;
        height: auto;
      }
      rect {
        stroke: var(--ink);
        stroke-width: 1;
      }
      .frozen {
        fill: var(--ink);
      }
      .trained {
        fill: url(#hatch);
      }
      .removed {
        fill: none;
        stroke: var(--line-strong);
        stroke-dasharray: 2 2;
      }
      pattern path {
        stroke: var(--ink);
        stroke-width: 1.25;
      }
    `,
  ];

  @property({ type: Number }) case: TransferCase = 1;

  override render() {
    return html`<svg viewBox="0 0 120 32" aria-hidden="true">
      <defs>
        <pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse">
          <path d="M-1 1 1-1M0 4 4 0M3 5 5 3" />
        </pattern>
      </defs>
      ${parts[this.case].map((part, i) => {
        const height = 28 - 4 * i;
        return svg`<rect class=${part} x=${1 + 18 * i} y=${(32 - height) / 2} width="12" height=${height} rx="1.5" />`;
      })}
      <rect class="trained" x="99" y="8" width="14" height="16" rx="3" />
    </svg>`;
  }
}
