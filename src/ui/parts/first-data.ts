import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base, controls } from '../styles';
import './source-buttons';

/** Before there is any data: what to drop, and how folders become classes. The events of `source-buttons` bubble. */
@customElement('first-data')
export class FirstData extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .place {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 1.5rem 3rem;
        align-items: center;
        padding: 2rem;
        border: 2px dashed var(--line-strong);
        border-radius: var(--radius);
        background: var(--surface);
      }
      .words {
        display: grid;
        gap: 1rem;
      }
      h3 {
        font-size: 1.25rem;
        letter-spacing: -0.01em;
      }
      .tree {
        padding: 1rem 1.5rem 1rem 1.25rem;
        border-radius: var(--radius-small);
        background: var(--sunken);
        font: 0.8125rem/1.7 var(--mono);
        overflow-x: auto;
      }
      .tree div {
        white-space: pre;
      }
      .tree b {
        color: var(--accent);
        font-weight: 600;
      }
      .tree i {
        color: var(--muted);
        font-style: normal;
      }
      @media (max-width: 860px) {
        .place {
          grid-template-columns: minmax(0, 1fr);
          padding: 1.25rem;
        }
      }
    `,
  ];

  @property({ type: Boolean }) busy = false;

  override render() {
    return html`<div class="place">
      <div class="words">
        <h3>Drop folders of images anywhere on this page</h3>
        <p>
          Each folder becomes a class, and its name the label. Folders named
          <code>train</code>, <code>val</code> or <code>test</code> around them set the shares.
        </p>
        <source-buttons .busy=${this.busy}></source-buttons>
        <p class="small muted">
          The sample is an excerpt of the CIFAR-10 test images (Krizhevsky 2009): ten classes, 32 × 32 pixels.
        </p>
      </div>
      <figure class="tree" role="img" aria-label="A folder pets with two folders, cat and dog, of images">
        ${lines.map((one) => html`<div>${one}</div>`)}
      </figure>
    </div>`;
  }
}

/** Line by line: white space counts here. */
const lines = [
  html`pets/`,
  html`├─ <b>cat/</b> <i>class “cat”</i>`,
  html`│ ├─ 1.jpg`,
  html`│ └─ …`,
  html`└─ <b>dog/</b> <i>class “dog”</i>`,
  html` ├─ 7.png`,
  html` └─ …`,
];
