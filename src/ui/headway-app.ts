import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { nextTask } from '../engine/job';
import type { BaseId } from '../engine/nets';
import type { SessionView } from '../session/intents';
import { appStyles } from './app-styles';
import './base-panel';
import type { CaseAdvised, KnownAdvice } from './cut-cases';
import type { CutValidity } from './cut-panel';
import './cut-panel';
import type { DataPanel } from './data-panel';
import './data-panel';
import type { HeadPanel } from './head-panel';
import './head-panel';
import './next-bar';
import { drawn } from './next-frame';
import './parts/access-notice';
import type { AskDialog } from './parts/ask-dialog';
import './parts/ask-dialog';
import './parts/error-notice';
import './parts/step-section';
import './parts/update-notice';
import type { StepSection } from './parts/step-section';
import './results-panel';
import { pageTitle } from './page-title';
import type { ProjectFile, ProjectOpener } from './project-opener';
import './project-opener';
import './project-panel';
import type { RunPanel } from './run-panel';
import './run-panel';
import { remember, viewOf } from './route';
import './run-bell';
import { SessionController } from './session-controller';
import type { GoTo } from './site-header';
import './site-header';
import { stepStatuses, steps, type StepId } from './steps';
import type { ReplaySection } from './replay-section';
import './replay-section';
import type { StorageDialog } from './storage-dialog';
import './storage-dialog';
import { base } from './styles';
import './takeaway-panel';
import { tokens } from './tokens';
import { words } from './words';

if (tokens.styleSheet) document.adoptedStyleSheets.push(tokens.styleSheet);

/** Steps that are for changing what is stored; the others can be read in any tab. */
const changing: readonly StepId[] = ['data', 'base', 'run'];
/** Steps that are not printed with the results of a run: their choices are told there. */
const choosing: readonly StepId[] = ['base', 'run', 'take-away'];

/** The page. */
@customElement('headway-app')
export class HeadwayApp extends LitElement {
  static override styles = [base, appStyles];

