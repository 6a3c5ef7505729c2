import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { SessionView } from '../session/intents';
import type { StorageReport } from '../session/storehouse';
import type { AskDialog } from './parts/ask-dialog';
import './parts/ask-dialog';
import { icon } from './parts/icon';
import { roomText, storedView, type StoredView } from './storage-view';
import { base, controls } from './styles';
import { dialogs } from './surfaces';
import { words } from './words';

/** What is stored, with its sizes, and a way to be rid of it. */
@customElement('storage-dialog')
export class StorageDialog extends LitElement {
  static override styles = [
    base,
    controls,
    dialogs,
    css`
      :host {
        display: contents;
        --dialog-width: 36rem;
      }
      .inner {
        display: grid;
        gap: 1rem;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        gap: 0 0.75rem;
        align-items: center;
        padding: 0.5rem 0;
        border-top: 1px solid var(--line);
      }
      li p {
        overflow-wrap: anywhere;
      }
      li button {
        padding: 0.25rem;
        min-width: 2.5rem;
      }
      .bar {
        height: 0.375rem;
        border-radius: 0.375rem;
        background: var(--sunken);
        overflow: hidden;
      }
      .bar span {
        display: block;
        height: 100%;
        min-width: 2px;
        background: var(--accent);
      }
      .kept {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1rem;
        align-items: center;
        justify-content: space-between;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @state() private report: StorageReport | null = null;
  @state() private busy = false;
  @state() private refused = false;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('ask-dialog') private ask!: AskDialog;

  async open(): Promise<void> {
    this.report = null;
    this.refused = false;
    this.dialog.showModal();
    await this.#read();
  }

  async #read(): Promise<void> {
    this.report = (await this.session?.storage()) ?? null;
    // The error is on top of the page, which a modal dialog would cover.
    if (this.report === null) this.dialog.close();
  }

  async #free({ id, title, question }: StoredView): Promise<void> {
    const isSure =
      question === null ||
      (await this.ask.confirm({
        title: words.storage.sure(title),
        text: question,
        action: words.storage.action,
        danger: true,
      }));
    if (!isSure) return;
    this.busy = true;
    await this.session?.freeStorage([id]);
    this.busy = false;
    if (this.session?.state.error) this.dialog.close();
    else await this.#read();
  }

  async #keep(): Promise<void> {
    this.refused = !((await this.session?.keepStorage()) ?? false);
    await this.#read();
  }

  override render() {
    return html`<dialog aria-labelledby="title">
        <div class="inner">
          <h2 id="title">${words.storage.title}</h2>
          ${this.report === null ? html`<p role="status" class="muted">${words.storage.looking}</p>` : this.#contents(this.report)}
          <form method="dialog" class="row"><button class="primary">${words.storage.done}</button></form>
        </div>
      </dialog>
      <ask-dialog></ask-dialog>`;
  }

  #contents(report: StorageReport) {
    const { entries, used, quota, kept, inMemory } = report;
    const room = roomText(report);
    return html`
      ${
        room === null
          ? nothing
          : html`<div class="bar" aria-hidden="true">
                <span style="width: ${Math.min(100, (100 * used!) / quota!)}%"></span>
              </div>
              <p class="small muted figures">${room}</p>`
      }
      ${
        entries.length === 0
          ? html`<p>${words.storage.nothing}</p>`
          : html`<ul aria-label=${words.storage.list} aria-busy=${this.busy}>
              ${entries.map((entry) => this.#row(storedView(entry)))}
            </ul>`
      }
      <div class="kept">
        <p class="small muted">
          ${inMemory ? words.storage.inMemory : kept === true ? words.storage.kept : words.storage.mayGo}
          ${this.refused ? words.storage.refused : nothing}
        </p>
        ${
          kept === false && !this.refused
            ? html`<button class="small" @click=${this.#keep}>
                ${icon('lock', 16)} ${words.storage.keep}
              </button>`
            : nothing
        }
      </div>
    `;
  }

  #row(view: StoredView) {
    const canRemove = (this.session?.state.access ?? 'write') === 'write';
    return html`<li>
      <div>
        <p>${view.title}</p>
        <p class="small muted">${view.text}</p>
      </div>
      <p class="figures">${view.size}</p>
      <button
        class="quiet danger"
        aria-label=${words.storage.remove(view.title)}
        ?disabled=${this.busy || !canRemove}
        @click=${() => this.#free(view)}
      >
        ${icon('trash')}
      </button>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'storage-dialog': StorageDialog;
  }
}
