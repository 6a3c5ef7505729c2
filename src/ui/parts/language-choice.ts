import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { chooseLanguage } from '../language';
import { base, controls } from '../styles';
import { language, languages, words, type Language } from '../words';

/** The language of the page, by its own name. */
@customElement('language-choice')
export class LanguageChoice extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      select {
        width: auto;
        min-height: 2rem;
        padding: 0.125rem 0.5rem;
        border-radius: 2rem;
        font-size: var(--small);
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  override render() {
    return html`<select aria-label=${words.header.language} @change=${this.#change}>
      ${Object.entries(languages).map(
        ([id, name]) => html`<option value=${id} lang=${id} .selected=${id === language}>${name}</option>`,
      )}
    </select>`;
  }

  async #change(event: Event): Promise<void> {
    try {
      await chooseLanguage((event.target as HTMLSelectElement).value as Language);
    } catch {
      // Without a network what was not fetched before cannot be: the list goes back to what is spoken.
      this.requestUpdate();
    }
  }
}
