import { html, nothing, svg, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { Projection } from '../../engine/analysis/projection';
import type { RecordLookup } from '../../session/records';
import { integer, percent } from '../format';
import {
  classColours,
  classesOnMap,
  isMistaken,
  placed,
  pointAt,
  pointByKey,
  pointTable,
  shareNames,
  type ClassOnMap,
  type Placed,
} from '../map-view';
import type { Thumbnails } from '../thumbnails';
import { ChartElement } from './chart-element';
import { svgFile, type ChartTable } from './chart-export';
import { classNames, colourOf, mapLegend, mapShapes, markGroups, ringed, shareMark } from './map-scene';
import { MapPainter } from './map-painter';
import { scatterStyles } from './scatter-styles';
import './thumb-image';
import { words } from '../words';

/** Pixels within which a point is pointed at. */
const reach = 14;

/** The images of a run as points: on a canvas, so that twenty thousand of them stay quick. */
@customElement('feature-scatter')
export class FeatureScatter extends ChartElement {
  static override styles = [...ChartElement.styles, scatterStyles];

  @property({ attribute: false }) map!: Projection;
  @property({ attribute: false }) records: RecordLookup = new Map();
  @property({ attribute: false }) source: Thumbnails | null = null;
  @property() caption = '';
  @state() private hiddenClasses: ReadonlySet<number> = new Set();
  @state() private hiddenShares: ReadonlySet<number> = new Set();
  @state() private chosen = 0;
  @state() private cursor: number | null = null;
  @query('canvas') private canvas!: HTMLCanvasElement;
  #placed: Placed = { x: new Float32Array(), y: new Float32Array(), drawn: new Uint32Array() };
  #classes: readonly ClassOnMap[] = [];
  #names: ReturnType<typeof classNames> = [];
  readonly #painter = new MapPainter();
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scheme.addEventListener('change', this.#paint);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scheme.removeEventListener('change', this.#paint);
    this.#painter.stop();
  }

  get #height(): number {
    return Math.round(Math.min(560, Math.max(300, this.width * 0.66)));
  }
  get #many(): boolean {
    return this.map.classes.length > classColours.length;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('map')) {
      this.cursor = null;
      this.#classes = classesOnMap(this.map);
      if (changed.get('map')?.classes.join() !== this.map.classes.join()) {
        this.hiddenClasses = new Set();
        // The class with most mistakes is worth the first look.
        const ranked = this.#classes.toSorted((a, b) => b.mistaken - a.mistaken || b.images - a.images);
        this.chosen = ranked[0]?.index ?? 0;
      }
    }
    if (isOnlyLooked(changed)) return;
    const { hiddenClasses, hiddenShares } = this;
    this.#placed = placed(this.map, this.width, this.#height, 16, { hiddenClasses, hiddenShares });
    this.#names = classNames(this.map, this.#placed, this.#named);
    if (this.cursor !== null && !this.#placed.drawn.includes(this.cursor)) this.cursor = null;
  }

  protected override updated(changed: PropertyValues): void {
    if (!isOnlyLooked(changed)) this.#paint();
  }

  readonly #paint = (): void => {
    const { map, width, canvas } = this;
    this.#painter.paint(canvas, width, this.#height, {
      groups: markGroups(map, this.#placed, this.chosen),
      rings: ringed(map, this.#placed, this.chosen),
      at: this.#placed,
    });
  };

  override render() {
    const { width, cursor, map } = this;
    const height = this.#height;
    const at = this.#placed;
    return html`<figure aria-label=${this.heading}>
      ${this.#legend()}
      <div class="plot">
        <canvas style="width: ${width}px; height: ${height}px" aria-hidden="true"></canvas>
        <svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} aria-hidden="true">
          ${this.#names.map(({ label, x, y }) => svg`<text class="name" x=${x} y=${y} text-anchor="middle">${label}</text>`)}
          ${
            cursor === null
              ? nothing
              : svg`<circle class="spot" cx=${at.x[cursor]!} cy=${at.y[cursor]!} r="8"></circle>`
          }
        </svg>
        <div
          class="slider"
          role="slider"
          tabindex="0"
          aria-label=${words.map.image}
          aria-valuemin="1"
          aria-valuemax=${map.ids.length}
          aria-valuenow=${(cursor ?? 0) + 1}
          aria-valuetext=${cursor === null ? words.map.imagesToWalk(integer(at.drawn.length)) : this.#words(cursor)}
          @pointermove=${this.#point}
          @pointerdown=${this.#point}
          @keydown=${this.#key}
        ></div>
      </div>
      ${this.#readout()} ${this.numbers(this.#table())} ${this.tools()}
    </figure>`;
  }

  readonly #named = (index: number): boolean =>
    !this.hiddenClasses.has(index) && (!this.#many || index === this.chosen);

  #legend() {
    const { map } = this;
    const has = new Set(map.share);
    return html`<div class="legend-row" role="group" aria-label=${words.map.drawn}>
      ${
        this.#many
          ? html`<label class="small">
              ${words.map.highlighted}
              <select @change=${this.#choose}>
                ${map.classes.map(
                  (label, i) =>
                    html`<option value=${`${i}`} ?selected=${i === this.chosen}>${label}</option>`,
                )}
              </select>
            </label>`
          : map.classes.map((label, i) =>
              this.#toggle(
                label,
                !this.hiddenClasses.has(i),
                () => this.#flip('hiddenClasses', i),
                0,
                colourOf(i, 1, 0),
              ),
            )
      }
      <span class="gap"></span>
      ${shareNames().map((name, share) =>
        has.has(share)
          ? this.#toggle(
              name,
              !this.hiddenShares.has(share),
              () => this.#flip('hiddenShares', share),
              share,
              'var(--ink)',
            )
          : nothing,
      )}
      <span class="small muted key"
        ><svg width="16" height="16" aria-hidden="true">
          <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5"></circle></svg
        >${words.map.mistaken}</span
      >
    </div>`;
  }

  #toggle(label: string, on: boolean, flip: () => void, share: number, colour: string) {
    return html`<button class="small key" aria-pressed=${on ? 'true' : 'false'} @click=${flip}>
      <svg width="14" height="14" aria-hidden="true">
        <path
          d=${shareMark(share, 7, 7, 5)}
          style=${styleMap({ fill: on ? colour : 'none', stroke: colour })}
        ></path>
      </svg>
      <bdi class="ellipsis">${label}</bdi>
    </button>`;
  }

  #flip(which: 'hiddenClasses' | 'hiddenShares', index: number): void {
    const hidden = new Set(this[which]);
    if (!hidden.delete(index)) hidden.add(index);
    this[which] = hidden;
  }
  readonly #choose = (event: Event): void => {
    this.chosen = Number((event.target as HTMLSelectElement).value);
  };

  #words(i: number): string {
    const { map } = this;
    const name = this.records.get(map.ids[i]!)?.path ?? words.map.gone;
    const said =
      map.predicted[i]! < 0
        ? ''
        : isMistaken(map, i)
          ? words.map.takenFor(map.classes[map.predicted[i]!]!)
          : words.map.recognised;
    return `${name}: ${map.classes[map.labels[i]!]!}, ${shareNames()[map.share[i]!]!}${said}`;
  }

  #readout() {
    const { cursor, map } = this;
    return html`<div class="readout small">
      <div class="thumb">
        ${
          cursor === null
            ? nothing
            : html`<thumb-image .image=${map.ids[cursor]!} .source=${this.source}></thumb-image>`
        }
      </div>
      <p class=${cursor === null ? 'muted' : ''} aria-hidden=${cursor === null ? 'false' : 'true'}>
        ${cursor === null ? this.caption : html`<bdi>${this.#words(cursor)}</bdi>`}
      </p>
    </div>`;
  }

  readonly #point = (event: PointerEvent): void => {
    const found = pointAt(this.#placed, event.offsetX, event.offsetY, reach);
    if (found !== null) this.cursor = found;
  };
  readonly #key = (event: KeyboardEvent): void => {
    const to = pointByKey(this.#placed, event.key, this.cursor);
    if (to === null) return;
    event.preventDefault();
    this.cursor = to;
  };

  #table() {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${words.map.class}</th>
          <th scope="col">${words.map.images}</th>
          <th scope="col">${words.map.judged}</th>
          <th scope="col">${words.map.mistakenMany}</th>
          <th scope="col">${words.map.nearest}</th>
        </tr>
      </thead>
      <tbody>
        ${this.#classes.map(
          ({ label, images, judged, mistaken, neighbour }) =>
            html`<tr>
              <th scope="row"><bdi>${label}</bdi></th>
              <td>${integer(images)}</td>
              <td>${integer(judged)}</td>
              <td>${judged === 0 ? '–' : `${integer(mistaken)} (${percent(mistaken / judged, 0)})`}</td>
              <td><bdi>${neighbour ?? '–'}</bdi></td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  protected override file(resolve: (colour: string) => string): string {
    const { map, width } = this;
    const shapes = mapShapes(map, this.#placed, this.chosen, this.#named);
    const { shapes: legend, height: legendHeight } = mapLegend(map, this.chosen);
    const height = this.#height;
    return svgFile({ title: this.heading, width, height, shapes, legend, legendHeight }, resolve);
  }

  /** One row a point: what the map is made of. */
  protected override get data(): ChartTable {
    return pointTable(this.map, this.records);
  }
}

/** The ring around the point that is looked at is drawn apart: nothing else changes when it moves. */
function isOnlyLooked(changed: PropertyValues): boolean {
  return changed.size > 0 && [...changed.keys()].every((key) => key === 'cursor' || key === 'tabular');
}

declare global {
  interface HTMLElementTagNameMap {
    'feature-scatter': FeatureScatter;
  }
}
