import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { SessionView } from '../session/intents';
import type { AskDialog } from './parts/ask-dialog';
import './parts/ask-dialog';
import './parts/run-card';
import './parts/run-curves';
import { runCurves, runNames } from './results-view';
import { SessionController } from './session-controller';
import { base } from './styles';
import './try-panel';

/** Curves while they grow, and every finished run; one image to try them on. */
@customElement('results-panel')
export class ResultsPanel extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
      .runs {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr));
        gap: 1rem;
      }
      .empty {
        padding: 1.25rem 1rem;
        border: 1px dashed var(--line-strong);
        border-radius: var(--radius);
        color: var(--muted);
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  /** Runs whose curves the user has taken out of the charts. */
  @state() private left: ReadonlySet<string> = new Set();
  @query('ask-dialog') private dialog!: AskDialog;
  @query('.runs') private runs!: HTMLElement | null;
  readonly #controller = new SessionController(this, (state) => [
    state.results,
    ...state.lanes.flatMap(({ history, phase }) => [history, phase]),
    state.lanes.length,
  ]);

  override render() {
    const { state } = this.#controller;
    if (!state) return nothing;
    const { results, lanes } = state;
    const names = runNames(results);
    const curves = runCurves(results, lanes);
    if (curves.length === 0)
      return html`<p class="empty">
        Accuracy and loss are drawn here while the head trains; then you can try it on an image of your own.
      </p>`;
    return html`
      <run-curves .runs=${curves.filter(({ id }) => !this.left.has(id))}></run-curves>
      <div class="runs" role="group" aria-label="Finished runs" tabindex="-1">
        ${repeat(
          results,
          ({ runId }) => runId,
          (result) =>
            html`<run-card
              .result=${result}
              .name=${names.get(result.runId)!}
              .shown=${!this.left.has(result.runId)}
              @run-toggle=${() => this.#toggle(result.runId)}
              @run-remove=${() => this.#remove(result.runId, names.get(result.runId)!)}
            ></run-card>`,
        )}
      </div>
      ${results.length > 0 ? html`<try-panel .session=${this.session}></try-panel>` : nothing}
      <ask-dialog></ask-dialog>
    `;
  }

  #toggle(runId: string): void {
    const left = new Set(this.left);
    if (!left.delete(runId)) left.add(runId);
    this.left = left;
  }

  async #remove(runId: string, name: string): Promise<void> {
    const sure = await this.dialog.confirm({
      title: `Remove ${name}?`,
      text: 'The trained head and its curves are forgotten. The bottlenecks stay, so training again is quick.',
      action: 'Remove run',
      danger: true,
    });
    if (!sure) return;
    await this.session?.removeRun(runId);
    // The button that had the focus has gone with its card.
    this.runs?.focus({ preventScroll: true });
  }
}
