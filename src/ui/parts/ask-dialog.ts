import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { base, controls } from '../styles';
import { dialogs } from '../surfaces';
import { words } from '../words';

interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button says that goes ahead. */
  readonly action: string;
  readonly danger?: boolean;
  /** Asks for a line of text. */
  readonly field?: { readonly label: string; readonly value: string };
}

/** Asks before something is lost, or for a name; resolves to null when the user goes back. */
@customElement('ask-dialog')
export class AskDialog extends LitElement {
  static override styles = [
    base,
    controls,
    dialogs,
    css`
      :host {
        display: contents;
      }
      form {
        display: grid;
        gap: 1rem;
      }
      label {
        display: grid;
        gap: 0.25rem;
        font-weight: 550;
      }
    `,
  ];

  @state() private question: Question | null = null;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('input') private input!: HTMLInputElement | null;
  #answer: ((text: string | null) => void) | null = null;

  async confirm(question: Omit<Question, 'field'>): Promise<boolean> {
    return (await this.#ask(question)) !== null;
  }

  prompt(question: Question & Required<Pick<Question, 'field'>>): Promise<string | null> {
    return this.#ask(question);
  }

  async #ask(question: Question): Promise<string | null> {
    this.#answer?.(null);
    this.question = question;
    await this.updateComplete;
    if (this.input) this.input.value = question.field?.value ?? '';
    this.dialog.returnValue = '';
    this.dialog.showModal();
    this.input?.select();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  readonly #closed = (): void => {
    const ahead = this.dialog.returnValue === 'ahead';
    this.#answer?.(ahead ? (this.input?.value.trim() ?? '') : null);
    this.#answer = null;
    this.question = null;
  };

  override render() {
    const { question } = this;
    return html`<dialog aria-labelledby="title" @close=${this.#closed}>
      ${
        question === null
          ? nothing
          : html`<form method="dialog">
              <h2 id="title">${question.title}</h2>
              <p class="muted">${question.text}</p>
              ${
                question.field
                  ? html`<label>
                      ${question.field.label}
                      <input type="text" required pattern=".*\\S.*" maxlength="300" autocomplete="off" />
                    </label>`
                  : nothing
              }
              <div class="row">
                <button value="" formnovalidate>${words.page.cancel}</button>
                <button value="ahead" class=${question.danger ? 'danger' : 'primary'}>
                  ${question.action}
                </button>
              </div>
            </form>`
      }
    </dialog>`;
  }
}
