import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RunResult } from '../engine/run';
import type { SessionView } from '../session/intents';
import { comparisonRows } from './comparison-view';
import './evaluation-panel';
import type { AskDialog } from './parts/ask-dialog';
import './parts/ask-dialog';
import './parts/comparison-table';
import './parts/cost-plot';
import type { RunToggle } from './parts/curve-readout';
import { icon } from './parts/icon';
import './parts/run-card';
import './parts/run-curves';
import { automaticNames, comparedRuns, runNames } from './results-view';
import { save } from './save';
import { SessionController } from './session-controller';
import { base, controls } from './styles';
import './try-panel';
import './verdict-section';
import { words } from './words';

/** Curves while they grow, every finished run in figures, accuracy against cost; one image to try them on. */
@customElement('results-panel')
export class ResultsPanel extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
      .runs {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
        gap: 1rem;
      }
      .plot {
        padding: 1rem 1rem 0.5rem;
      }
      .empty {
        padding: 1.25rem 1rem;
        border: 1px dashed var(--line-strong);
        border-radius: var(--radius);
        color: var(--muted);
      }
      .more {
        justify-self: start;
      }
      /* Grids inside grids are laid over each other where a page ends. */
      @media print {
        :host {
          display: block;
        }
        :host > *:not(:last-child) {
          margin-bottom: 1rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  /** Runs in progress that the user has taken out of the charts; the choice of finished ones is kept with them. */
  @state() private chosen: ReadonlyMap<string, boolean> = new Map();
  @state() private all = false;
  @state() private reporting = false;
  /** The run that can be put back. */
  @state() private removed: { readonly runId: string; readonly name: string } | null = null;
  @query('#undo') private undoButton!: HTMLElement | null;
  @query('ask-dialog') private dialog!: AskDialog;
  @query('.runs') private runs!: HTMLElement | null;
  readonly #controller = new SessionController(this, (state) => [
    state.results,
    state.notes,
    state.estimates,
    ...state.lanes.flatMap(({ history, phase, runId }) => [history, phase, runId]),
    state.lanes.length,
  ]);

  override render() {
    const { state } = this.#controller;
    if (!state) return nothing;
    const { results, notes } = state;
    const curves = comparedRuns(state, this.chosen);
    if (curves.length === 0 && results.length === 0)
      return html`${this.#undo()}
        <p class="empty">${words.runs.empty}</p>`;
    const rows = comparisonRows(state);
    const names = runNames(results, notes);
    const compared = results.filter(({ runId }) => curves.some(({ id }) => id === runId));
    const listed = this.all ? results : compared;
    return html`
      ${
        curves.length > 0
          ? html`<run-curves .runs=${curves} @run-toggle=${this.#toggle}></run-curves>`
          : nothing
      }
      ${
        // One run has nothing beside it, unless it has to be put back.
        results.length > 1 || (results.length > 0 && !curves.some(({ shown }) => shown))
          ? html`<comparison-table
              .rows=${rows}
              .curves=${curves}
              @run-toggle=${this.#toggle}
            ></comparison-table>`
          : nothing
      }
      ${
        compared.length > 1
          ? html`<verdict-section
              .session=${this.session}
              .runs=${compared}
              .names=${names}
            ></verdict-section>`
          : nothing
      }
      ${
        compared.length > 1
          ? html`<div class="card plot"><cost-plot .rows=${rows} .curves=${curves}></cost-plot></div>`
          : nothing
      }
      ${this.#undo()}
      <div class="runs" role="group" aria-label=${words.runs.finished} tabindex="-1">
        ${repeat(
          listed,
          ({ runId }) => runId,
          (result) =>
            html`<run-card
              .result=${result}
              .name=${names.get(result.runId)!}
              .pinned=${notes[result.runId]?.pinned ?? false}
              @run-pin=${() => this.#pin(result)}
              @run-rename=${() => this.#rename(result)}
              @run-remove=${() => this.#remove(result)}
            ></run-card>`,
        )}
      </div>
      ${
        results.length > compared.length
          ? html`<button class="quiet more" @click=${() => (this.all = !this.all)}>
              ${this.all ? words.runs.showCompared : words.runs.showAll(results.length)}
            </button>`
          : nothing
      }
      ${results.length > 0 ? html`<try-panel class="on-screen" .session=${this.session}></try-panel>` : nothing}
      ${
        results.length > 0
          ? html`<button
              class="quiet more"
              ?disabled=${this.reporting}
              @click=${() => void this.#report(compared)}
            >
              ${icon('download')} ${this.reporting ? words.runs.writingReport : words.runs.saveReport}
            </button>`
          : nothing
      }
      ${results.length > 0 ? html`<evaluation-panel .session=${this.session}></evaluation-panel>` : nothing}
      <ask-dialog></ask-dialog>
    `;
  }

  readonly #toggle = ({ runId, shown }: RunToggle): void => {
    if (this.session?.state.results.some((result) => result.runId === runId))
      void this.session.annotateRun(runId, { compared: shown });
    else this.chosen = new Map(this.chosen).set(runId, shown);
  };

  /** Of the runs that are compared. */
  async #report(runs: readonly RunResult[]): Promise<void> {
    const { session } = this;
    if (!session) return;
    this.reporting = true;
    try {
      const { htmlReport } = await import('./report/html-report');
      const ids = runs.map(({ runId }) => runId);
      save(await htmlReport(session, ids.length > 0 ? ids : undefined), 'headway-report.html');
    } finally {
      this.reporting = false;
    }
  }

  #pin({ runId }: RunResult): void {
    const pinned = !this.session?.state.notes[runId]?.pinned;
    void this.session?.annotateRun(runId, { pinned });
  }

  async #rename({ runId }: RunResult): Promise<void> {
    const { results = [], notes = {} } = this.session?.state ?? {};
    const automatic = automaticNames(results).get(runId) ?? '';
    const name = await this.dialog.prompt({
      title: words.runs.renameThis,
      text: words.runs.renameText(automatic),
      action: words.runs.rename,
      field: { label: words.runs.name, value: notes[runId]?.name ?? automatic },
    });
    if (name !== null) await this.session?.annotateRun(runId, { name: name === automatic ? null : name });
  }

  async #remove({ runId }: RunResult): Promise<void> {
    const { results = [], notes = {} } = this.session?.state ?? {};
    const name = runNames(results, notes).get(runId) ?? '';
    await this.session?.removeRun(runId);
    this.removed = { runId, name };
    await this.updateComplete;
    // The button that had the focus has gone with its card.
    this.undoButton?.focus({ preventScroll: true });
  }

  #undo() {
    const { removed } = this;
    return html`<div class="row" role="status">
      ${
        removed
          ? html`<p>${words.removal.removed(removed.name)}</p>
              <button id="undo" class="small" @click=${this.#putBack}>
                ${icon('undo', 16)} ${words.removal.undo}
              </button>`
          : nothing
      }
    </div>`;
  }

  readonly #putBack = async (): Promise<void> => {
    const { removed } = this;
    this.removed = null;
    if (removed) await this.session?.restoreRun(removed.runId);
    await this.updateComplete;
    this.runs?.focus({ preventScroll: true });
  };
}
