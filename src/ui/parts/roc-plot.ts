import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CurvePoint, RankingCurves } from '../../engine/results/ranking-curves';
import { decimal, percent } from '../format';
import type { ChartTable } from './chart-export';
import { ShareChart, type Stop } from './share-chart';
import { rankingScene, type ShareAxes, type ShareScene } from './share-scene';
import { words } from '../words';
import type { Words } from '../words/contract';

/** One class against all others, over every threshold: ROC or precision–recall. */
@customElement('roc-plot')
export class RocPlot extends ShareChart {
  @property() kind: 'roc' | 'precision-recall' = 'roc';
  @property({ attribute: false }) curves: RankingCurves | null = null;
  @property() label = '';
  /** The class's share of the images: the precision of guessing. */
  @property({ type: Number }) chance = 0;

  protected override willUpdate(): void {
    this.heading = this.kind === 'roc' ? words.metrics.roc : words.metrics.precisionRecall;
    if (this.cursor !== null && this.cursor >= this.#points.length) this.cursor = null;
  }

  get #points(): readonly CurvePoint[] {
    const { curves, kind } = this;
    return curves === null ? [] : kind === 'roc' ? curves.roc : curves.precisionRecall;
  }
  protected override get axes() {
    return this.kind === 'roc'
      ? { xLabel: words.metrics.falsePositives, yLabel: words.metrics.found }
      : { xLabel: words.metrics.recall, yLabel: words.metrics.precision };
  }
  protected override scene(size: ShareAxes): ShareScene {
    return rankingScene(this.kind, this.#points, this.chance, size);
  }
  protected override get caption(): string {
    return this.kind === 'roc' ? words.metrics.rocText : words.metrics.chance(percent(this.chance));
  }
  protected override get stops(): Stop[] {
    return this.#points.map(({ x, y }) => ({
      x,
      y,
      text:
        this.kind === 'roc'
          ? words.metrics.rocPoint(percent(y), this.label, percent(x))
          : words.metrics.recallPoint(percent(x), this.label, percent(y)),
    }));
  }
  protected override tableIn({ metrics }: Words): ChartTable {
    const head = metrics.axes[this.kind === 'roc' ? 'roc' : 'precisionRecall'];
    return { head, rows: this.#points.map(({ x, y }) => [x, y]) };
  }
  protected override get fileTitle(): string {
    return `${this.heading}, ${this.label}`;
  }
  protected override headerExtra() {
    const { curves, kind } = this;
    if (curves === null) return html``;
    const [title, area] =
      kind === 'roc'
        ? [words.metrics.area, curves.rocArea]
        : [words.metrics.averagePrecision, curves.averagePrecision];
    return html`<p class="small figures">${title} <strong>${decimal(area)}</strong></p>`;
  }
}
