import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { defaultPackageOptions } from '../engine/export/formats';
import type { RunResult } from '../engine/run';
import type { SessionView } from '../session/intents';
import { classes, percent } from './format';
import { icon } from './parts/icon';
import { runNames, runScore } from './results-view';
import { fileName, save } from './save';
import { SessionController } from './session-controller';
import { base, controls } from './styles';

/** The trained heads, as files. */
@customElement('takeaway-panel')
export class TakeawayPanel extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: 0.75rem;
      }
      .item {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1rem;
        align-items: center;
        padding: 0.75rem 1rem;
      }
      .item > div {
        flex: 1 1 14rem;
      }
      .items {
        display: grid;
        gap: 0.75rem;
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
  @state() private writing: string | null = null;
  readonly #controller = new SessionController(this, (state) => [state.results, state.notes]);

  override render() {
    const results = this.#controller.state?.results ?? [];
    if (results.length === 0)
      return html`<p class="empty">
        Once a head is trained, download it here and use it in a program of your own.
      </p>`;
    const names = runNames(results, this.session?.state.notes);
    return html`
      <ul class="items">
        ${repeat(
          results,
          ({ runId }) => runId,
          (result) => this.#item(result, names.get(result.runId)!),
        )}
      </ul>
      <details>
        <summary class="small">What is in the zip</summary>
        <p class="small muted">
          <code>model.json</code> and <code>weights.bin</code>, a TensorFlow.js layers model from bottleneck
          to probabilities that <code>tf.loadLayersModel</code> opens; <code>labels.txt</code>;
          <code>metadata.json</code> with base, preprocessing, split, seed and metrics.
        </p>
      </details>
    `;
  }

  #item(result: RunResult, name: string) {
    const { kept } = runScore(result);
    const busy = this.writing === result.runId;
    return html`<li class="card item">
      <div>
        <p><strong>${name}</strong></p>
        <p class="small muted figures">
          ${kept ? `${percent(kept.valAccuracy)} validation accuracy, ` : nothing}${classes(result.classes.length)}
        </p>
      </div>
      <button
        class="primary"
        aria-disabled=${busy ? 'true' : 'false'}
        @click=${() => this.#download(result, name)}
      >
        ${icon('download')} Download head (.zip)<span class="visually-hidden"> of ${name}</span>
      </button>
    </li>`;
  }

  async #download({ runId }: RunResult, name: string): Promise<void> {
    if (this.writing !== null) return;
    this.writing = runId;
    try {
      const blob = await this.session?.exportRun(runId, 'tfjs-head', defaultPackageOptions);
      if (blob) save(blob, fileName(`headway ${name}`, 'zip'));
    } finally {
      this.writing = null;
    }
  }
}
