import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SessionView } from '../session/intents';
import { nextStep, type NextStep } from './next-step';
import { icon } from './parts/icon';
import { SessionController } from './session-controller';
import { GoTo } from './site-header';
import { base, controls } from './styles';
import { words } from './words';

/**
 * The next thing to do, at the foot of the window as long as the step where it is done is out of sight: from a folder
 * to a result without looking for the way. Sends `go-to` and `run-now`.
 */
@customElement('next-bar')
export class NextBar extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        position: sticky;
        bottom: 0;
        z-index: 4;
        padding-bottom: 0.75rem;
        pointer-events: none;
      }
      .bar {
        display: flex;
        gap: 0.5rem 1rem;
        align-items: center;
        max-width: 52rem;
        margin: 0 auto;
        padding: 0.5rem 0.5rem 0.5rem 1rem;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--surface);
        box-shadow: 0 2px 16px rgb(0 0 0 / 16%);
        pointer-events: auto;
      }
      p {
        flex: 1;
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
        overflow-wrap: anywhere;
        font-size: var(--small);
        line-height: 1.35;
      }
      button {
        flex: none;
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  /** The steps' elements by id: where the way leads is watched. */
  @property({ attribute: false }) place: (step: string) => Element | null = () => null;
  @state() private shown = false;
  readonly #controller = new SessionController(this, (state) => [
    JSON.stringify(nextStep(state, this.#seen ?? null)),
  ]);
  /** The newest run that has been looked at; undefined until the state is known. */
  #seen: string | null | undefined = undefined;
  #watched: Element | null = null;
  /** Who has passed a step by has reached it, too: all that is above the window counts as within. */
  readonly #observer = new IntersectionObserver((entries) => this.#met(entries.at(-1)!.isIntersecting), {
    rootMargin: '1000000px 0px -20% 0px',
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#watched = null;
  }

  get #next(): NextStep | null {
    const state = this.#controller.state;
    if (!state) return null;
    // What earlier visits left has been looked at.
    if (this.#seen === undefined) this.#seen = state.results[0]?.runId ?? null;
    return nextStep(state, this.#seen);
  }

  protected override updated(): void {
    const next = this.#next;
    const place = next && this.place(next.step);
    if (place === this.#watched) return;
    this.#observer.disconnect();
    this.#watched = place;
    if (place) this.#observer.observe(place);
  }

  #met(isReached: boolean): void {
    if (isReached && this.#next?.kind === 'look')
      this.#seen = this.#controller.state?.results[0]?.runId ?? null;
    this.shown = !isReached;
    this.requestUpdate();
  }

  override render() {
    const next = this.#next;
    // A button with the focus stays until the focus has gone.
    if (!next || !(this.shown || this.matches(':focus-within'))) return nothing;
    return html`<div
      class="bar"
      role="group"
      aria-label=${words.next.title}
      @focusout=${() => this.requestUpdate()}
    >
      <p class="figures">${next.text}</p>
      <button class="primary" @click=${() => this.#act(next)}>
        ${next.kind === 'start' ? icon('play') : nothing} ${next.action}
      </button>
    </div>`;
  }

  #act({ kind, step }: NextStep): void {
    this.dispatchEvent(kind === 'start' ? new Event('run-now') : new GoTo(step));
  }
}
