import { html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { decimal, percent } from '../format';
import { rove } from '../rove';
import { fileName, save } from '../save';
import { base, controls } from '../styles';
import { chartTable, csv, standaloneSvg } from './chart-export';
import {
  chartScene,
  dashes,
  marker,
  type ChartInput,
  type ChartSeries,
  type Scene,
  type Shape,
} from './chart-scene';
import { chartStyles } from './line-chart-styles';
import { svgToPng } from './svg-to-png';

export class CursorMove extends Event {
  constructor(readonly x: number | null) {
    super('cursor-move');
  }
}

/** Curves over epochs: read with the eyes, the pointer, the arrow keys, as a table, or in a file. */
@customElement('line-chart')
export class LineChart extends LitElement {
  static override styles = [base, controls, chartStyles];

  @property() heading = '';
  @property() xLabel = 'Epoch';
  @property() format: 'percent' | 'number' = 'number';
  @property({ attribute: false }) series: readonly ChartSeries[] = [];
  /** Shared by charts side by side; null: the last epoch of each line. */
  @property({ type: Number }) cursor: number | null = null;
  @state() private width = 480;
  @state() private tabular = false;
  @query('.plot') private plot!: HTMLElement;
  #scene!: Scene;
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

  get #input(): ChartInput {
    const { series, width, xLabel, format } = this;
    return { series, width, height: Math.round(Math.min(320, Math.max(200, width * 0.55))), xLabel, format };
  }

  override render() {
    const input = this.#input;
    this.#scene = chartScene(input);
    return html`<figure aria-labelledby="heading">
      <h3 id="heading">${this.heading}</h3>
      <div class="plot">${this.#drawing(input)} ${this.#slider()}</div>
      ${this.#legend()}
      <div class=${this.tabular ? 'data' : 'visually-hidden'}>${this.#table(input)}</div>
      <div class="tools row" role="group" aria-label=${`${this.heading} chart`}>
        <button
          class="quiet small"
          aria-pressed=${this.tabular ? 'true' : 'false'}
          @click=${() => (this.tabular = !this.tabular)}
        >
          Table
        </button>
        <span class="small muted">Save as</span>
        <button class="quiet small" @click=${this.#saveSvg}>SVG</button>
        <button class="quiet small" @click=${this.#savePng}>PNG</button>
        <button class="quiet small" @click=${this.#saveCsv}>CSV</button>
      </div>
    </figure>`;
  }

  #drawing({ width, height }: ChartInput) {
    const { x, y, plot } = this.#scene;
    const { cursor } = this;
    const at = cursor === null || !this.#scene.xs.includes(cursor) ? null : cursor;
    return html`<svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} aria-hidden="true">
      ${this.#scene.shapes.map(drawn)}
      ${at === null ? nothing : svg`<path class="cursor" d="M${x(at)} ${plot.top}V${plot.bottom}"></path>`}
      ${
        at === null
          ? nothing
          : this.series.flatMap(({ lines, colour }) =>
              lines.map((one) => {
                const point = one.points.find((candidate) => candidate.x === at);
                return point && Number.isFinite(point.y)
                  ? svg`<circle cx=${x(at)} cy=${y(point.y)} r="3.5" stroke="var(--surface)" stroke-width="1.5" style=${styleMap({ fill: colour })}></circle>`
                  : nothing;
              }),
            )
      }
    </svg>`;
  }

  /** Lies over the drawing and takes the pointer and the keys. */
  #slider() {
    const { xs } = this.#scene;
    const now = this.cursor ?? xs.at(-1) ?? 0;
    return html`<div
      class="slider"
      role="slider"
      tabindex=${xs.length > 0 ? 0 : -1}
      aria-label=${`${this.xLabel} in the ${this.heading} chart`}
      aria-valuemin=${xs[0] ?? 0}
      aria-valuemax=${xs.at(-1) ?? 0}
      aria-valuenow=${now}
      aria-valuetext=${this.#spoken(now)}
      @pointermove=${this.#point}
      @pointerdown=${this.#point}
      @pointerleave=${() => this.#move(null)}
      @blur=${() => this.#move(null)}
      @keydown=${this.#pressed}
    ></div>`;
  }

  #show(value: number | undefined): string {
    if (value === undefined) return '–';
    return this.format === 'percent' ? percent(value) : decimal(value);
  }

  #value(points: ChartSeries['lines'][number]['points']): number | undefined {
    const { cursor } = this;
    return (cursor === null ? points.at(-1) : points.find(({ x }) => x === cursor))?.y;
  }

  #spoken(x: number): string {
    const values = this.series.flatMap(({ name, lines }) =>
      lines.map((one) => `${name} ${one.label} ${this.#show(one.points.find((point) => point.x === x)?.y)}`),
    );
    return `${this.xLabel} ${x}: ${values.join(', ')}`;
  }

  #legend() {
    const labels = this.series[0]?.lines ?? [];
    if (labels.length === 0) return nothing;
    const where = this.cursor === null ? 'Last' : `${this.xLabel} ${this.cursor}`;
    return html`<table class="legend" aria-hidden="true">
      <thead>
        <tr>
          <th class="name">${where}</th>
          ${labels.map(
            ({ label, style }) =>
              html`<th>
                <svg width="26" height="8" class=${style}>
                  ${svg`<path d="M0 4h26" stroke="currentColor" stroke-width=${style === 'solid' ? 2.5 : 1.75} stroke-dasharray=${dashes[style]}></path>`}
                </svg>
                ${label}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${this.series.map(
          ({ name, colour, marker: kind, lines }) =>
            html`<tr>
              <th class="name ellipsis" title=${name}>
                <svg width="12" height="12" style=${styleMap({ fill: colour })}>
                  ${svg`<path d=${marker(kind, 6, 6)}></path>`}
                </svg>
                ${name}
              </th>
              ${lines.map((one) => html`<td>${this.#show(this.#value(one.points))}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #table(input: ChartInput) {
    const { head, rows } = chartTable(input);
    return html`<table>
      <caption class="visually-hidden">
        ${this.heading}
      </caption>
      <thead>
        <tr>
          ${head.map((title) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([x, ...values]) =>
            html`<tr>
              <th scope="row">${x}</th>
              ${values.map((value) => html`<td>${this.#show(value ?? undefined)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  readonly #point = (event: PointerEvent): void => {
    const box = this.plot.getBoundingClientRect();
    this.#move(this.#scene.nearest(event.clientX - box.left));
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    const { xs } = this.#scene;
    const index = this.cursor === null ? xs.length - 1 : xs.indexOf(this.cursor);
    // On a slider the up arrow means more.
    const key: Record<string, string> = {
      ArrowUp: 'ArrowDown',
      ArrowRight: 'ArrowDown',
      ArrowLeft: 'ArrowUp',
      ArrowDown: 'ArrowUp',
    };
    const to = rove(key[event.key] ?? event.key, index, xs.length);
    if (to === null) return;
    event.preventDefault();
    this.#move(xs[to] ?? null);
  };

  #move(x: number | null): void {
    if (x !== this.cursor) this.dispatchEvent(new CursorMove(x));
  }

  #standalone(): string {
    const probe = document.createElement('span');
    this.renderRoot.append(probe);
    const resolve = (colour: string): string => {
      probe.style.color = colour;
      return getComputedStyle(probe).color;
    };
    const text = standaloneSvg(this.heading, { ...this.#input, width: 720, height: 400 }, resolve);
    probe.remove();
    return text;
  }

  #save(blob: Blob, extension: string): void {
    save(blob, fileName(`headway ${this.heading}`, extension));
  }
  readonly #saveSvg = (): void =>
    this.#save(new Blob([this.#standalone()], { type: 'image/svg+xml' }), 'svg');
  readonly #savePng = async (): Promise<void> => this.#save(await svgToPng(this.#standalone()), 'png');
  readonly #saveCsv = (): void =>
    this.#save(new Blob([csv(chartTable(this.#input))], { type: 'text/csv' }), 'csv');
}

function drawn(shape: Shape): TemplateResult {
  return shape.kind === 'path'
    ? svg`<path
        d=${shape.d}
        stroke-width=${shape.width}
        stroke-dasharray=${shape.dash || nothing}
        stroke-linejoin="round"
        style=${styleMap({ fill: shape.fill, stroke: shape.stroke })}
      ></path>`
    : svg`<text x=${shape.x} y=${shape.y} text-anchor=${shape.anchor} style=${styleMap({ fill: shape.fill })}>${shape.text}</text>`;
}
