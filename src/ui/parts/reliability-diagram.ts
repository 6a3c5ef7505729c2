import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RunReport } from '../../engine/results/report';
import { calibrationText } from '../evaluation-view';
import { images, percent } from '../format';
import type { ChartTable } from './chart-export';
import { dashes, marks, path, text, type Shape } from './chart-shapes';
import { lineSample, seriesMark } from './chart-signs';
import { ShareChart, type Stop } from './share-chart';
import { reliabilityScene, type ReliabilitySeries, type ShareAxes, type ShareScene } from './share-scene';
import { words } from '../words';
import type { Words } from '../words/contract';

/** Whether the head is as often right as it says it is, before and after temperature scaling. */
@customElement('reliability-diagram')
export class ReliabilityDiagram extends ShareChart {
  @property({ attribute: false }) report!: RunReport;
  protected override get axes() {
    return { xLabel: words.metrics.said, yLabel: words.metrics.was };
  }

  protected override willUpdate(): void {
    this.heading = words.metrics.calibration;
  }

  get #series(): (ReliabilitySeries & { readonly key: 'asTrained' | 'afterScaling' })[] {
    const { reliability, temperature } = this.report;
    return [
      {
        key: 'asTrained',
        name: words.metrics.asTrained,
        colour: 'var(--accent)',
        style: 'solid',
        marker: 0,
        variant: 0,
        ...reliability,
      },
      {
        key: 'afterScaling',
        name: words.metrics.afterScaling,
        colour: 'var(--base-2)',
        style: 'dashed',
        marker: 1,
        variant: 1,
        ...temperature.reliability,
      },
    ];
  }

  protected override scene(size: ShareAxes): ShareScene {
    return reliabilityScene(this.#series, size);
  }
  protected override get caption(): string {
    return calibrationText(this.report);
  }
  protected override get stops(): Stop[] {
    return this.#series.flatMap(({ name, bins }) =>
      bins.flatMap(({ count, confidence, accuracy }) =>
        confidence === null || accuracy === null
          ? []
          : [
              {
                x: confidence,
                y: accuracy,
                text: words.metrics.calibrationPoint(
                  name,
                  images(count),
                  percent(confidence),
                  percent(accuracy),
                ),
              },
            ],
      ),
    );
  }
  protected override tableIn({ metrics }: Words): ChartTable {
    return {
      head: metrics.reliability,
      rows: this.#series.flatMap(({ key, bins }) =>
        bins.map(({ low, high, count, confidence, accuracy }) => [
          metrics[key],
          low,
          high,
          count,
          confidence,
          accuracy,
        ]),
      ),
    };
  }

  protected override legend() {
    return html`<p class="keys">
      ${this.#series.map((one) => html`<span>${seriesMark(one)} ${lineSample(one.style)} ${one.name}</span>`)}
    </p>`;
  }
  protected override legendShapes() {
    const shapes = this.#series.flatMap(({ name, marker, variant, colour, style }, index): Shape[] => {
      const x = 18 + index * 150;
      return [
        ...marks(marker, variant, x, 42, colour),
        path(`M${x + 10} 42h26`, colour, 1.5, dashes[style]),
        text(x + 42, 46, name, 'start', 'var(--ink)'),
      ];
    });
    return { shapes, height: 22 };
  }
}
