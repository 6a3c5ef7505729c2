import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Finding, Remedy } from '../../engine/audit/finding';
import type { RecordLookup } from '../../session/records';
import { pictureGroups, remedyLabel, similaritiesOf } from '../audit-view';
import { base, controls } from '../styles';
import type { Thumbnails } from '../thumbnails';
import type { PictureRemove } from './finding-images';
import './finding-images';
import { icon } from './icon';
import { words } from '../words';

export class RemedyPick extends Event {
  constructor(readonly remedy: Remedy) {
    super('remedy-pick');
  }
}

/** One thing that the look over the data set found: what, what to do, the images, remedies. Sends `remedy-pick`. */
@customElement('finding-card')
export class FindingCard extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        padding: 0.875rem 1rem;
        border-top: 1px solid var(--line);
      }
      .message {
        overflow-wrap: anywhere;
        font-weight: 550;
      }
      .kind {
        display: inline-flex;
        gap: 0.25rem;
        align-items: center;
        margin-right: 0.375rem;
        padding: 0 0.5rem 0 0.375rem;
        border: 1px solid var(--line-strong);
        border-radius: 1rem;
        font-size: var(--small);
        font-weight: 600;
        line-height: 1.375rem;
        vertical-align: 1px;
      }
      .error {
        border-color: var(--danger);
        background: var(--danger-soft);
        color: var(--danger);
      }
      .info {
        border-color: var(--line);
        color: var(--muted);
      }
      .row {
        margin-top: 0.5rem;
      }
      .row button {
        max-width: 100%;
        overflow-wrap: anywhere;
      }
      .look {
        margin-left: -0.625rem;
      }
      .look svg {
        transition: rotate var(--quick);
      }
      [aria-expanded='true'] svg {
        rotate: 90deg;
      }
      finding-images {
        padding-top: 0.75rem;
      }
    `,
  ];

  @property({ attribute: false }) finding: Finding | null = null;
  @property({ attribute: false }) records: RecordLookup = new Map();
  @property({ attribute: false }) source: Thumbnails | null = null;
  /** While remedies cannot be applied. */
  @property({ type: Boolean }) busy = false;
  /** Null: the user has not decided. */
  @state() private opened: boolean | null = null;

  override render() {
    const { finding, records } = this;
    if (finding === null) return nothing;
    const { severity, remedies } = finding;
    const { message, advice } = words.engine.finding(finding);
    const groups = pictureGroups(finding, records);
    const total = groups.reduce((sum, { length }) => sum + length, 0);
    return html`
      <p class="message">
        <span class="kind ${severity}"
          >${icon(severity === 'info' ? 'info' : 'warning', 14)} ${words.audit.kinds[severity]}<span
            class="visually-hidden"
            >:
          </span></span
        >${message}
      </p>
      <p class="muted">${advice}</p>
      ${
        total + remedies.length > 0
          ? html`<div class="row">
              ${total > 0 ? this.#look(total) : nothing}
              ${remedies.map(
                (remedy) =>
                  html`<button
                    class="small"
                    aria-disabled=${this.busy ? 'true' : 'false'}
                    @click=${() => this.#pick(remedy)}
                  >
                    ${remedyLabel(finding, remedy, records)}
                  </button>`,
              )}
            </div>`
          : nothing
      }
      ${
        total > 0 && this.open
          ? html`<finding-images
              id="images"
              .groups=${groups}
              .similarities=${similaritiesOf(finding)}
              .source=${this.source}
              .label=${words.audit.toLookAt}
              ?removable=${finding.groups !== undefined && !this.busy}
              @picture-remove=${({ id }: PictureRemove) => this.#pick({ kind: 'drop', images: [id] })}
            ></finding-images>`
          : nothing
      }
    `;
  }

  #look(total: number) {
    return html`<button
      class="quiet small look"
      aria-expanded=${this.open ? 'true' : 'false'}
      aria-controls=${this.open ? 'images' : nothing}
      @click=${() => (this.opened = !this.open)}
    >
      ${icon('open', 14)} ${words.audit.lookAt(total)}
    </button>`;
  }

  /** Copies can only be judged by looking; others are shown when asked for. */
  get open(): boolean {
    return this.opened ?? (this.finding?.groups !== undefined && this.finding.severity !== 'info');
  }

  #pick(remedy: Remedy): void {
    if (!this.busy) this.dispatchEvent(new RemedyPick(remedy));
  }
}
