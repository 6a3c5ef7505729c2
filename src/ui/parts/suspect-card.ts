import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { LabelSuspect } from '../../engine/analysis/label-errors';
import { percent } from '../format';
import type { Decision } from '../label-errors-view';
import { base, controls } from '../styles';
import type { Thumbnails } from '../thumbnails';
import { icon } from './icon';
import './thumb-image';
import { words } from '../words';

/** What to do about a suspect. */
export type SuspectAction = 'move' | 'keep' | 'remove' | 'reopen';

export class SuspectAct extends Event {
  constructor(
    readonly suspect: LabelSuspect,
    readonly action: SuspectAction,
  ) {
    super('suspect-act', { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'suspect-act': SuspectAct;
  }
}

/** One image whose label is doubted, and what can be done about it. */
@customElement('suspect-card')
export class SuspectCard extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        align-content: start;
        gap: 0.5rem;
        font-size: var(--small);
        line-height: 1.4;
      }
      .picture {
        position: relative;
        aspect-ratio: 1;
        border-radius: var(--radius-small);
        background: var(--sunken);
      }
      .done .picture {
        opacity: 0.45;
      }
      .words b {
        font-weight: 600;
      }
      .decision {
        display: flex;
        gap: 0.375rem;
        align-items: center;
        min-height: 2rem;
        font-weight: 600;
      }
      .actions {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.375rem;
      }
      .pair {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: 0.375rem;
      }
      button {
        min-width: 0;
      }
      .clamped {
        display: -webkit-box;
        overflow: hidden;
        overflow-wrap: anywhere;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 4;
      }
      button .clamped {
        -webkit-line-clamp: 2;
      }
      .pair button {
        padding-inline: 0.25rem;
      }
    `,
  ];

  @property({ attribute: false }) suspect!: LabelSuspect;
  /** Of the suspect's indices. */
  @property({ attribute: false }) classes: readonly string[] = [];
  @property() path = '';
  /** The class that it is in now. */
  @property() labelNow = '';
  @property() decision: Decision = 'open';
  @property({ attribute: false }) source: Thumbnails | null = null;
  @query('button') private first!: HTMLButtonElement | null;

  /** Puts the focus on the first thing that can be done. */
  override focus(): void {
    this.first?.focus();
  }

  override render() {
    const { suspect, classes, path, decision } = this;
    const [label, suggested] = [classes[suspect.label]!, classes[suspect.suggested]!];
    return html`
      <div class=${decision === 'open' ? '' : 'done'}>
        <div class="picture"><thumb-image .image=${suspect.id} .source=${this.source}></thumb-image></div>
      </div>
      <p class="words clamped">
        ${words.labels.looksLike(
          html`<b><bdi>${label}</bdi></b>`,
          html`<b><bdi>${suggested}</bdi></b>`,
          html`<span class="figures">${percent(suspect.suggestedProbability, 0)}</span>`,
        )}
      </p>
      <p class="ellipsis muted" title=${path}><bdi>${path || words.map.gone}</bdi></p>
      <p class="muted figures">
        ${words.labels.imageAndLabel[suspect.share === 'train' ? 'train' : 'validation'](percent(suspect.labelProbability))}
      </p>
      ${decision === 'open' ? this.#actions(label, suggested) : this.#decided(label)}
    `;
  }

  #actions(label: string, suggested: string) {
    const about = this.path;
    return html`<div class="actions">
      <button
        class="small"
        aria-label=${words.labels.moveToAbout(suggested, about)}
        title=${words.labels.moveTo(suggested)}
        @click=${() => this.#act('move')}
      >
        <span class="clamped">${words.labels.moveToLabel(html`<bdi>${suggested}</bdi>`)}</span>
      </button>
      <div class="pair">
        <button
          class="quiet small"
          aria-label=${words.labels.keepAs(label, about)}
          @click=${() => this.#act('keep')}
        >
          ${words.labels.keep}
        </button>
        <button
          class="quiet small danger"
          aria-label=${words.labels.removeNamed(about)}
          @click=${() => this.#act('remove')}
        >
          ${words.labels.remove}
        </button>
      </div>
    </div>`;
  }

  #decided(label: string) {
    const { decision, path } = this;
    const text =
      decision === 'kept'
        ? words.labels.kept
        : decision === 'removed'
          ? words.labels.removed
          : html`<span class="ellipsis" title=${this.labelNow}
              >${words.labels.now(html`<bdi>${this.labelNow}</bdi>`)}</span
            >`;
    const back =
      decision === 'kept'
        ? [words.labels.doubtAgain, words.labels.doubtAgainNamed(path)]
        : [words.labels.back, words.labels.backTo(label, path)];
    return html`<p class="decision">${icon(decision === 'removed' ? 'trash' : 'check', 16)} ${text}</p>
      ${
        decision === 'removed'
          ? nothing
          : html`<button class="quiet small" aria-label=${back[1]!} @click=${() => this.#act('reopen')}>
              ${icon('undo', 16)} ${back[0]}
            </button>`
      }`;
  }

  #act(action: SuspectAction): void {
    this.dispatchEvent(new SuspectAct(this.suspect, action));
  }
}
