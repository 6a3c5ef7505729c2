import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RunReport } from '../../engine/results/report';
import { base, controls } from '../styles';
import './roc-plot';
import { words } from '../words';

/** ROC and precision–recall curves of one class against the others, which the user chooses. */
@customElement('class-curves')
export class ClassCurves extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: 0.75rem;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1.25rem;
        align-items: end;
        justify-content: space-between;
      }
      label {
        display: grid;
        flex: 0 1 16rem;
        gap: 0.25rem;
        min-width: 0;
        font-size: var(--small);
        color: var(--muted);
      }
      select {
        max-width: 100%;
        color: var(--ink);
      }
      .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr));
        gap: 1rem;
        align-items: start;
      }
    `,
  ];

  @property({ attribute: false }) report!: RunReport;
  /** Index of the class whose curves are drawn; one without curves gives way to the first that has some. */
  @state() private chosen = 0;

  override render() {
    const { classes, curves, byClass, summary } = this.report;
    const known = classes.flatMap((_, index) => (curves[index] ? [index] : []));
    const index = known.includes(this.chosen) ? this.chosen : known[0];
    if (index === undefined) return nothing;
    const plot = (kind: 'roc' | 'precision-recall') =>
      html`<roc-plot
        .kind=${kind}
        .curves=${curves[index]!}
        .label=${classes[index]!}
        .chance=${byClass.perClass[index]!.support / summary.examples}
      ></roc-plot>`;
    return html`
      <header>
        <h4>${words.metrics.oneAgainstOthers}</h4>
        <label>
          ${words.metrics.class}
          <select @change=${this.#choose}>
            ${known.map(
              (one) => html`<option value=${one} .selected=${one === index}>${classes[one]}</option>`,
            )}
          </select>
        </label>
      </header>
      <div class="pair">${plot('roc')} ${plot('precision-recall')}</div>
    `;
  }

  readonly #choose = (event: Event): void => {
    this.chosen = Number((event.target as HTMLSelectElement).value);
  };
}
