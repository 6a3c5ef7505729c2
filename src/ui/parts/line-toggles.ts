import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { bothLines, type ShownLines } from '../results-view';
import { base, controls } from '../styles';
import { lineSample } from './chart-signs';
import { words } from '../words';

/** Which lines the charts are to show from now on. */
export class LinesChange extends Event {
  constructor(readonly lines: ShownLines) {
    super('lines-change');
  }
}

/** Validation, training, or both. Sends `lines-change`. */
@customElement('line-toggles')
export class LineToggles extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1.25rem;
        align-items: center;
        font-size: var(--small);
      }
      legend {
        float: left;
        padding: 0;
        color: var(--muted);
      }
      label {
        display: inline-flex;
        gap: 0.5rem;
        align-items: center;
        min-height: 2rem;
      }
    `,
  ];

  @property({ attribute: false }) lines: ShownLines = bothLines;

  override render() {
    return html`<fieldset>
      <legend>${words.curves.lines}</legend>
      ${this.#toggle('validation')} ${this.#toggle('training')}
    </fieldset>`;
  }

  #toggle(line: keyof ShownLines) {
    const { lines } = this;
    return html`<label>
      <input
        type="checkbox"
        .checked=${lines[line]}
        @change=${() => this.dispatchEvent(new LinesChange({ ...lines, [line]: !lines[line] }))}
      />
      ${lineSample(line === 'validation' ? 'solid' : 'dashed')}
      ${words.shares.names[line === 'training' ? 'train' : line]}
    </label>`;
  }
}
