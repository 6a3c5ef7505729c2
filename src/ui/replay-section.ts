import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { SessionView } from '../session/intents';
import { base, controls } from './styles';
import { words } from './words';

/** The replay of the article behind a heading to be opened; its panel is loaded then. `#replay` in the address opens it. */
@customElement('replay-section')
export class ReplaySection extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        padding: 1rem 0 2rem;
        border-top: 1px solid var(--line);
        scroll-margin-top: 4rem;
      }
      summary {
        width: fit-content;
        max-width: 100%;
        padding-right: 0.5rem;
      }
      h2 {
        display: inline;
        font-size: 1.375rem;
        font-weight: 650;
        letter-spacing: -0.01em;
      }
      .what {
        display: block;
        padding-left: 1.125rem;
        color: var(--muted);
      }
      .body {
        padding-top: 1rem;
      }
      @media print {
        :host {
          border-top: 0;
        }
        details:not([open]) {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @state() private open = location.hash === '#replay';
  @state() private loaded = false;
  @query('summary') private summary!: HTMLElement;

  /** Opens it, brings it to the top of the window and moves the reading position there. */
  async go(): Promise<void> {
    this.open = true;
    await this.updateComplete;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.scrollIntoView({ behavior: calm ? 'auto' : 'smooth' });
    this.summary.focus({ preventScroll: true });
  }

  protected override firstUpdated(): void {
    if (this.open) void this.go();
  }

  override render() {
    if (this.open && !this.loaded) void import('./replay-panel').then(() => (this.loaded = true));
    return html`<details .open=${this.open} @toggle=${this.#toggled}>
      <summary>
        <h2>${words.replay.title}</h2>
        <span class="what">${words.replay.lead}</span>
      </summary>
      <div class="body">
        ${
          this.open && this.loaded
            ? html`<replay-panel
                .session=${this.session}
                @run-started=${() => this.dispatchEvent(new Event('run-started'))}
              ></replay-panel>`
            : nothing
        }
      </div>
    </details>`;
  }

  readonly #toggled = (event: Event): void => {
    this.open = (event.target as HTMLDetailsElement).open;
  };
}
