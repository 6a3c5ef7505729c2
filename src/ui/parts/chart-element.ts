import { html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { fileName, save } from '../save';
import { base, controls } from '../styles';
import { csv, type ChartTable } from './chart-export';
import type { Shape } from './chart-shapes';
import { chartStyles } from './chart-styles';
import { svgToPng } from './svg-to-png';
import { words } from '../words';

/** What all charts have: a width that follows the page, a table, and files to save. */
export abstract class ChartElement extends LitElement {
  static override styles = [base, controls, chartStyles];

  @property() heading = '';
  @state() protected width = 480;
  @state() protected tabular = false;
  @query('.plot') protected plot!: HTMLElement;
  readonly #observer = new ResizeObserver(() => (this.width = Math.max(240, this.plot.clientWidth)));

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#observer.observe(this.plot);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }
  protected override firstUpdated(): void {
    this.#observer.observe(this.plot);
  }

  /** As an SVG file. */
  protected abstract file(resolve: (colour: string) => string): string;
  protected abstract get data(): ChartTable;

  /** The table, which only screen readers meet until it is asked for. */
  protected numbers(table: TemplateResult): TemplateResult {
    return this.tabular
      ? html`<div class="data" tabindex="0" role="region" aria-label=${words.curves.tableOf(this.heading)}>
          ${table}
        </div>`
      : html`<div class="visually-hidden">${table}</div>`;
  }

  /** Without `Table` where the drawing is one. */
  protected tools(table = true): TemplateResult {
    return html`<div class="tools row" role="group" aria-label=${words.curves.chartOf(this.heading)}>
      ${
        table
          ? html`<button
              class="quiet small"
              aria-pressed=${this.tabular ? 'true' : 'false'}
              @click=${() => (this.tabular = !this.tabular)}
            >
              ${words.curves.table}
            </button>`
          : nothing
      }
      <span class="small muted">${words.curves.saveAs}</span>
      <button class="quiet small" @click=${this.#saveSvg}>SVG</button>
      <button class="quiet small" @click=${this.#savePng}>PNG</button>
      <button class="quiet small" @click=${this.#saveCsv}>CSV</button>
    </div>`;
  }

  #standalone(): string {
    const probe = document.createElement('span');
    this.renderRoot.append(probe);
    const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
    const known = new Map<string, string>();
    // Through a pixel, since a mixed colour computes to oklab(), which few programs read.
    const resolve = (colour: string): string => {
      let rgb = known.get(colour);
      if (rgb === undefined) {
        probe.style.color = colour;
        context.fillStyle = getComputedStyle(probe).color;
        context.fillRect(0, 0, 1, 1);
        const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
        known.set(colour, (rgb = `rgb(${r}, ${g}, ${b})`));
      }
      return rgb;
    };
    const text = this.file(resolve);
    probe.remove();
    return text;
  }

  #save(blob: Blob, extension: string): void {
    save(blob, fileName(`headway ${this.heading}`, extension));
  }
  readonly #saveSvg = (): void =>
    this.#save(new Blob([this.#standalone()], { type: 'image/svg+xml' }), 'svg');
  readonly #savePng = async (): Promise<void> => this.#save(await svgToPng(this.#standalone()), 'png');
  readonly #saveCsv = (): void => this.#save(new Blob([csv(this.data)], { type: 'text/csv' }), 'csv');
}

export function drawn(shape: Shape): TemplateResult {
  return shape.kind === 'path'
    ? svg`<path
        d=${shape.d}
        stroke-width=${shape.width}
        stroke-dasharray=${shape.dash || nothing}
        stroke-linejoin="round"
        style=${styleMap({ fill: shape.fill, stroke: shape.stroke })}
      ></path>`
    : svg`<text x=${shape.x} y=${shape.y} text-anchor=${shape.anchor} font-weight=${shape.bold ? 600 : nothing} style=${styleMap({ fill: shape.fill })}>${shape.text}</text>`;
}
