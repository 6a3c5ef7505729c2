import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LearningCurve } from '../../engine/analysis/learning-curve';
import { images, percent } from '../format';
import { pointText } from '../learning-curve-view';
import type { ChartTable } from './chart-export';
import { path, text, type Shape } from './chart-shapes';
import { lineSample } from './chart-signs';
import { learningCurveScene } from './learning-curve-scene';
import { ShareChart, type Stop } from './share-chart';
import type { ShareAxes, ShareScene } from './share-scene';
import { words } from '../words';
import type { Words } from '../words/contract';

/** Accuracy against the number of training images. */
@customElement('learning-curve-plot')
export class LearningCurvePlot extends ShareChart {
  @property({ attribute: false }) curve!: LearningCurve;
  protected override get axes() {
    return { xLabel: words.learning.trainingImages, yLabel: words.learning.validationAccuracy };
  }

  protected override willUpdate(): void {
    this.heading = words.learning.heading;
  }

  protected override scene(size: ShareAxes): ShareScene {
    return learningCurveScene(this.curve, size);
  }
  protected override get caption(): string {
    return words.learning.all(pointText(this.curve, this.curve.points.length - 1));
  }
  protected override get stops(): Stop[] {
    const { points, nextDoubling } = this.curve;
    const measured = points.map(({ images: x, accuracy: y }, index) => ({
      x,
      y,
      text: pointText(this.curve, index),
    }));
    if (!nextDoubling) return measured;
    const y = Math.min(1, points.at(-1)!.accuracy + nextDoubling.gain);
    return [
      ...measured,
      { x: nextDoubling.to, y, text: words.learning.lookedAheadAt(images(nextDoubling.to), percent(y)) },
    ];
  }
  protected override tableIn({ learning }: Words): ChartTable {
    return {
      head: learning.columns,
      rows: this.curve.points.map(
        ({ images: n, repeats, accuracy, interval, validationInterval: wilson }) => [
          n,
          repeats.length,
          accuracy,
          interval.low,
          interval.high,
          wilson.low,
          wilson.high,
          Math.min(...repeats),
          Math.max(...repeats),
        ],
      ),
    };
  }

  protected override legend() {
    return this.curve.nextDoubling
      ? html`<p class="keys">
          <span>${lineSample('solid')} ${words.learning.measured}</span>
          <span>${lineSample('dashed')} ${words.learning.lookedAhead}</span>
        </p>`
      : html``;
  }
  protected override legendShapes(): { readonly shapes: readonly Shape[]; readonly height: number } {
    if (!this.curve.nextDoubling) return super.legendShapes();
    return {
      shapes: [
        path('M12 42h26', 'var(--accent)', 2.25),
        text(44, 46, words.learning.measured, 'start', 'var(--ink)'),
        path('M212 42h26', 'var(--base-2)', 1.75, '5 4'),
        text(244, 46, words.learning.lookedAhead, 'start', 'var(--ink)'),
      ],
      height: 22,
    };
  }
}
