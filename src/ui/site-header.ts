import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { SessionView } from '../session/intents';
import { backendTitle, type BackendDialog, type BackendPick } from './parts/backend-dialog';
import './parts/backend-dialog';
import { Narrow } from './narrow';
import { FreeSpace } from './parts/error-notice';
import { icon } from './parts/icon';
import './parts/language-choice';
import { SessionController } from './session-controller';
import { stepStatuses, steps, type StepId } from './steps';
import { base, controls } from './styles';
import { words } from './words';

export class GoTo extends Event {
  constructor(readonly step: StepId) {
    super('go-to');
  }
}

/** Name, promise, backend, and the steps as links, which stay on the screen. Sends `go-to`. */
@customElement('site-header')
export class SiteHeader extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        position: sticky;
        top: 0;
        z-index: 5;
        border-bottom: 1px solid var(--line);
        background: var(--page);
      }
      .inner {
        display: flex;
        flex-wrap: wrap;
        gap: 0 1.25rem;
        align-items: center;
        max-width: var(--page-width);
        margin: 0 auto;
        padding: 0.375rem var(--page-margin);
      }
      h1 {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        margin: 0;
        font-size: 1.1875rem;
        font-weight: 700;
        letter-spacing: -0.02em;
      }
      .mark {
        color: var(--accent);
      }
      .promise {
        display: flex;
        gap: 0.25rem;
        align-items: center;
        white-space: nowrap;
      }
      nav {
        margin-left: auto;
      }
      nav ol {
        display: flex;
      }
      nav a {
        display: block;
        padding: 0.5rem 0.625rem;
        border-radius: var(--radius-small);
        color: var(--muted);
        font-size: var(--small);
        font-weight: 550;
        text-decoration: none;
        white-space: nowrap;
      }
      nav a:hover {
        background: var(--sunken);
        color: var(--ink);
      }
      nav .current {
        color: var(--accent);
        text-decoration: underline 2px;
        text-underline-offset: 0.375rem;
      }
      nav .replay {
        margin-left: 0.5rem;
        border-radius: 0;
        box-shadow: -0.5rem 0 0 -0.4375rem var(--line-strong);
      }
      nav .done {
        color: var(--ink);
      }
      .chip {
        min-height: 2rem;
        padding: 0.125rem 0.75rem;
        border-radius: 2rem;
        font-size: var(--small);
      }
      @media print {
        :host {
          position: static;
        }
        nav,
        .chip {
          display: none;
        }
      }
      @media (min-width: 901px) and (max-width: 1320px) {
        .promise {
          display: none;
        }
      }
      .tools {
        display: flex;
        gap: 0.5rem;
        align-items: center;
      }
      .storage {
        padding: 0.125rem 0.5rem;
      }
      /* The name goes with the page; the steps stay, in a row that takes no more room than it must. */
      @media (max-width: 900px) {
        :host {
          display: contents;
        }
        .tools {
          margin-left: auto;
        }
        nav {
          position: sticky;
          top: 0;
          z-index: 5;
          overflow-x: auto;
          border-bottom: 1px solid var(--line);
          background: var(--page);
        }
        nav ol {
          justify-content: space-between;
          width: max-content;
          min-width: 100%;
          padding: 0 calc(var(--page-margin) - 0.5rem);
        }
        nav a {
          display: grid;
          align-items: center;
          min-height: 2.5rem;
          padding: 0 0.5rem;
        }
        nav a:focus-visible {
          outline-offset: -2px;
        }
      }
      @media (max-width: 640px) {
        nav .replay {
          display: none;
        }
      }
      @media (max-width: 480px) {
        .inner {
          gap: 0.375rem 0.5rem;
        }
        nav a {
          font-size: 0.75rem;
          padding: 0 0.25rem;
        }
        nav ol {
          padding: 0 calc(var(--page-margin) - 0.25rem);
        }
        .tools {
          display: contents;
        }
        .chip {
          padding: 0.125rem 0.5rem;
        }
        .backend {
          margin-left: auto;
        }
        .promise {
          order: 3;
        }
        language-choice {
          order: 4;
          margin-left: auto;
        }
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @query('backend-dialog') private dialog!: BackendDialog;
  /** Then the steps have a row of their own. */
  readonly #narrow = new Narrow(this, 900);
  readonly #controller = new SessionController(this, (state) => [
    state.ready,
    state.backend,
    state.request.backend,
    JSON.stringify(stepStatuses(state)),
  ]);

  override render() {
    const { state } = this.#controller;
    const nav = state?.ready ? this.#nav() : nothing;
    const narrow = this.#narrow.is;
    return html`
      <header class="inner">
        <h1>${mark} Headway</h1>
        <p class="promise small muted">${icon('lock', 15)} ${words.header.promise}</p>
        ${narrow ? nothing : nav}
        <div class="tools">
          ${
            state?.backend
              ? html`<button
                  class="chip backend"
                  title=${words.backend.description(state.backend)}
                  @click=${() => this.dialog.open()}
                >
                  ${icon('chip', 16)}
                  <span class="visually-hidden">${words.header.backend}</span
                  >${backendTitle(state.backend.chosen)}
                </button>`
              : nothing
          }
          ${
            state?.ready
              ? html`<button
                  class="chip storage"
                  aria-label=${words.storage.chip}
                  title=${words.storage.title}
                  @click=${() => this.dispatchEvent(new FreeSpace())}
                >
                  ${icon('disk', 16)}
                </button>`
              : nothing
          }
          <language-choice></language-choice>
        </div>
      </header>
      ${narrow ? nav : nothing}
      <backend-dialog
        .backend=${state?.backend ?? null}
        .asked=${state?.request.backend ?? null}
        @backend-pick=${this.#pick}
      ></backend-dialog>
    `;
  }

  #nav() {
    const statuses = stepStatuses(this.session!.state);
    return html`<nav aria-label=${words.header.steps}>
      <ol>
        ${steps.map(
          (id) =>
            html`<li>
              <a
                class=${statuses[id]}
                href="#${id}"
                aria-current=${statuses[id] === 'current' ? 'step' : nothing}
                @click=${(event: Event) => {
                  event.preventDefault();
                  this.dispatchEvent(new GoTo(id));
                }}
                >${words.steps[id].title}</a
              >
            </li>`,
        )}
        <li><a class="replay" href="#replay">${words.header.replay}</a></li>
      </ol>
    </nav>`;
  }

  readonly #pick = (event: BackendPick): void => this.session?.setRequest({ backend: event.backend });
}

/** A learning curve making headway. */
const mark = html`<svg class="mark" width="26" height="26" viewBox="0 0 26 26" fill="none" aria-hidden="true">
  <path d="M3 22C7 11 11 8 21 6.5" stroke="currentColor" stroke-width="3" stroke-linecap="round" />
  <circle cx="21.5" cy="6.5" r="3.5" fill="currentColor" />
  <path d="M8 22c3-6 6-8 13-9" stroke="currentColor" stroke-width="2" stroke-linecap="round" opacity=".45" />
</svg>`;
