import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { guard } from 'lit/directives/guard.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { RunReport } from '../../engine/results/report';
import {
  cellCount,
  cellLook,
  cellText,
  confusionTable,
  firstCell,
  nextCell,
  shadeColour,
  shadeInk,
  shadeOf,
  shades,
  supports,
  type Cell,
  type MatrixMode,
} from '../evaluation-view';
import { ChartElement } from './chart-element';
import { svgFile, type ChartTable } from './chart-export';
import { confusionScene } from './confusion-scene';
import { confusionStyles } from './confusion-styles';
import { language, words } from '../words';

/** More classes than this have cells too small for figures, so that the whole is seen. */
const many = 24;

/** The cell whose images the user wants to see. */
export class CellPick extends Event {
  constructor(readonly cell: Cell) {
    super('cell-pick');
  }
}

/** What each class was taken for: a table whose cells open the images behind them. Sends `cell-pick`. */
@customElement('confusion-matrix')
export class ConfusionMatrixElement extends ChartElement {
  static override styles = [...ChartElement.styles, confusionStyles];

  @property({ attribute: false }) report!: RunReport;
  @property({ attribute: false }) picked: Cell | null = null;
  @state() private mode: MatrixMode = 'counts';
  /** Cells of many classes as large as those of few: the matrix scrolls then. */
  @state() private isLarge = false;
  /** The one cell that Tab reaches. */
  @state() private stop: Cell | null = null;
  @query('.readout') private readout!: HTMLElement;

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.heading = words.confusion.heading;
    if (changed.has('report')) this.stop = firstCell(this.report.confusion);
  }
  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('report') || changed.has('picked')) this.#tell(this.picked);
  }

  override render() {
    const { report, mode, picked, stop, isLarge } = this;
    return html`<figure aria-labelledby="heading">
      <header>
        <h4 id="heading">${this.heading}</h4>
        <span class="on-paper">${words.confusion[mode]}</span>
        <fieldset class="on-screen">
          <legend class="visually-hidden">${words.confusion.show}</legend>
          ${this.#choice('counts', words.confusion.counts)} ${this.#choice('shares', words.confusion.shares)}
          ${
            report.classes.length > many
              ? html`<label>
                  <input type="checkbox" .checked=${isLarge} @change=${() => (this.isLarge = !isLarge)} />
                  ${words.confusion.large}
                </label>`
              : nothing
          }
        </fieldset>
      </header>
      <div class="plot">
        ${guard([language, report, mode, picked, stop, isLarge], () => this.#table(report, mode, picked, stop))}
      </div>
      <p class="readout small" aria-hidden="true"></p>
      <p class="small muted">
        ${words.confusion.text} <span class="on-screen">${words.confusion.pressing}</span>
      </p>
      <p class="small muted" aria-hidden="true">
        ${words.confusion.none}
        <span class="scale"
          >${shades.map((shade) => html`<i style=${styleMap({ background: shadeColour(shade) })}></i>`)}</span
        >
        ${words.confusion.darkest[mode]}
      </p>
      ${this.tools(false)}
    </figure>`;
  }

  #choice(mode: MatrixMode, title: string) {
    return html`<label>
      <input type="radio" name="mode" .checked=${this.mode === mode} @change=${() => (this.mode = mode)} />
      ${title}
    </label>`;
  }

  #table({ classes, confusion }: RunReport, mode: MatrixMode, picked: Cell | null, stop: Cell | null) {
    const n = classes.length;
    const rows = supports(confusion);
    const most = Math.max(...confusion.counts);
    const tiny = n > many && !this.isLarge;
    const size = { few: n <= 4, medium: n > 12 && !tiny, 'small-cells': tiny, upright: n > 4 };
    const same = (one: Cell | null, row: number, column: number) => one?.row === row && one.column === column;
    const cell = (row: number, column: number) => {
      const value = cellCount(confusion, { row, column });
      const { text, share } = cellLook(value, rows[row]!, most, mode);
      if (value === 0)
        return html`<td class=${row === column ? 'right' : ''}>
          <span class=${tiny ? 'visually-hidden' : ''}>${text}</span>
        </td>`;
      const shade = shadeOf(share);
      return html`<td class=${row === column ? 'right' : ''}>
        <button
          tabindex=${same(stop, row, column) ? 0 : -1}
          aria-pressed=${same(picked, row, column) ? 'true' : 'false'}
          aria-label=${cellText(classes, { row, column }, value, rows[row]!)}
          data-row=${row}
          data-column=${column}
          style=${styleMap({ '--shade': shadeColour(shade), '--figure': shadeInk(shade) })}
        >
          ${tiny ? nothing : text}
        </button>
      </td>`;
    };
    return html`<div
      class="scroll ${classMap(size)}"
      style=${styleMap({ '--count': `${n}` })}
      tabindex="0"
      role="region"
      aria-labelledby="heading"
      @click=${this.#clicked}
      @keydown=${this.#pressed}
      @pointerover=${this.#pointed}
      @pointerleave=${() => this.#tell(this.picked)}
      @focusin=${this.#pointed}
    >
      <table>
        <caption class="visually-hidden">
          ${words.confusion.caption[mode]}
        </caption>
        <thead>
          <tr>
            <th scope="col">${words.confusion.trueClass}</th>
            ${classes.map(
              (label) =>
                html`<th scope="col" title=${label}>
                  <div class="name"><bdi>${label}</bdi></div>
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${classes.map(
            (label, row) =>
              html`<tr>
                <th scope="row" title=${label}>
                  <div class="name"><bdi>${label}</bdi></div>
                </th>
                ${classes.map((_, column) => cell(row, column))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #cellOf(event: Event): Cell | null {
    const button = (event.target as Element).closest<HTMLElement>('button[data-row]');
    return button ? { row: Number(button.dataset.row), column: Number(button.dataset.column) } : null;
  }

  /** Written past Lit: on every move of the pointer 3,600 cells would be looked through for changes. */
  #tell(cell: Cell | null): void {
    const { classes, confusion } = this.report;
    this.readout.textContent =
      cell === null
        ? ''
        : `${cellText(classes, cell, cellCount(confusion, cell), supports(confusion)[cell.row]!)}.`;
  }

  readonly #pointed = (event: Event): void => {
    const cell = this.#cellOf(event);
    if (cell) this.#tell(cell);
  };

  readonly #clicked = (event: Event): void => {
    const cell = this.#cellOf(event);
    if (!cell) return;
    this.stop = cell;
    this.dispatchEvent(new CellPick(cell));
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    const at = this.#cellOf(event);
    const to = at && nextCell(this.report.confusion, at, event.key);
    if (!to) return;
    event.preventDefault();
    this.stop = to;
    this.renderRoot
      .querySelector<HTMLElement>(`button[data-row='${to.row}'][data-column='${to.column}']`)
      ?.focus();
  };

  protected override file(resolve: (colour: string) => string): string {
    const title = words.confusion.title[this.mode];
    return svgFile(
      { title, ...confusionScene(this.report, this.mode), legend: [], legendHeight: 0 },
      resolve,
    );
  }
  protected override get data(): ChartTable {
    return confusionTable(this.report);
  }
}
