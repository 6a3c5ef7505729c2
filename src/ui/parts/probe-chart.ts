import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CaseAdvice } from '../../engine/analysis/advice';
import { baseColour, baseIndex, baseTitle } from '../base-style';
import { images, percent } from '../format';
import { pText } from '../verdict-view';
import { ChartElement, drawn } from './chart-element';
import { svgFile, type ChartTable } from './chart-export';
import { probeScene, type ProbeInput } from './probe-scene';
import { words } from '../words';

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
    this.heading = words.advice.probeTitle(baseTitle(this.advice.base));
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
        ${words.advice.probeText(images(advice.probed), advice.folds)}
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
          <th scope="col">${words.advice.stage}</th>
          <th scope="col">${words.advice.features}</th>
          <th scope="col">${words.advice.recognised}</th>
          <th scope="col">${words.advice.interval}</th>
          <th scope="col">${words.advice.besideLast}</th>
        </tr>
      </thead>
      <tbody>
        ${this.advice.probes.map(
          ({ cut, width, accuracy, interval, besideLast }) =>
            html`<tr>
              <th scope="row">${cut}</th>
              <td>${width}</td>
              <td>${percent(accuracy)}</td>
              <td>${words.advice.range(percent(interval.low), percent(interval.high))}</td>
              <td>
                ${besideLast ? `${pText(besideLast.pValue)}${besideLast.isBetter ? words.advice.better : ''}` : '–'}
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
