import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { heatColours } from '../heat';
import { base, controls } from '../styles';
import { words } from '../words';

/** What is shown with an answer. */
export interface Shown {
  readonly map: boolean;
  /** Of the map, 0 … 1. */
  readonly opacity: number;
  /** The class that is explained; null: the one that each run finds most probable. */
  readonly label: string | null;
  readonly nearest: boolean;
}

export class ShownChange extends Event {
  constructor(readonly shown: Shown) {
    super('shown-change', { bubbles: true, composed: true });
  }
}

const rgb = (colour: readonly number[]) => `rgb(${colour.join(' ')})`;

/** Chooses what is shown with an answer, and says what the colours mean. */
@customElement('map-controls')
export class MapControls extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .controls {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1.25rem;
        align-items: center;
        font-size: var(--small);
      }
      label {
        display: inline-flex;
        gap: 0.5rem;
        align-items: center;
        min-height: 2rem;
      }
      select {
        width: auto;
        max-width: 14rem;
        min-height: 2rem;
        padding: 0.125rem 0.5rem;
      }
      label input[type='range'] {
        width: 7rem;
        min-height: 2rem;
        padding: 0;
        border: 0;
        background: none;
        accent-color: var(--accent);
      }
      .legend {
        margin-top: 0.25rem;
      }
      .bar {
        display: inline-block;
        width: 4.5rem;
        height: 0.625rem;
        margin-right: 0.375rem;
        border: 1px solid var(--line-strong);
        border-radius: 1rem;
        background: linear-gradient(90deg, var(--opposes), #fff, var(--supports));
      }
    `,
  ];

  @property({ attribute: false }) shown!: Shown;
  /** That may be explained. */
  @property({ attribute: false }) labels: readonly string[] = [];

  override render() {
    const { map, opacity, label, nearest } = this.shown;
    return html`<div class="controls" role="group" aria-label=${words.map.show}>
        <label>
          <input type="checkbox" .checked=${map} @change=${this.#map} />
          ${words.map.whatItLooksAt}
        </label>
        <label ?hidden=${!map}>
          ${words.map.strength}
          <input
            type="range"
            min="0"
            max="100"
            .value=${String(Math.round(100 * opacity))}
            @input=${this.#opacity}
          />
        </label>
        <label ?hidden=${!map}>
          ${words.map.speaksFor}
          <select @change=${this.#label}>
            <option value="" ?selected=${label === null}>${words.map.ownAnswer}</option>
            ${this.labels.map(
              (one, i) => html`<option value=${`${i}`} ?selected=${one === label}>${one}</option>`,
            )}
          </select>
        </label>
        <label>
          <input type="checkbox" .checked=${nearest} @change=${this.#nearest} />
          ${words.map.nearestImages}
        </label>
      </div>
      <p
        class="legend small muted"
        ?hidden=${!map}
        style="--supports: ${rgb(heatColours.supports)}; --opposes: ${rgb(heatColours.opposes)}"
      >
        <span class="bar" aria-hidden="true"></span>${words.map.explained}
      </p>`;
  }

  #change(patch: Partial<Shown>): void {
    this.dispatchEvent(new ShownChange({ ...this.shown, ...patch }));
  }
  readonly #map = (event: Event): void => this.#change({ map: (event.target as HTMLInputElement).checked });
  readonly #nearest = (event: Event): void =>
    this.#change({ nearest: (event.target as HTMLInputElement).checked });
  readonly #opacity = (event: Event): void =>
    this.#change({ opacity: (event.target as HTMLInputElement).valueAsNumber / 100 });
  readonly #label = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.#change({ label: value === '' ? null : this.labels[Number(value)]! });
  };
}
