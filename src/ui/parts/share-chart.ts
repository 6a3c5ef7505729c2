import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { rove } from '../rove';
import { ChartElement, drawn } from './chart-element';
import { svgFile, type ChartTable } from './chart-export';
import type { Shape } from './chart-shapes';
import { nearestPoint, thinned, type ShareAxes, type ShareScene } from './share-scene';
import { words } from '../words';
import type { Words } from '../words/contract';
import { en } from '../words/en';
import { upTo } from '../words/numbers';

/** A place on a curve that can be read out. */
export interface Stop {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** A chart with shares on both axes: read with the eyes, the pointer, the arrow keys, as a table, or in a file. */
export abstract class ShareChart extends ChartElement {
  static override styles = [
    ...ChartElement.styles,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1rem;
        align-items: baseline;
        justify-content: space-between;
      }
      .keys {
        display: flex;
        flex-wrap: wrap;
        gap: 0.125rem 1.25rem;
        font-size: var(--small);
      }
      .keys span {
        display: inline-flex;
        gap: 0.375rem;
        align-items: center;
      }
      .keys svg {
        overflow: visible;
      }
      .readout {
        min-height: 1.5em;
      }
      .spot {
        fill: var(--surface);
        stroke: var(--ink);
        stroke-width: 2;
      }
    `,
  ];

  @state() protected cursor: number | null = null;
  #scene!: ShareScene;

  protected abstract get axes(): Pick<ShareAxes, 'xLabel' | 'yLabel'>;
  protected abstract scene(size: ShareAxes): ShareScene;
  /** In the order in which the arrow keys go through them. */
  protected abstract stops: readonly Stop[];
  /** Under the chart while nothing is pointed at. */
  protected abstract caption: string;
  /** On the screen in the page's language, in a file in English. */
  protected abstract tableIn(language: Words): ChartTable;

  protected headerExtra(): TemplateResult | typeof nothing {
    return nothing;
  }
  protected legend(): TemplateResult | typeof nothing {
    return nothing;
  }
  protected controls(): TemplateResult | typeof nothing {
    return nothing;
  }
  /** Of the legend, for the saved picture. */
  protected legendShapes(): { readonly shapes: readonly Shape[]; readonly height: number } {
    return { shapes: [], height: 0 };
  }

  override render() {
    const { width, stops } = this;
    const height = Math.round(Math.min(340, Math.max(230, width * 0.62)));
    this.#scene = this.scene({ ...this.axes, width, height });
    const at = this.cursor === null ? undefined : stops[this.cursor];
    const { x, y } = this.#scene;
    return html`<figure aria-labelledby="heading">
      <header>
        <h4 id="heading">${this.heading}</h4>
        ${this.headerExtra()}
      </header>
      ${this.legend()}
      <div class="plot">
        <svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} aria-hidden="true">
          ${this.#scene.shapes.map(drawn)}
          ${at ? svg`<circle class="spot" cx=${x(at.x)} cy=${y(at.y)} r="5"></circle>` : nothing}
        </svg>
        ${stops.length > 0 ? this.#slider(stops) : nothing}
      </div>
      <p class="readout small ${at ? '' : 'muted'}" aria-hidden=${at ? 'true' : 'false'}>
        ${at?.text ?? this.caption}
      </p>
      ${this.controls()} ${this.numbers(this.#table())} ${this.tools()}
    </figure>`;
  }

  #slider(stops: readonly Stop[]) {
    const now = Math.min(this.cursor ?? 0, stops.length - 1);
    return html`<div
      class="slider"
      role="slider"
      tabindex="0"
      aria-label=${words.evaluation.pointIn(this.heading)}
      aria-valuemin="1"
      aria-valuemax=${stops.length}
      aria-valuenow=${now + 1}
      aria-valuetext=${stops[now]!.text}
      @pointermove=${this.#point}
      @pointerdown=${this.#point}
      @pointerleave=${() => (this.cursor = null)}
      @blur=${() => (this.cursor = null)}
      @keydown=${this.#pressed}
    ></div>`;
  }

  #table() {
    const { head, rows } = this.tableIn(words);
    const show = (value: string | number | null) =>
      value === null ? '–' : typeof value === 'number' ? upTo(value, 4) : value;
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
        ${thinned(rows, 60).map(
          ([first, ...others]) =>
            html`<tr>
              <th scope="row">${show(first!)}</th>
              ${others.map((value) => html`<td>${show(value)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  readonly #point = (event: PointerEvent): void => {
    const box = this.plot.getBoundingClientRect();
    this.cursor = nearestPoint(this.stops, this.#scene, event.clientX - box.left, event.clientY - box.top);
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    // On a slider the up arrow means more.
    const key: Record<string, string> = {
      ArrowUp: 'ArrowDown',
      ArrowRight: 'ArrowDown',
      ArrowLeft: 'ArrowUp',
      ArrowDown: 'ArrowUp',
    };
    const to = rove(key[event.key] ?? event.key, this.cursor ?? -1, this.stops.length);
    if (to === null) return;
    event.preventDefault();
    this.cursor = to;
  };

  protected override file(resolve: (colour: string) => string): string {
    const [width, height] = [640, 440];
    const { shapes } = this.scene({ ...this.axes, width, height });
    const legend = this.legendShapes();
    return svgFile(
      { title: this.fileTitle, width, height, shapes, legend: legend.shapes, legendHeight: legend.height },
      resolve,
    );
  }
  protected get fileTitle(): string {
    return this.heading;
  }
  protected override get data(): ChartTable {
    return this.tableIn(en);
  }
}
