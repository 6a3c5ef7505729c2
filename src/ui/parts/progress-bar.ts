import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Progress } from '../../engine/job';
import { amount, percent, rate, timeLeft } from '../format';
import { base } from '../styles';

/** Amount, rate and time left of one phase. */
@customElement('progress-bar')
export class ProgressBar extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        align-content: start;
        gap: 0.25rem;
        font-size: var(--small);
      }
      .label {
        font-weight: 550;
      }
      progress {
        appearance: none;
        display: block;
        width: 100%;
        height: 0.5rem;
        border: 0;
        border-radius: 1rem;
        overflow: hidden;
        background: var(--line);
      }
      progress::-webkit-progress-bar {
        background: var(--line);
      }
      progress::-webkit-progress-value {
        background: var(--bar);
        border-radius: 1rem;
      }
      progress::-moz-progress-bar {
        background: var(--bar);
        border-radius: 1rem;
      }
      :host {
        --bar: var(--colour, var(--accent));
      }
      :host([mood='still']) {
        --bar: var(--line-strong);
      }
      :host([mood='failed']) {
        --bar: var(--danger);
      }
      :host([mood='waiting']) .label {
        color: var(--muted);
      }
      .text {
        min-height: 1.25rem;
        color: var(--muted);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property() label = '';
  @property({ attribute: false }) progress: Progress | null = null;
  /** `still`: paused or cancelled; `waiting`: not begun. */
  @property({ reflect: true }) mood: 'active' | 'done' | 'still' | 'failed' | 'waiting' = 'active';
  /** Instead of amount, rate and time left. */
  @property() text = '';

  override render() {
    const { progress, mood } = this;
    const share = mood === 'done' ? 1 : progress && progress.total > 0 ? progress.done / progress.total : 0;
    return html`
      <span class="label" aria-hidden="true">${this.label}</span>
      ${
        mood === 'active' && progress === null
          ? html`<progress aria-label=${this.label}></progress>`
          : html`<progress
              aria-label=${this.label}
              aria-valuetext=${`${percent(share, 0)}${this.text ? `, ${this.text}` : ''}`}
              max="1"
              .value=${Math.min(1, share)}
            ></progress>`
      }
      <span class="text">${this.text || this.#facts() || nothing}</span>
    `;
  }

  #facts(): string {
    const { progress, mood } = this;
    if (progress === null) return '';
    const facts = [amount(progress)];
    if (mood !== 'active') return facts[0]!;
    if (progress.perSecond !== null) facts.push(rate(progress.perSecond, progress.unit));
    if (progress.secondsLeft !== null) facts.push(timeLeft(progress.secondsLeft));
    return facts.join(' · ');
  }
}
