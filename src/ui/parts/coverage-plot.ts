import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RunReport } from '../../engine/results/report';
import { withheldText, withhold } from '../evaluation-view';
import { percent } from '../format';
import type { ChartTable } from './chart-export';
import { ShareChart, type Stop } from './share-chart';
import { coverageScene, type ShareAxes, type ShareScene } from './share-scene';
import { words } from '../words';
import type { Words } from '../words/contract';

/** What is won, and what is lost, where unsure answers are withheld. */
@customElement('coverage-plot')
export class CoveragePlot extends ShareChart {
  static override styles = [
    ...ShareChart.styles,
    css`
      .threshold {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) 3rem;
        gap: 0.25rem 0.75rem;
        align-items: center;
        font-size: var(--small);
      }
      .threshold output {
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
      .threshold input[type='range'] {
        min-height: 2rem;
        padding: 0;
        border: 0;
        background: none;
        accent-color: var(--accent);
      }
      .verdict {
        min-height: 3em;
        font-weight: 550;
      }
    `,
  ];

  @property({ attribute: false }) report!: RunReport;
  @state() private threshold = 0.8;
  protected override get axes() {
    return { xLabel: words.metrics.answered, yLabel: words.metrics.right };
  }

  protected override willUpdate(): void {
    this.heading = words.metrics.coverage;
  }

  protected override scene(size: ShareAxes): ShareScene {
    const { answered, correct, images } = withhold(this.report.predictions, this.threshold);
    const at = answered === 0 ? null : { coverage: answered / images, accuracy: correct / answered };
    return coverageScene(this.report.coverage, at, size);
  }
  protected override get caption(): string {
    return words.metrics.coverageText;
  }
  protected override get stops(): Stop[] {
    return this.report.coverage.map(({ threshold, coverage, accuracy }) => ({
      x: coverage,
      y: accuracy,
      text: words.metrics.coveragePoint(percent(threshold), percent(coverage), percent(accuracy)),
    }));
  }
  protected override tableIn({ metrics }: Words): ChartTable {
    return {
      head: [metrics.threshold, metrics.answered, metrics.right],
      rows: this.report.coverage.map(({ threshold, coverage, accuracy }) => [threshold, coverage, accuracy]),
    };
  }

  protected override controls() {
    const { threshold } = this;
    const text = withheldText(withhold(this.report.predictions, threshold), threshold);
    return html`<div class="threshold">
        <label for="threshold">${words.metrics.threshold}</label>
        <input
          id="threshold"
          type="range"
          min="0"
          max="100"
          step="1"
          .value=${String(Math.round(threshold * 100))}
          aria-valuetext=${text}
          @input=${this.#slide}
        />
        <output for="threshold">${percent(threshold, 0)}</output>
      </div>
      <p class="verdict small">${text}</p>`;
  }

  readonly #slide = (event: Event): void => {
    this.threshold = (event.target as HTMLInputElement).valueAsNumber / 100;
  };
}