  @property({ attribute: false }) session: SessionView | null = null;
  /** Makes a newer version of the page take over; null while there is none. */
  @property({ attribute: false }) takeOver: (() => void) | null = null;
  @state() private advice: Readonly<Partial<Record<BaseId, KnownAdvice>>> = {};
  @state() private cutsValid = true;
  /** Steps that are on the page so far. */
  @state() private drawn = 1;
  @query('data-panel') private dataPanel!: DataPanel;
  @query('head-panel') private headPanel!: HeadPanel;
  @query('run-panel') private runPanel!: RunPanel;
  @query('storage-dialog') private storage!: StorageDialog;
  @query('ask-dialog') private ask!: AskDialog;
  @query('project-opener') private opener!: ProjectOpener;
  @query('replay-section') private replay!: ReplaySection | null;
  readonly #controller = new SessionController(this, (state) => [
    state.ready,
    state.error,
    state.access,
    state.memory,
    state.dataset.records.length === 0,
    JSON.stringify(stepStatuses(state)),
    pageTitle(state),
  ]);

  #drawing = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('click', this.#clicked);
    this.addEventListener('project-file', this.#project);
    window.addEventListener('hashchange', this.#follow);
    this.addEventListener('free-space', this.#freeSpace);
    this.addEventListener('go-on-in-memory', this.#goOnInMemory);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('click', this.#clicked);
    this.removeEventListener('project-file', this.#project);
    window.removeEventListener('hashchange', this.#follow);
    this.removeEventListener('free-space', this.#freeSpace);
    this.removeEventListener('go-on-in-memory', this.#goOnInMemory);
  }

  protected override updated(): void {
    const { state } = this.#controller;
    if (state) document.title = pageTitle(state);
    if (!state?.ready || this.#drawing) return;
    this.#drawing = true;
    void this.#drawSteps();
  }

  /** One step a task: with many images, all in one would hold up everything else. */
  async #drawSteps(): Promise<void> {
    await nextTask();
    while (this.drawn < steps.length) {
      this.drawn++;
      // The step and its panels have drawn themselves when the next task begins.
      await nextTask();
    }
    // The view that the address names.
    if (location.hash.length > 1) this.#follow();
  }

  override render() {
    const { state } = this.#controller;
    const { session } = this;
    const access = state?.access ?? 'write';
    const isWhole = this.drawn === steps.length;
    return html`
      <site-header .session=${session} @go-to=${this.#goTo}></site-header>
      <div class="errors">
        <access-notice
          .access=${access}
          .memory=${state?.memory ?? null}
          @start-over=${this.#startOver}
        ></access-notice>
        <update-notice .takeOver=${this.takeOver}></update-notice>
        <error-notice .error=${state?.error ?? null} @dismiss=${() => session?.dismissError()}></error-notice>
      </div>
      ${
        state?.ready
          ? html`<main>
              ${state.dataset.records.length === 0 ? html`<p class="intro">${words.page.intro}</p>` : nothing}
              ${steps.slice(0, this.drawn).map((id, index) => this.#step(id, index))}
              ${
                isWhole
                  ? html`<replay-section .session=${session} @run-started=${this.#started}></replay-section>`
                  : nothing
              }
              ${
                isWhole && access === 'write'
                  ? html`<next-bar
                      .session=${session}
                      .place=${this.#place}
                      @go-to=${this.#goTo}
                      @run-now=${this.#runNow}
                    ></next-bar>`
                  : nothing
              }
            </main>`
          : html`<main class="loading"><p role="status">${words.page.opening}</p></main>`
      }
      <project-opener .session=${session}></project-opener>
      <storage-dialog .session=${session}></storage-dialog>
      <ask-dialog></ask-dialog>
      <footer>
        <p>${words.page.footer}</p>
      </footer>
    `;
  }

  #step(id: StepId, index: number) {
    const { title, lead } = words.steps[id];
    const statuses = stepStatuses(this.session!.state);
    return html`<step-section
      id=${id}
      class=${statuses.results === 'done' && choosing.includes(id) ? 'on-screen' : nothing}
      .number=${index + 1}
      .heading=${title}
      .lead=${lead}
      .status=${statuses[id]}
      ?last=${index === steps.length - 1}
      ?inert=${(this.session!.state.access ?? 'write') !== 'write' && changing.includes(id)}
    >
      ${this.#panels(id)}
    </step-section>`;
  }

  #panels(id: StepId) {
    const { session } = this;
    switch (id) {
      case 'data':
        return html`<data-panel .session=${session}></data-panel>`;
      case 'base':
        return html`<base-panel .session=${session} @case-advised=${this.#advised}></base-panel>
          <cut-panel
            .session=${session}
            .advice=${this.advice}
            @cut-validity=${({ valid }: CutValidity) => (this.cutsValid = valid)}
          ></cut-panel>`;
      case 'run':
        return html`<head-panel
            .session=${session}
            .cutsValid=${this.cutsValid}
            @run-started=${this.#started}
            @show-findings=${() => this.dataPanel.showFindings()}
          ></head-panel>
          <run-panel .session=${session}></run-panel>
          <run-bell .session=${session}></run-bell>`;
      case 'results':
        return html`<results-panel .session=${session}></results-panel>`;
      case 'take-away':
        return html`<takeaway-panel .session=${session}></takeaway-panel>
          <project-panel .session=${session}></project-panel>`;
    }
  }

  /** Links to the replay, wherever they are: a browser finds no anchor inside a shadow tree. */
  readonly #clicked = (event: Event): void => {
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    if (link?.getAttribute('href') !== '#replay' || event.defaultPrevented) return;
    event.preventDefault();
    history.replaceState(null, '', '#replay');
    void this.replay?.go();
  };

  readonly #advised = ({ known }: CaseAdvised): void => {
    this.advice = { ...this.advice, [known.advice.base]: known };
  };

  readonly #project = ({ file }: ProjectFile): void => void this.opener.offer(file);

  readonly #freeSpace = (): void => void this.storage.open();

  readonly #goOnInMemory = (): void => {
    this.session?.goOnInMemory();
    this.session?.dismissError();
  };

  readonly #startOver = async (): Promise<void> => {
    const { startOver: title, startOverSure: text, clear: action } = words.tabs;
    if (await this.ask.confirm({ title, text, action, danger: true })) await this.session?.startOver();
  };

  readonly #place = (step: string): StepSection | null =>
    this.renderRoot.querySelector<StepSection>(`#${step}`);

  readonly #goTo = ({ step }: GoTo): void => {
    remember({ step, run: null, tab: null }, true);
    this.#place(step)?.go();
  };

  /** Shows what the address names: a link, or the way back. */
  readonly #follow = (): void => {
    const view = viewOf(location.hash);
    if (view) this.#place(view.step)?.go();
  };

  readonly #runNow = (): void => {
    // What stands in the way is said there.
    if (!this.headPanel.run()) this.#place('run')?.go();
  };

  readonly #started = async (): Promise<void> => {
    // The lanes are there after the session has begun and the panel has drawn them.
    await drawn();
    this.runPanel.go();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'headway-app': HeadwayApp;
  }
}
