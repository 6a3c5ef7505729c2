import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CaseAdvice } from '../../engine/analysis/advice';
import { baseColour, baseIndex, baseTitle } from '../base-style';
import { images, percent } from '../format';
import { pText } from '../verdict-view';
import { ChartElement, drawn } from './chart-element';
import { svgFile, type ChartTable } from './chart-export';
import { probeScene, type ProbeInput } from './probe-scene';

/** How well a linear probe does on the features at each of several cuts of a base. */
@customElement('probe-chart')
export class ProbeChart extends ChartElement {
  static override styles = [
    ...ChartElement.styles,
    css`
      figcaption {
        margin-top: 0.25rem;
      }
    `,
  ];

  @property({ attribute: false }) advice!: CaseAdvice;

  #input(width: number, height: number): ProbeInput {
    const { base, probes } = this.advice;
    const best = probes.reduce((a, b) => (b.correct > a.correct ? b : a));
    return {
      probes,
      best: best.cut,
      colour: baseColour(base),
      marker: baseIndex(base),
      width,
      height,
    };
  }

  protected override willUpdate(): void {
    this.heading = `${baseTitle(this.advice.base)}: linear probe by depth`;
  }

  override render() {
    const { width, advice } = this;
    const height = Math.round(Math.min(300, Math.max(220, width * 0.5)));
    return html`<figure aria-labelledby="heading">
      <h4 id="heading">${this.heading}</h4>
      <div class="plot">
        <svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} aria-hidden="true">
          ${probeScene(this.#input(width, height)).map(drawn)}
        </svg>
      </div>
      <figcaption class="small muted">
        Share of ${images(advice.probed)} recognised by a linear classifier that had not seen them
        (${advice.folds}-fold cross-validation), with 95% intervals. The ring is the best of them.
      </figcaption>
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
          <th scope="col">Stage</th>
          <th scope="col">Features</th>
          <th scope="col">Recognised</th>
          <th scope="col">95% interval</th>
          <th scope="col">Beside the last, McNemar p</th>
        </tr>
      </thead>
      <tbody>
        ${this.advice.probes.map(
          ({ cut, width, accuracy, interval, besideLast }) =>
            html`<tr>
              <th scope="row">${cut}</th>
              <td>${width}</td>
              <td>${percent(accuracy)}</td>
              <td>${percent(interval.low)} to ${percent(interval.high)}</td>
              <td>
                ${besideLast ? `${pText(besideLast.pValue)}${besideLast.isBetter ? ', better' : ''}` : '–'}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  protected override file(resolve: (colour: string) => string): string {
    const [width, height] = [640, 320];
    const shapes = probeScene(this.#input(width, height));
    return svgFile({ title: this.heading, width, height, shapes, legend: [], legendHeight: 0 }, resolve);
  }

  protected override get data(): ChartTable {
    return {
      head: [
        'Stage',
        'Features',
        'Images',
        'Recognised',
        'Accuracy',
        '95% low',
        '95% high',
        'L2',
        'McNemar p',
      ],
      rows: this.advice.probes.map(({ cut, width, correct, accuracy, interval, l2, besideLast }) => [
        cut,
        width,
        this.advice.probed,
        correct,
        accuracy,
        interval.low,
        interval.high,
        l2,
        besideLast?.pValue ?? null,
      ]),
    };
  }
}
