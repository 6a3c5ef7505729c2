import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CaseAdvice as Advice } from '../engine/analysis/advice';
import type { Progress } from '../engine/job';
import { baseIds, type BaseId } from '../engine/nets';
import type { SessionView } from '../session/intents';
import { baseTitle } from './base-style';
import { adviceSubject, CaseAdvised, casePatch, isSetFor } from './cut-cases';
import './parts/case-map';
import './parts/fold-card';
import { icon } from './parts/icon';
import './parts/probe-chart';
import './parts/progress-bar';
import { isRunning } from './plan';
import { SessionController } from './session-controller';
import { base, controls } from './styles';
import { words } from './words';

/** Which of the four cases of transfer learning the data set is, measured on request. */
@customElement('case-advice')
export class CaseAdvice extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .ask {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 0.75rem;
        align-items: center;
      }
      .ask label {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        font-size: var(--small);
      }
      select {
        width: auto;
      }
      .answer {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1.1fr);
        gap: 1.25rem 2rem;
        align-items: start;
      }
      .words {
        display: grid;
        gap: 0.625rem;
        margin-top: 0.75rem;
      }
      .sentence {
        font-weight: 600;
      }
      @media (max-width: 860px) {
        .answer {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @state() private asked: BaseId | null = null;
  @state() private progress: Progress | null = null;
  /** While it measures. */
  @state() private abort: AbortController | null = null;
  @state() private advice: Advice | null = null;
  /** What the advice was about: another data set or split makes it old. */
  #about = '';
  readonly #controller = new SessionController(this, (session) => [
    session.request,
    this.#subject(),
    isRunning(session),
  ]);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abort?.abort();
  }

  override render() {
    const { state: session } = this.#controller;
    if (!session || session.dataset.classes.length < 2) return nothing;
    const { advice, abort } = this;
    const chosen = this.#base;
    const isOld = advice !== null && this.#about !== this.#subject();
    const waits = isRunning(session);
    return html`<fold-card
      .heading=${words.advice.title}
      .choice=${advice ? `${baseTitle(advice.base)}: ${words.advice.caseOf(advice.fits)}` : words.cut.notMeasured}
    >
      <p>${words.advice.text}</p>
      <div class="ask">
        <label>
          ${words.advice.base}
          <select ?disabled=${abort !== null} @change=${this.#choose}>
            ${baseIds.map(
              (id) => html`<option value=${id} .selected=${id === chosen}>${baseTitle(id)}</option>`,
            )}
          </select>
        </label>
        ${
          abort
            ? html`<button @click=${() => abort.abort()}>${icon('close', 16)} ${words.page.cancel}</button>`
            : html`<button aria-disabled=${waits ? 'true' : 'false'} @click=${this.#measure}>
                ${advice?.base === chosen ? words.bases.measureAgain : words.bases.measure}
              </button>`
        }
        ${waits ? html`<span class="small muted">${words.advice.onceEnded}</span>` : nothing}
      </div>
      ${
        abort
          ? html`<progress-bar
              label=${this.progress ? words.advice.phases[this.progress.unit] : words.advice.gettingReady}
              .progress=${this.progress}
            ></progress-bar>`
          : nothing
      }
      <div role="status" class=${advice ? '' : 'visually-hidden'}>
        ${
          advice
            ? html`<p class="sentence">${words.engine.caseAdvice(advice).sentence}</p>
                ${isOld ? html`<p class="small muted">${words.advice.old}</p>` : nothing}`
            : nothing
        }
      </div>
      ${advice ? this.#answer(advice) : nothing}
    </fold-card>`;
  }

  #answer(advice: Advice) {
    return html`<div class="answer">
      <div>
        <case-map .fits=${advice.fits}></case-map>
        <div class="words">
          <p class="small">${words.engine.caseAdvice(advice).evidence}</p>
          <div>${this.#use(advice)}</div>
          <p class="small muted">${words.advice.how}</p>
        </div>
      </div>
      <probe-chart .advice=${advice}></probe-chart>
    </div>`;
  }

  get #base(): BaseId {
    return this.asked ?? this.#controller.state?.request.bases[0] ?? 'resnet50';
  }

  #subject(): string {
    const session = this.session?.state;
    if (!session) return '';
    return adviceSubject(session);
  }

  readonly #choose = (event: Event): void => {
    this.asked = (event.target as HTMLSelectElement).value as BaseId;
  };

  readonly #measure = async (): Promise<void> => {
    const { state: session } = this.#controller;
    if (!this.session || !session || this.abort || isRunning(session)) return;
    const abort = new AbortController();
    this.abort = abort;
    this.progress = null;
    const about = this.#subject();
    const advice = await this.session.advice(this.#base, {
      signal: abort.signal,
      onProgress: (progress) => (this.progress = progress),
    });
    this.abort = null;
    if (advice === null) return;
    this.#about = about;
    this.advice = advice;
    this.dispatchEvent(new CaseAdvised({ advice, about }));
  };

  #use(advice: Advice) {
    const { state: session } = this.#controller;
    if (!session) return nothing;
    const { fits, base: id } = advice;
    return isSetFor(session.request, id, fits, advice)
      ? html`<p class="small">${words.advice.isSet(baseTitle(id), fits)}</p>`
      : html`<button class="small" @click=${() => this.#apply(advice)}>
          ${words.advice.set(baseTitle(id), fits)}
        </button>`;
  }

  #apply(advice: Advice): void {
    const { state: session } = this.#controller;
    if (!session) return;
    const bases = baseIds.filter((id) => id === advice.base || session.request.bases.includes(id));
    const request = { ...session.request, bases };
    this.session?.setRequest({ bases, ...casePatch(request, advice.base, advice.fits, advice) });
  }
}
