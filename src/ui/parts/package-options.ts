import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  defaultPackageOptions,
  isHeadFormat,
  type ExportFormat,
  type PackageOptions as Options,
} from '../../engine/export/formats';
import { base, controls } from '../styles';
import { headFiles } from '../takeaway-view';
import { FormatEvent } from './format-choice';
import { words } from '../words';

export class PackageOptionsEvent extends Event {
  constructor(readonly options: Options) {
    super('options-changed');
  }
}

/**
 * Precision, preprocessing, and whose pictures prove the package; of a head alone, the kind of file. Sends
 * `options-changed` and `format-chosen`.
 */
@customElement('package-options')
export class PackageOptions extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: 0.875rem;
      }
      .file {
        display: grid;
        gap: 0.25rem;
        max-width: 32rem;
      }
      .file label {
        font-weight: 650;
      }
      label:has(input) {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0 0.625rem;
        cursor: pointer;
      }
      label input[type='checkbox'] {
        margin-top: 0.1875rem;
      }
      .small {
        grid-column: 2;
      }
      b {
        font-weight: 550;
      }
    `,
  ];

  @property() format: ExportFormat = 'tfjs';
  @property({ attribute: false }) options: Options = defaultPackageOptions;

  override render() {
    const { format, options } = this;
    return html`
      ${
        isHeadFormat(format)
          ? this.#headFile(format)
          : this.#box(
              options.weights === 'float16',
              (on) => ({ weights: on ? 'float16' : 'float32' }),
              words.takeaway.half,
              words.takeaway.halfText,
            )
      }
      ${
        isHeadFormat(format) || format === 'demo'
          ? nothing
          : this.#box(
              options.preprocessing === 'inside',
              (on) => ({ preprocessing: on ? 'inside' : 'outside' }),
              words.takeaway.preprocesses,
              words.takeaway.preprocessesText,
            )
      }
      ${this.#box(
        options.pictures === 'validation',
        (on) => ({ pictures: on ? 'validation' : 'generated' }),
        words.takeaway.ownPictures,
        options.pictures === 'validation' ? words.takeaway.ownPicturesText : words.takeaway.generatedText,
      )}
    `;
  }

  #headFile(format: ExportFormat) {
    return html`<div class="file">
      <label for="file">${words.takeaway.file}</label>
      <select
        id="file"
        @change=${(event: Event) => {
          const { selectedIndex } = event.target as HTMLSelectElement;
          this.dispatchEvent(new FormatEvent(headFiles()[selectedIndex]!.id));
        }}
      >
        ${headFiles().map(
          ({ id, title }) => html`<option value=${id} .selected=${id === format}>${title}</option>`,
        )}
      </select>
    </div>`;
  }

  #box(checked: boolean, patch: (on: boolean) => Partial<Options>, title: string, text: string) {
    return html`<label>
      <input
        type="checkbox"
        .checked=${checked}
        @change=${(event: Event) => {
          const { checked: on } = event.target as HTMLInputElement;
          this.dispatchEvent(new PackageOptionsEvent({ ...this.options, ...patch(on) }));
        }}
      />
      <b>${title}</b>
      <span class="small muted">${text}</span>
    </label>`;
  }
}
