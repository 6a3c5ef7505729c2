import { html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { loss, percent } from '../format';
import { rove } from '../rove';
import { ChartElement, drawn } from './chart-element';
import { chartTable, standaloneSvg, type ChartTable } from './chart-export';
import { chartScene, type ChartInput, type ChartNote, type ChartSeries, type Scene } from './chart-scene';
import { lineSample, seriesMark } from './chart-signs';
import { words } from '../words';
import { en } from '../words/en';

export class CursorMove extends Event {
  constructor(readonly x: number | null) {
    super('cursor-move');
  }
}

/** Curves over epochs: read with the eyes, the pointer, the arrow keys, as a table, or in a file. */
@customElement('line-chart')
export class LineChart extends ChartElement {
  @property() format: 'percent' | 'number' = 'number';
  /** Without a legend, where another element has one. */
  @property({ type: Boolean }) bare = false;
  /** Of y; null: what the data ask for. */
  @property({ attribute: false }) domain: readonly [number, number] | null = null;
  @property({ attribute: false }) notes: readonly ChartNote[] = [];
  @property({ attribute: false }) series: readonly ChartSeries[] = [];
  /** Shared by charts side by side; null: the last epoch of each line. */
  @property({ type: Number }) cursor: number | null = null;
  #scene!: Scene;
  get #input(): ChartInput {
    const { series, width, format, domain, notes } = this;
    const xLabel = words.curves.epochAxis;
    const height = Math.round(Math.min(340, Math.max(220, width * 0.55)));
    return { series, width, height, xLabel, format, domain, notes };
  }

  override render() {
    const input = this.#input;
    this.#scene = chartScene(input);
    return html`<figure aria-labelledby="heading">
      <h3 id="heading">${this.heading}</h3>
      <div class="plot">${this.#drawing(input)} ${this.#slider()}</div>
      ${this.bare ? nothing : this.#legend()} ${this.numbers(this.#table(input))} ${this.tools()}
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
      aria-label=${words.curves.epochIn(this.heading)}
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
    return this.format === 'percent' ? percent(value) : loss(value);
  }

  #value(points: ChartSeries['lines'][number]['points']): number | undefined {
    const { cursor } = this;
    return (cursor === null ? points.at(-1) : points.find(({ x }) => x === cursor))?.y;
  }

  #spoken(x: number): string {
    const values = this.series.flatMap(({ name, lines }) =>
      lines.map((one) => `${name} ${one.label} ${this.#show(one.points.find((point) => point.x === x)?.y)}`),
    );
    return `${words.curves.epoch(x)}: ${values.join(', ')}`;
  }

  #legend() {
    const labels = this.series[0]?.lines ?? [];
    if (labels.length === 0) return nothing;
    const where = this.cursor === null ? words.curves.last : words.curves.epoch(this.cursor);
    return html`<table class="legend" aria-hidden="true">
      <thead>
        <tr>
          <th class="name">${where}</th>
          ${labels.map(
            ({ label, share, style }) =>
              html`<th>
                ${lineSample(style)} <span class="wide">${label}</span
                ><span class="narrow">${words.curves.short[share === 'train' ? 'training' : share]}</span>
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${this.series.map(
          ({ name, colour, marker: kind, variant, lines }) =>
            html`<tr>
              <th class="name ellipsis" title=${name}>
                ${seriesMark({ marker: kind, variant, colour })} ${name}
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

  protected override file(resolve: (colour: string) => string): string {
    return standaloneSvg(this.heading, { ...this.#input, width: 720, height: 400 }, resolve);
  }
  protected override get data(): ChartTable {
    return chartTable({ ...this.#input, xLabel: en.curves.epochAxis }, ({ share }) => en.shares.names[share]);
  }
}
