import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Progress } from '../engine/job';
import type { OpenReport, ProjectSummary } from '../engine/project/read-project';
import type { SessionView } from '../session/intents';
import { classes, date, images, list } from './format';
import './parts/progress-bar';
import { base, controls } from './styles';
import { dialogs } from './surfaces';
import { words } from './words';

/** A project file for the page to open, wherever it came in. */
export class ProjectFile extends Event {
  constructor(readonly file: Blob) {
    super('project-file', { bubbles: true, composed: true });
  }
}

/** Says what a project file holds, asks what to do with it, and opens it. */
@customElement('project-opener')
export class ProjectOpener extends LitElement {
  static override styles = [
    base,
    controls,
    dialogs,
    css`
      :host {
        display: contents;
        --dialog-width: 32rem;
      }
      .inner {
        display: grid;
        gap: 1rem;
      }
      h2:focus {
        outline: none;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @state() private summary: ProjectSummary | null = null;
  @state() private opening: Progress | null | false = false;
  @state() private report: OpenReport | null = null;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('h2') private heading!: HTMLElement | null;
  #file: Blob | null = null;
  #abort = new AbortController();

  /** Reads what the file holds and asks; a file that cannot be read is an error of the page's. */
  async offer(file: Blob): Promise<void> {
    if (this.opening !== false) return;
    const summary = await this.session?.inspectProject(file);
    if (!summary) return;
    this.#file = file;
    this.report = null;
    this.summary = summary;
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
    this.heading?.focus();
  }

  override render() {
    const { summary } = this;
    return html`<dialog aria-labelledby="title" @cancel=${this.#leave} @close=${this.#closed}>
      ${summary ? html`<div class="inner">${this.#contents(summary)}</div>` : nothing}
    </dialog>`;
  }

  #contents(summary: ProjectSummary) {
    if (this.report) return this.#opened(this.report);
    const { results, dataset } = this.session!.state;
    const empty = results.length + dataset.records.length === 0;
    const holds = [
      ...(summary.images > 0
        ? [words.data.imagesInClasses(images(summary.images), classes(summary.classes.length))]
        : []),
      ...(summary.runs > 0 ? [words.project.finishedRuns(summary.runs)] : []),
      ...(summary.withFeatures ? [words.project.features] : []),
    ];
    return html`
      <h2 id="title" tabindex="-1">${words.project.openThis}</h2>
      <p>
        ${words.project.holds(holds.length === 0 ? words.project.onlySettings : list(holds), date(summary.saved), summary.headway)}
      </p>
      <p class="small muted">${words.project.trust}</p>
      ${
        this.opening === false
          ? html`<div class="row">
              <button @click=${() => this.dialog.close()}>${words.page.cancel}</button>
              ${
                empty
                  ? nothing
                  : html`<button class="danger" @click=${() => this.#open(true)}>
                      ${words.project.replace}
                    </button>`
              }
              <button class="primary" @click=${() => this.#open(false)}>
                ${empty ? words.project.open : words.project.add}
              </button>
            </div>`
          : html`<progress-bar label=${words.project.opening} .progress=${this.opening}></progress-bar>
              <div class="row">
                <button @click=${() => this.#abort.abort()}>${words.project.stop}</button>
              </div>`
      }
    `;
  }

  #opened({ images: added, runs, damaged }: OpenReport) {
    return html`
      <h2 id="title" tabindex="-1">${words.project.isOpen}</h2>
      <p>
        ${words.project.added(images(added), words.project.runs(runs))}
        ${
          damaged.length > 0
            ? html`${words.project.damaged(list(damaged.slice(0, 5)), damaged.length > 5 ? words.project.more(damaged.length - 5) : nothing)}`
            : nothing
        }
      </p>
      <div class="row">
        <button class="primary" @click=${() => this.dialog.close()}>${words.project.done}</button>
      </div>
    `;
  }

  async #open(replace: boolean): Promise<void> {
    this.#abort = new AbortController();
    this.opening = null;
    const { signal } = this.#abort;
    const onProgress = (progress: Progress) => (this.opening = progress);
    const report = await this.session!.openProject(this.#file!, { replace, signal, onProgress });
    this.opening = false;
    this.report = report;
    if (report === null) this.dialog.close();
    await this.updateComplete;
    this.heading?.focus();
  }

  /** Escape must not hide what goes on. */
  readonly #leave = (event: Event): void => {
    if (this.opening !== false) event.preventDefault();
  };

  readonly #closed = (): void => {
    this.summary = null;
    this.report = null;
    this.#file = null;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'project-opener': ProjectOpener;
  }
  interface HTMLElementEventMap {
    'project-file': ProjectFile;
  }
}
