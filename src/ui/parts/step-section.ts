import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base } from '../styles';
import { icon } from './icon';
import { words } from '../words';

/** One stop of the line through the page: a number on the line, a heading, what the step is for. */
@customElement('step-section')
export class StepSection extends LitElement {
  static override styles = [
    base,
    css`
      section {
        display: grid;
        grid-template-columns: 2.25rem minmax(0, 1fr);
        column-gap: 1.5rem;
        scroll-margin-top: 4rem;
      }
      .line {
        position: relative;
        grid-row: 1 / span 2;
        display: flex;
        justify-content: center;
      }
      .line::after {
        content: '';
        position: absolute;
        top: 2.25rem;
        bottom: 0;
        width: 2px;
        background: var(--line);
      }
      :host([status='done']) .line::after {
        background: var(--accent);
      }
      :host([last]) .line::after {
        display: none;
      }
      .stop {
        display: grid;
        place-items: center;
        width: 2.25rem;
        height: 2.25rem;
        border: 2px solid var(--line-strong);
        border-radius: 50%;
        background: var(--page);
        color: var(--muted);
        font-weight: 650;
        font-variant-numeric: tabular-nums;
      }
      :host([status='current']) .stop {
        border-color: var(--accent);
        color: var(--accent);
      }
      :host([status='done']) .stop {
        border-color: var(--accent);
        background: var(--accent);
        color: var(--on-accent);
      }
      h2 {
        font-size: 1.375rem;
        font-weight: 650;
        line-height: 2.25rem;
        letter-spacing: -0.01em;
      }
      :host([inert]) .body {
        opacity: 0.6;
      }
      h2:focus {
        outline: none;
      }
      .lead {
        max-width: 52rem;
        text-wrap: pretty;
        color: var(--muted);
      }
      .body {
        display: grid;
        gap: 1rem;
        padding: 1rem 0 3rem;
      }
      :host([last]) .body {
        padding-bottom: 1rem;
      }
      /* Grids inside grids are laid over each other where a page ends. */
      @media print {
        section,
        .body {
          display: block !important;
        }
        header {
          break-after: avoid;
        }
        .line {
          float: left;
          margin-right: 0.75rem;
        }
        ::slotted(*) {
          margin-bottom: 1rem;
        }
      }
      @media print, (max-width: 700px) {
        section {
          column-gap: 0.75rem;
        }
        .line::after {
          display: none;
        }
        .line {
          grid-row: 1;
          align-items: start;
        }
        .body {
          grid-column: 1 / -1;
          padding-bottom: 2.5rem;
        }
      }
    `,
  ];

  @property({ type: Number }) number = 1;
  @property() heading = '';
  @property() lead = '';
  @property({ reflect: true }) status: 'todo' | 'current' | 'done' = 'todo';
  @query('section') private section!: HTMLElement;
  @query('h2') private headline!: HTMLElement;

  /** Brings the step to the top of the window and moves the reading position there. */
  go(): void {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.section.scrollIntoView({ behavior: calm ? 'auto' : 'smooth' });
    this.headline.focus({ preventScroll: true });
  }

  override render() {
    return html`<section aria-labelledby="title">
      <div class="line" aria-hidden="true">
        <span class="stop">${this.status === 'done' ? icon('check', 20) : this.number}</span>
      </div>
      <header>
        <h2 id="title" tabindex="-1">
          <span class="visually-hidden">${words.page.step(this.number)} </span>${this.heading}
          ${this.status === 'done' ? html`<span class="visually-hidden">${words.page.done}</span>` : nothing}
        </h2>
        ${this.lead ? html`<p class="lead">${this.lead}</p>` : nothing}
      </header>
      <div class="body"><slot></slot></div>
    </section>`;
  }
}
