import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { checkNumber, type NumberRule } from '../number-rule';
import { base, controls } from '../styles';

/** Carries a number that keeps the rule, or null while the field holds something else. */
export class NumberChange extends Event {
  constructor(
    readonly value: number | null,
    readonly problem: string,
  ) {
    super('number-change');
  }
}

/** A number with its label, what it means, and what is wrong with it. */
@customElement('number-field')
export class NumberFieldElement extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    base,
    controls,
    css`
      label {
        font-weight: 550;
      }
      .box {
        position: relative;
        margin: 0.25rem 0;
      }
      .unit {
        position: absolute;
        right: 1.75rem;
        top: 0;
        line-height: 2.5rem;
        color: var(--muted);
        pointer-events: none;
      }
      .problem {
        color: var(--danger);
      }
    `,
  ];

  @property() label = '';
  @property() hint = '';
  @property() unit = '';
  @property({ type: Number }) value = 0;
  @property({ type: Number }) step = 1;
  /** With the reason in the hint. */
  @property({ type: Boolean }) disabled = false;
  @property({ attribute: false }) rule: NumberRule = { min: 0, max: Infinity, integer: false };
  @state() private problem = '';
  @query('input') private input!: HTMLInputElement;

  protected override updated(changed: PropertyValues<this>): void {
    // While the user types, the field is theirs; a value from elsewhere replaces it.
    if (changed.has('value') && this.input.valueAsNumber !== this.value) {
      this.input.value = String(this.value);
      this.problem = '';
    }
  }

  override render() {
    return html`
      <label for="input">${this.label}</label>
      <div class="box">
        <input
          id="input"
          type="number"
          ?disabled=${this.disabled}
          inputmode=${this.rule.integer ? 'numeric' : 'decimal'}
          min=${this.rule.min}
          max=${this.rule.max}
          step=${this.rule.integer ? this.step : 'any'}
          aria-invalid=${this.problem ? 'true' : 'false'}
          aria-describedby="hint problem"
          @input=${this.#changed}
        />
        ${this.unit ? html`<span class="unit" aria-hidden="true">${this.unit}</span>` : nothing}
      </div>
      <p id="problem" class="small problem" ?hidden=${!this.problem}>${this.problem}</p>
      <p id="hint" class="small muted" ?hidden=${!this.hint}>${this.hint}</p>
    `;
  }

  #changed(): void {
    const value = this.input.value.trim() === '' ? Number.NaN : Number(this.input.value);
    this.problem = checkNumber(value, this.rule);
    if (!this.problem) this.value = value;
    this.dispatchEvent(new NumberChange(this.problem ? null : value, this.problem));
  }
}
