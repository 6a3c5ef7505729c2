import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { EvaluatedShare } from '../engine/results/evaluation';
import type { RunReport } from '../engine/results/report';
import type { RunResult } from '../engine/run';
import type { SessionView } from '../session/intents';
import { evaluationStyles } from './evaluation-styles';
import { evaluatedShares, mistakesText, predictionTable, reportJson } from './evaluation-view';
import './evaluation-overview';
import './feature-map';
import { csv } from './parts/chart-export';
import './label-errors';
import './learning-curve-section';
import './parts/class-curves';
import './parts/coverage-plot';
import './parts/curve-warning';
import { icon } from './parts/icon';
import './parts/image-strip';
import './parts/reliability-diagram';
import type { TabSelect } from './parts/tab-set';
import './parts/tab-set';
import { runNames } from './results-view';
import { remember, viewOf } from './route';
import { fileName, save } from './save';
import { recordsById, type RecordLookup } from '../session/records';
import { SessionController } from './session-controller';
import { base, controls } from './styles';
import { Thumbnails } from './thumbnails';
import { words } from './words';

const evaluationTabs = ['overview', 'confidence', 'mistakes', 'labels', 'map', 'more'] as const;
type EvaluationTab = (typeof evaluationTabs)[number];

const tabOf = (hash: string): EvaluationTab | undefined =>
  evaluationTabs.find((id) => id === viewOf(hash)?.tab);

/** Everything that is known of one finished run: how often it is right, where it errs, and how far to trust it. */
@customElement('evaluation-panel')
export class EvaluationPanel extends LitElement {
  static override styles = [base, controls, evaluationStyles];

