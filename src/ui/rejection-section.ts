import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SessionView } from '../session/intents';
import './parts/reject-slider';
import type { Withholding } from './parts/reject-slider';
import { runNames, shade } from './results-view';
import { SessionController } from './session-controller';
import { base } from './styles';
import { words } from './words';
import { percent } from './format';

/** How sure an answer has to be; what that would do is read from the runs' evaluations once it is opened. */
@customElement('rejection-section')
export class RejectionSection extends LitElement {
  static override styles = [
    base,
    css`
      reject-slider {
        padding-top: 0.5rem;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @property({ type: Number }) threshold = 0;
  @state() private known: readonly Omit<Withholding, 'name' | 'colour'>[] = [];
  readonly #controller = new SessionController(this, (state) => [state.results, state.notes]);

  override render() {
    const { state } = this.#controller;
    if (!state) return nothing;
    const { threshold } = this;
    return html`<details @toggle=${this.#opened}>
      <summary class="small">
        ${words.evaluation.noneOfThese(threshold === 0 ? null : percent(threshold, 0))}
      </summary>
      <reject-slider .threshold=${threshold} .runs=${this.#runs()}></reject-slider>
    </details>`;
  }

  #runs(): Withholding[] {
    const { results = [], notes } = this.#controller.state ?? {};
    const names = runNames(results, notes);
    const variants = new Map<string, number>();
    return results.flatMap(({ runId, base: net }) => {
      const facts = this.known.find((one) => one.runId === runId);
      if (facts === undefined) return [];
      const variant = variants.get(net) ?? 0;
      variants.set(net, variant + 1);
      return [{ ...facts, name: names.get(runId)!, colour: shade(net, variant) }];
    });
  }

  readonly #opened = async (event: Event): Promise<void> => {
    if (!(event.target as HTMLDetailsElement).open) return;
    for (const { runId, evaluation } of this.session?.state.results ?? []) {
      // Runs from before evaluations were kept, and heads from elsewhere, have none.
      if (evaluation === undefined || this.known.some((one) => one.runId === runId)) continue;
      const report = await this.session?.report(runId, 'validation');
      if (!report) continue;
      const { coverage, predictions } = report;
      this.known = [...this.known.filter((one) => one.runId !== runId), { runId, coverage, predictions }];
    }
  };
}
