import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Finding } from '../engine/audit/finding';
import type { SessionView } from '../session/intents';
import type { AuditState, SessionState } from '../session/state';
import { auditSummary, editText } from './audit-view';
import { drawn } from './next-frame';
import type { RemedyPick } from './parts/finding-card';
import './parts/finding-card';
import { icon } from './parts/icon';
import { recordsById } from '../session/records';
import { SessionController } from './session-controller';
import { base, controls } from './styles';
import type { Thumbnails } from './thumbnails';
import { words } from './words';

/** What is wrong with the data set, or may be, and one click to put it right; every change of it can be undone. */
@customElement('audit-panel')
export class AuditPanel extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: 1rem;
        scroll-margin-top: 5rem;
      }
      .done {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 0.75rem;
        align-items: center;
        padding: 0.375rem 0.5rem 0.375rem 1rem;
        border-radius: var(--radius);
        background: var(--accent-soft);
      }
      .done p {
        flex: 1 1 12rem;
        overflow-wrap: anywhere;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 0.125rem 0.75rem;
        align-items: center;
        padding: 0.75rem 1rem;
      }
      summary {
        padding: 0.625rem 1rem;
        border-top: 1px solid var(--line);
        border-radius: 0;
        font-weight: 550;
      }
      .state {
        display: inline-flex;
        gap: 0.375rem;
        align-items: center;
      }
      .clean svg {
        color: var(--accent);
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  /** Shared with the other pictures of the data set. */
  @property({ attribute: false }) source: Thumbnails | null = null;
  @query('h3') private headline!: HTMLElement | null;
  @query('#undo') private undo!: HTMLElement | null;
  readonly #controller = new SessionController(this, ({ audit, dataset }) => [
    audit,
    dataset.records,
    dataset.lastEdit,
    dataset.importing === null,
  ]);
  /** What had the focus may go with its finding, or with the offer to undo. */
  protected override update(changed: PropertyValues<this>): void {
    const within = this.shadowRoot?.activeElement;
    super.update(changed);
    if (within && !within.isConnected) (this.undo ?? this.headline)?.focus({ preventScroll: true });
  }

  /** Brings the findings into view and moves the reading position there. */
  go(): void {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.scrollIntoView({ behavior: calm ? 'auto' : 'smooth' });
    this.headline?.focus({ preventScroll: true });
  }

  override render() {
    const { state } = this.#controller;
    if (!state) return nothing;
    return html`${this.#done(state)} ${state.dataset.records.length > 0 ? this.#findings(state) : nothing}`;
  }

  #done({ dataset: { lastEdit, importing } }: SessionState) {
    if (!lastEdit || importing !== null) return nothing;
    return html`<div class="done">
      <p id="done">${editText(lastEdit)}</p>
      <button class="quiet small" id="undo" aria-describedby="done" @click=${() => void this.session?.undo()}>
        ${icon('undo', 16)} ${words.audit.undo}
      </button>
    </div>`;
  }

  #findings({ audit, dataset }: SessionState) {
    const importing = dataset.importing !== null;
    const findings = audit?.findings ?? [];
    const notes = findings.filter(({ severity }) => severity === 'info');
    return html`<section class="card" aria-labelledby="title">
      <header>
        <h3 id="title" tabindex="-1">${words.audit.title}</h3>
        <p class="state" role="status">${this.#status(audit ?? null, importing)}</p>
      </header>
      ${this.#cards(
        findings.filter(({ severity }) => severity !== 'info'),
        importing,
      )}
      ${
        notes.length > 0
          ? html`<details>
              <summary>${words.audit.notes(notes.length)}</summary>
              ${this.#cards(notes, importing)}
            </details>`
          : nothing
      }
    </section>`;
  }

  #cards(findings: readonly Finding[], busy: boolean) {
    return repeat(
      findings,
      // Counts change with every removal, and what was opened is to stay open.
      ({ code, message }) => (code === 'similar-class-names' ? message : code),
      (finding) =>
        html`<finding-card
          .finding=${finding}
          .records=${recordsById(this.session!.state.dataset.records)}
          .source=${this.source}
          ?busy=${busy}
          @remedy-pick=${this.#apply}
        ></finding-card>`,
    );
  }

  #status(audit: AuditState | null, importing: boolean) {
    if (importing) return html`<span class="muted">${words.audit.afterImport}</span>`;
    if (audit === null || audit.stale) return html`<span class="muted">${words.audit.checking}</span>`;
    return html`<span class="state ${audit.findings.length === 0 ? 'clean' : ''}">
      ${audit.findings.length === 0 ? icon('check', 18) : nothing} ${auditSummary(audit)}
    </span>`;
  }

  readonly #apply = async ({ remedy }: RemedyPick): Promise<void> => {
    await this.session?.applyRemedy(remedy);
    // The offer to take it back is there once the panel has drawn it.
    await drawn();
    this.undo?.focus({ preventScroll: true });
  };
}
