import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { curveSeconds } from '../engine/analysis/curve-budget';
import type { LearningCurve } from '../engine/analysis/learning-curve';
import { subsetSizes } from '../engine/analysis/nested-subsets';
import type { RunResult } from '../engine/run';
import type { SessionView } from '../session/intents';
import { AnalysisJob, notAnalysed } from './analysis-job';
import { duration } from './format';
import { answerText, curveMethodText, evidenceText } from './learning-curve-view';
import './parts/learning-curve-plot';
import './parts/progress-bar';
import { base, controls } from './styles';
import { analysisCards } from './surfaces';
import { words } from './words';

/** Whether more images would help: the learning curve of a run, measured when asked for. */
@customElement('learning-curve-section')
export class LearningCurveSection extends LitElement {
  static override styles = [
    base,
    controls,
    analysisCards,
    css`
      learning-curve-plot {
        max-width: 46rem;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @property({ attribute: false }) result: RunResult | null = null;
  readonly #job = new AnalysisJob<LearningCurve>(
    this,
    (session, runId) => session.storedLearningCurve(runId),
    (session, runId, options) => session.learningCurve(runId, options),
  );

  override render() {
    const { running, progress, value, looked } = this.#job;
    return html`<div class="card">
      <h4>${words.learning.title}</h4>
      ${
        running
          ? html`<progress-bar label=${words.learning.training} .progress=${progress}></progress-bar>
              <button class="small begin" @click=${() => this.#job.cancel()}>${words.page.cancel}</button>`
          : value
            ? this.#curve(value)
            : looked
              ? this.#invitation()
              : html`<p class="small muted" role="status">${words.labels.lookingUp}</p>`
      }
    </div>`;
  }

  #invitation() {
    const { result } = this;
    if (!result) return html``;
    const reason = notAnalysed(result);
    if (reason) return html`<p class="small muted">${reason}</p>`;
    const sizes = subsetSizes(result.split.train.length, result.classes.length);
    const seconds = curveSeconds(result, sizes);
    return html`<p class="small muted">
        ${words.learning.text(words.learning.takes(seconds < 5 ? null : duration(10 * Math.ceil(seconds / 10))))}
      </p>
      ${this.#job.failed ? html`<p class="small">${words.labels.notFinished}</p>` : html``}
      <button class="primary begin" @click=${() => void this.#job.start()}>
        ${words.learning.measure}
      </button>`;
  }

  #curve(curve: LearningCurve) {
    return html`
      <p class="answer" role="status">${answerText(curve)}</p>
      <p class="small">${evidenceText(curve)}</p>
      <learning-curve-plot .curve=${curve}></learning-curve-plot>
      <p class="small muted">${curveMethodText(curve)}</p>
    `;
  }
}
