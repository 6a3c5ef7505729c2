import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ComparisonRow } from '../comparison-view';
import { costKinds, costPoints, type CostKind } from '../cost-view';
import { percent } from '../format';
import type { RunCurves } from '../results-view';
import { ChartElement, drawn } from './chart-element';
import { svgFile, type ChartTable } from './chart-export';
import { costScene, type CostInput, type CostPoint } from './cost-scene';
import { words } from '../words';
import { en } from '../words/en';

/** Is a slower, larger base worth it? Validation accuracy with its interval against what the base costs. */
@customElement('cost-plot')
export class CostPlot extends ChartElement {
  static override styles = [
    ...ChartElement.styles,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1rem;
        align-items: center;
        justify-content: space-between;
      }
      select {
        width: auto;
        min-height: 2.25rem;
        font-size: var(--small);
      }
      label {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        font-size: var(--small);
      }
    `,
  ];

  @property({ attribute: false }) rows: readonly ComparisonRow[] = [];
  @property({ attribute: false }) curves: readonly RunCurves[] = [];
  @state() private kind: CostKind = costKinds[0]!;

  protected override willUpdate(): void {
    this.heading = words.costs.heading;
  }

  get #points(): CostPoint[] {
    return costPoints(this.rows, this.curves, this.kind);
  }

  #input(width: number, height: number): CostInput {
    const { kind } = this;
    return {
      points: this.#points,
      width,
      height,
      xLabel: words.costs[kind.id].axis,
      show: (cost) => kind.text(cost),
    };
  }

  override render() {
    const { width, kind } = this;
    const height = Math.round(Math.min(360, Math.max(240, width * 0.42)));
    return html`<figure aria-labelledby="heading">
      <header>
        <h3 id="heading">${this.heading}</h3>
        <label>
          ${words.costs.cost}
          <select @change=${this.#pick}>
            ${costKinds.map(
              ({ id }) =>
                html`<option value=${id} .selected=${id === kind.id}>${words.costs[id].title}</option>`,
            )}
          </select>
        </label>
      </header>
      <div class="plot">
        <svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} aria-hidden="true">
          ${costScene(this.#input(width, height)).map(drawn)}
        </svg>
      </div>
      ${this.numbers(this.#table())} ${this.tools()}
    </figure>`;
  }

  #table() {
    return html`<table>
      <caption class="visually-hidden">
        ${this.heading}
      </caption>
      <thead>
        <tr>
          <th scope="col">${words.costs.run}</th>
          <th scope="col">${words.costs[this.kind.id].title}</th>
          <th scope="col">${words.costs.validationAccuracy}</th>
          <th scope="col">${words.costs.interval}</th>
        </tr>
      </thead>
      <tbody>
        ${this.#points.map(
          ({ name, cost, value, low, high }) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${this.kind.text(cost)}</td>
              <td>${percent(value)}</td>
              <td>${words.advice.range(percent(low), percent(high))}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  readonly #pick = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.kind = costKinds.find(({ id }) => id === value) ?? this.kind;
  };

  protected override file(resolve: (colour: string) => string): string {
    const [width, height] = [720, 400];
    const shapes = costScene(this.#input(width, height));
    return svgFile({ title: this.heading, width, height, shapes, legend: [], legendHeight: 0 }, resolve);
  }

  protected override get data(): ChartTable {
    return {
      head: ['Run', en.costs[this.kind.id].axis, 'Validation accuracy', '95% low', '95% high'],
      rows: this.#points.map(({ name, cost, value, low, high }) => [name, cost, value, low, high]),
    };
  }
}
