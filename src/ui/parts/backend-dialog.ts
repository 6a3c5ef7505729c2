import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { BackendId } from '../../engine/backend/backend';
import type { BackendState } from '../../session/state';
import { base, controls } from '../styles';
import { dialogs } from '../surfaces';
import { words } from '../words';

export const backendTitle = (id: BackendId): string => words.backend.titles[id];

export class BackendPick extends Event {
  constructor(readonly backend: BackendId | null) {
    super('backend-pick');
  }
}

/** What computes, and the choice of another. */
@customElement('backend-dialog')
export class BackendDialog extends LitElement {
  static override styles = [
    base,
    controls,
    dialogs,
    css`
      :host {
        --dialog-width: 30rem;
      }
      form,
      fieldset {
        display: grid;
        gap: 1rem;
      }
      label {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0 0.625rem;
        align-items: center;
      }
      label .small {
        grid-column: 2;
      }
    `,
  ];

  @property({ attribute: false }) backend: BackendState | null = null;
  /** What the request asks for; null: the best there is. */
  @property({ attribute: false }) asked: BackendId | null = null;
  @query('dialog') private dialog!: HTMLDialogElement;

  open(): void {
    this.dialog.showModal();
  }

  override render() {
    const { backend } = this;
    return html`<dialog aria-labelledby="title">
      ${
        backend === null
          ? nothing
          : html`<form method="dialog">
              <h2 id="title">${words.backend.computing(backendTitle(backend.chosen))}</h2>
              <p class="muted">${words.backend.description(backend)}</p>
              <fieldset>
                <legend class="visually-hidden">${words.backend.label}</legend>
                ${this.#option(null, words.backend.automatic, words.backend.automaticText)}
                ${backend.available.map((id) => this.#option(id, backendTitle(id), words.backend.explained[id]))}
              </fieldset>
              <div class="row"><button class="primary">${words.backend.done}</button></div>
            </form>`
      }
    </dialog>`;
  }

  #option(id: BackendId | null, title: string, text: string) {
    return html`<label>
      <input
        type="radio"
        name="backend"
        .checked=${this.asked === id}
        @change=${() => this.dispatchEvent(new BackendPick(id))}
      />
      ${title}
      <span class="small muted">${text}</span>
    </label>`;
  }
}
