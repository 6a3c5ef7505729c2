import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { BaseId } from '../../engine/nets';
import { baseColour, baseIndex, baseTitle } from '../base-style';
import { images, percent } from '../format';
import type { SweepPoint } from '../sweep-view';
import { ChartElement, drawn } from './chart-element';
import { svgFile, type ChartTable } from './chart-export';
import { probeScene } from './probe-scene';
import { words } from '../words';

/** Validation accuracy of a base's finished runs against the depth of their cut. At least one point. */
@customElement('sweep-chart')
export class SweepChart extends ChartElement {
  @property({ attribute: false }) base: BaseId = 'resnet50';
  @property({ attribute: false }) points: readonly SweepPoint[] = [];

  #shapes(width: number, height: number) {
    const { base, points } = this;
    const best = points.reduce((a, b) => (b.accuracy > a.accuracy ? b : a)).cut;
    return probeScene({
      probes: points,
      best,
      colour: baseColour(base),
      marker: baseIndex(base),
      width,
      height,
    });
  }

  protected override willUpdate(): void {
    this.heading = words.cut.sweepTitle(baseTitle(this.base));
  }

  override render() {
    const { width, points } = this;
    const height = Math.round(Math.min(300, Math.max(220, width * 0.4)));
    return html`<figure aria-labelledby="heading">
      <h4 id="heading">${this.heading}</h4>
      <div class="plot">
        <svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} aria-hidden="true">
          ${this.#shapes(width, height).map(drawn)}
        </svg>
      </div>
      <figcaption class="small muted">${words.cut.sweepChart(images(points[0]!.images))}</figcaption>
      ${this.numbers(
        html`<table>
          <caption class="visually-hidden">
            ${this.heading}
          </caption>
          <thead>
            <tr>
              <th scope="col">${words.cut.cut}</th>
              <th scope="col">${words.cut.validationAccuracy}</th>
              <th scope="col">${words.cut.interval}</th>
            </tr>
          </thead>
          <tbody>
            ${points.map(
              ({ cut, accuracy, interval }) =>
                html`<tr>
                  <th scope="row">${cut}</th>
                  <td>${percent(accuracy)}</td>
                  <td>${words.advice.range(percent(interval.low), percent(interval.high))}</td>
                </tr>`,
            )}
          </tbody>
        </table>`,
      )}
      ${this.tools()}
    </figure>`;
  }

  protected override file(resolve: (colour: string) => string): string {
    const [width, height] = [640, 320];
    const shapes = this.#shapes(width, height);
    return svgFile({ title: this.heading, width, height, shapes, legend: [], legendHeight: 0 }, resolve);
  }

  protected override get data(): ChartTable {
    return {
      head: ['Cut', 'Validation accuracy', '95% low', '95% high', 'Validation images', 'Run id'],
      rows: this.points.map(({ cut, accuracy, interval, images: n, runId }) => [
        cut,
        accuracy,
        interval.low,
        interval.high,
        n,
        runId,
      ]),
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sweep-chart': SweepChart;
  }
}
