import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { carriesFiles, dropped, type DropEntry } from '../drop';
import { base } from '../styles';
import { icon } from './icon';
import { words } from '../words';

/** What was dropped on the window, read out of the event while that is possible. */
export class WindowDrop extends Event {
  constructor(
    readonly entries: readonly DropEntry[],
    readonly files: readonly File[],
  ) {
    super('window-drop');
  }
}

/** Makes the whole window a place to drop files; an element that takes a drop itself prevents the default. */
@customElement('drop-frame')
export class DropFrame extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        position: fixed;
        inset: 0;
        z-index: 20;
        pointer-events: none;
      }
      :host(:not([over])) {
        display: none;
      }
      .frame {
        position: absolute;
        inset: 0.5rem;
        border: 3px solid var(--accent);
        border-radius: var(--radius);
        background: color-mix(in srgb, var(--accent) 8%, transparent);
      }
      p {
        position: absolute;
        left: 50%;
        bottom: 2rem;
        display: flex;
        gap: 0.5rem;
        align-items: center;
        translate: -50% 0;
        padding: 0.625rem 1.25rem;
        border-radius: 2rem;
        background: var(--accent);
        color: var(--on-accent);
        font-weight: 600;
        white-space: nowrap;
      }
    `,
  ];

  @state() private over = false;
  #leaving = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('dragover', this.#drag);
    window.addEventListener('dragleave', this.#leave);
    window.addEventListener('drop', this.#drop);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('dragover', this.#drag);
    window.removeEventListener('dragleave', this.#leave);
    window.removeEventListener('drop', this.#drop);
    clearTimeout(this.#leaving);
  }

  #show(over: boolean): void {
    clearTimeout(this.#leaving);
    this.over = over;
    this.toggleAttribute('over', over);
  }

  readonly #drag = (event: DragEvent): void => {
    if (!carriesFiles(event)) return;
    if (event.defaultPrevented) {
      this.#show(false);
      return;
    }
    event.preventDefault();
    event.dataTransfer!.dropEffect = 'copy';
    this.#show(true);
  };

  /** Also sent between elements, where the next `dragover` follows at once. */
  readonly #leave = (): void => {
    clearTimeout(this.#leaving);
    this.#leaving = window.setTimeout(() => this.#show(false), 120);
  };

  readonly #drop = (event: DragEvent): void => {
    this.#show(false);
    if (event.defaultPrevented || !carriesFiles(event)) return;
    event.preventDefault();
    const { entries, files } = dropped(event.dataTransfer!);
    this.dispatchEvent(new WindowDrop(entries, files));
  };

  override render() {
    return this.over
      ? html`<div class="frame"></div>
          <p>${icon('folder')} ${words.data.dropToAdd}</p>`
      : nothing;
  }
}
