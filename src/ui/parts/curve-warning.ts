import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CurveAlarm } from '../../engine/results/curve-alarm';
import { base } from '../styles';
import { notices } from '../surfaces';
import { icon } from './icon';
import { words } from '../words';

/** That a run's curves look too good, and what to do about it. */
@customElement('curve-warning')
export class CurveWarning extends LitElement {
  static override styles = [base, notices];

  /** Only what was seen, where the rest is told elsewhere. */
  @property({ type: Boolean }) brief = false;
  @property({ attribute: false }) alarm: CurveAlarm | null = null;

  override render() {
    const { alarm } = this;
    if (alarm === null) return nothing;
    const { message, advice } = words.engine.alarm(alarm);
    return html`<div class="notice" role="note" aria-label=${words.curves.warning}>
      <span class="sign">${icon('warning', 20)}</span>
      <div>
        <p class="message">${words.curves.tooGood}</p>
        <p class=${this.brief ? 'small' : ''}>${message} ${this.brief ? nothing : advice}</p>
      </div>
    </div>`;
  }
}
