import { svg, html, type TemplateResult } from 'lit';
import { dashes, marks } from './chart-shapes';
import { drawn } from './chart-element';

/** The marker of a line, for legends and tables. */
export function seriesMark(series: {
  readonly marker: number;
  readonly variant?: number | undefined;
  readonly colour: string;
}): TemplateResult {
  const { marker, variant = 0, colour } = series;
  return html`<svg class="mark" width="12" height="12" aria-hidden="true">
    ${marks(marker, variant, 6, 6, colour).map(drawn)}
  </svg>`;
}

/** A piece of a line, solid or dashed. */
export function lineSample(style: 'solid' | 'dashed'): TemplateResult {
  return html`<svg class="sample ${style}" width="26" height="8" aria-hidden="true">
    ${svg`<path d="M0 4h26" stroke="currentColor" stroke-width=${style === 'solid' ? 2.25 : 1.5} stroke-dasharray=${dashes[style]}></path>`}
  </svg>`;
}
