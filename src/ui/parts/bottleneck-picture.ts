import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { base } from '../styles';
import { words } from '../words';

/** Image → frozen base → bottleneck → head → classes: what runs once, and what is trained. */
@customElement('bottleneck-picture')
export class BottleneckPicture extends LitElement {
  static override styles = [
    base,
    css`
      svg {
        width: 100%;
        height: auto;
        max-width: 34rem;
      }
      text {
        font: 600 12px var(--font);
        fill: var(--ink);
        text-anchor: middle;
      }
      .note {
        font-weight: 400;
        fill: var(--muted);
      }
      .shape {
        fill: var(--sunken);
        stroke: var(--line-strong);
        stroke-width: 1.5;
      }
      .kept {
        fill: var(--accent);
      }
      .trained {
        fill: var(--accent-soft);
        stroke: var(--accent);
        stroke-width: 1.5;
      }
      .flow {
        fill: none;
        stroke: var(--line-strong);
        stroke-width: 1.5;
      }
      .brace {
        fill: none;
        stroke: var(--muted);
      }
    `,
  ];

  override render() {
    return html`<svg viewBox="0 0 500 134" role="img" aria-label=${words.bases.pictureLabel}>
      <rect class="shape" x="4" y="30" width="44" height="44" rx="4" />
      <path class="flow" d="m9 66 12-14 9 9 6-6 8 11M35 42h.5" />
      <path class="flow" d="M54 52h22m-5-4 5 4-5 4" />
      <path class="shape" d="M84 12 220 34v36L84 92z" />
      <text x="146" y="50">${words.bases.base}</text>
      <text class="note" x="146" y="66">${words.bases.frozenShort}</text>
      <path class="flow" d="M226 52h22m-5-4 5 4-5 4" />
      <g class="kept">
        <rect x="258" y="20" width="12" height="7" rx="1" />
        <rect x="258" y="29.5" width="12" height="7" rx="1" opacity="0.45" />
        <rect x="258" y="39" width="12" height="7" rx="1" opacity="0.8" />
        <rect x="258" y="48.5" width="12" height="7" rx="1" opacity="0.25" />
        <rect x="258" y="58" width="12" height="7" rx="1" opacity="0.6" />
        <rect x="258" y="67.5" width="12" height="7" rx="1" opacity="0.9" />
        <rect x="258" y="77" width="12" height="7" rx="1" opacity="0.35" />
      </g>
      <path class="flow" d="M280 52h22m-5-4 5 4-5 4" />
      <rect class="trained" x="310" y="22" width="70" height="60" rx="6" />
      <text x="345" y="50">${words.bases.head}</text>
      <text class="note" x="345" y="66">${words.bases.trainedShort}</text>
      <path class="flow" d="M388 52h22m-5-4 5 4-5 4" />
      <text x="458" y="40">${words.bases.cat}</text>
      <rect class="kept" x="424" y="45" width="68" height="5" rx="2.5" />
      <text x="458" y="68">${words.bases.dog}</text>
      <rect class="kept" x="424" y="73" width="14" height="5" rx="2.5" />
      <path class="brace" d="M4 98v6h266v-6M310 98v6h182v-6" />
      <text class="note" x="137" y="122">${words.bases.oncePerImage}</text>
      <text class="note" x="401" y="122">${words.bases.everyEpoch}</text>
    </svg>`;
  }
}