  @property({ attribute: false }) session: SessionView | null = null;
  /** Null: the newest. */
  @state() private runId: string | null = viewOf(location.hash)?.run ?? null;
  @state() private share: EvaluatedShare = 'validation';
  @state() private report: RunReport | null = null;
  /** What could not be had, by run and share; not asked for again by itself. */
  @state() private failed: string | null = null;
  @state() private tab: EvaluationTab = tabOf(location.hash) ?? 'overview';
  /** Panels are made when first looked at, and stay: what goes on in one is not cut off by a look at another. */
  readonly #opened = new Set<EvaluationTab>();
  #asked: string | null = null;
  #thumbnails: Thumbnails | null = null;
  readonly #controller = new SessionController(this, (state) => [
    state.results,
    state.notes,
    state.dataset.records,
  ]);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#follow);
    this.#thumbnails?.dispose();
    this.#thumbnails = null;
  }
  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#follow);
    if (this.hasUpdated) this.requestUpdate();
  }

  get #result(): RunResult | null {
    const results = this.#controller.state?.results ?? [];
    return results.find(({ runId }) => runId === this.runId) ?? results[0] ?? null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { session } = this;
    if (changed.has('session')) {
      this.#thumbnails?.dispose();
      this.#thumbnails = null;
    }
    if (session) this.#thumbnails ??= new Thumbnails((id) => session.thumbnail(id));
    this.#opened.add(this.tab);
    this.#ask();
  }

  get #records(): RecordLookup {
    return recordsById(this.#controller.state?.dataset.records ?? []);
  }

  /** Asks for the report that is to be shown, once. */
  #ask(): void {
    const { session } = this;
    const result = this.#result;
    if (!session || !result) return;
    const shares = evaluatedShares(result);
    if (shares.length === 0) return;
    if (!shares.includes(this.share)) this.share = 'validation';
    const { share } = this;
    const key = `${result.runId}/${share}`;
    if (key === this.#asked) return;
    this.#asked = key;
    this.failed = null;
    void session.report(result.runId, share).then((report) => {
      if (this.#asked !== key) return;
      this.report = report;
      this.failed = report === null ? key : null;
    });
  }

  override render() {
    const { state } = this.#controller;
    const result = this.#result;
    if (!state || !result) return nothing;
    const names = runNames(state.results, state.notes);
    const shares = evaluatedShares(result);
    const report =
      this.report?.runId === result.runId && this.report.share === this.share ? this.report : null;
    return html`
      <div class="head">
        <h3 id="title">${words.evaluation.title}</h3>
        <span class="on-paper"> ${names.get(result.runId)}, ${words.evaluation[`${this.share}Images`]} </span>
        <div class="pickers on-screen">
          <label class="pick">
            ${words.evaluation.runToEvaluate}
            <select @change=${this.#pick}>
              ${state.results.map(
                ({ runId }) =>
                  html`<option value=${runId} .selected=${runId === result.runId}>
                    ${names.get(runId)}
                  </option>`,
              )}
            </select>
          </label>
          ${shares.length > 1 ? this.#shares() : nothing}
        </div>
      </div>
      ${
        shares.length === 0
          ? html`<p class="empty">${words.evaluation.noAnswers}</p>`
          : report
            ? this.#report(report, result, names.get(result.runId)!)
            : this.failed !== null
              ? html`<p class="empty">
                  ${words.evaluation.failed}
                  <button class="small" @click=${this.#again}>
                    ${icon('retry', 16)} ${words.evaluation.again}
                  </button>
                </p>`
              : html`<p class="empty" role="status">${words.evaluation.evaluating}</p>`
      }
    `;
  }

  #shares() {
    const choice = (share: EvaluatedShare, title: string) =>
      html`<label>
        <input
          type="radio"
          name="share"
          .checked=${this.share === share}
          @change=${() => (this.share = share)}
        />
        ${title}
      </label>`;
    return html`<fieldset>
      <legend class="visually-hidden">${words.evaluation.judgedOn}</legend>
      ${choice('validation', words.evaluation.validationImages)}
      ${choice('test', words.evaluation.testImages)}
    </fieldset>`;
  }

  #report(report: RunReport, result: RunResult, name: string) {
    const panels: Record<EvaluationTab, () => unknown> = {
      overview: () =>
        html`<evaluation-overview
          .report=${report}
          .records=${this.#records}
          .thumbnails=${this.#thumbnails}
        ></evaluation-overview>`,
      confidence: () =>
        html`<div class="pair">
            <div class="card"><reliability-diagram .report=${report}></reliability-diagram></div>
            <div class="card"><coverage-plot .report=${report}></coverage-plot></div>
          </div>
          ${
            report.curves.some((curves) => curves !== null)
              ? html`<class-curves class="card" .report=${report}></class-curves>`
              : nothing
          }`,
      mistakes: () => this.#mistakes(report),
      labels: () => html`<label-errors .session=${this.session} .result=${result}></label-errors>`,
      map: () => html`<feature-map .session=${this.session} .result=${result}></feature-map>`,
      more: () =>
        html`<learning-curve-section .session=${this.session} .result=${result}></learning-curve-section>`,
    };
    return html`
      ${report.alarm ? html`<curve-warning .alarm=${report.alarm}></curve-warning>` : nothing}
      <tab-set
        label=${words.evaluation.title}
        .tabs=${evaluationTabs.map((id) => ({ id, title: words.evaluation.tabs[id] }))}
        .selected=${this.tab}
        @tab-select=${this.#turn}
      >
        ${evaluationTabs.map((id) =>
          this.#opened.has(id) ? html`<div class="panel" slot=${id}>${panels[id]()}</div>` : nothing,
        )}
      </tab-set>
      <div class="row on-screen">
        <span class="small muted">${words.evaluation.predictions(report.predictions.length)}</span>
        <button class="quiet small" @click=${() => this.#saveCsv(report, name)}>
          ${icon('download', 16)} ${words.evaluation.savePredictions}
        </button>
        <button class="quiet small" @click=${() => this.#saveJson(report, result, name)}>
          ${icon('download', 16)} ${words.evaluation.saveReport}
        </button>
      </div>
    `;
  }

  #mistakes(report: RunReport) {
    return html`<div class="card mistakes">
      <h4>${words.evaluation.mistakesTitle}</h4>
      <p class="small muted">
        ${mistakesText(report)} ${report.misclassified.length > 0 ? words.evaluation.nearTheTop : nothing}
      </p>
      ${
        report.misclassified.length > 0
          ? html`<image-strip
              label=${words.evaluation.costliestFirst}
              .predictions=${report.misclassified}
              .labels=${report.classes}
              .records=${this.#records}
              .source=${this.#thumbnails}
            ></image-strip>`
          : nothing
      }
    </div>`;
  }

  readonly #pick = (event: Event): void => {
    this.runId = (event.target as HTMLSelectElement).value;
    this.#remember();
  };

  readonly #turn = ({ tab }: TabSelect): void => {
    this.tab = tab as EvaluationTab;
    this.#remember();
  };

  #remember(): void {
    remember({ step: 'results', run: this.#result?.runId ?? null, tab: this.tab }, false);
  }

  /** A link was followed within the page, or the way back was taken. */
  readonly #follow = (): void => {
    this.runId = viewOf(location.hash)?.run ?? this.runId;
    this.tab = tabOf(location.hash) ?? this.tab;
  };

  readonly #again = (): void => {
    this.#asked = null;
    this.requestUpdate();
  };

  #saveCsv(report: RunReport, name: string): void {
    const text = csv(predictionTable(report, this.#records));
    save(
      new Blob([text], { type: 'text/csv' }),
      fileName(`headway predictions ${name} ${report.share}`, 'csv'),
    );
  }
  #saveJson(report: RunReport, result: RunResult, name: string): void {
    const text = reportJson(report, result, name, this.#records);
    save(
      new Blob([text], { type: 'application/json' }),
      fileName(`headway report ${name} ${report.share}`, 'json'),
    );
  }
}
