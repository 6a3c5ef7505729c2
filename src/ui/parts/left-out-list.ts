import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LeftOut } from '../../engine/data/records';
import { leftOutGroups } from '../dataset-view';
import { base } from '../styles';
import { words } from '../words';

/** More than this in one list helps nobody. */
const shown = 200;

/** What an import left out, grouped by reason; nothing is dropped silently. */
@customElement('left-out-list')
export class LeftOutList extends LitElement {
  static override styles = [
    base,
    css`
      summary {
        padding: 0.25rem 0;
      }
      .groups {
        padding: 0.25rem 0 0 1.125rem;
      }
      .files {
        max-height: 16rem;
        margin: 0.25rem 0 0.5rem;
        padding: 0.25rem 0 0.25rem 1rem;
        overflow: auto;
        border-left: 2px solid var(--line);
        font-size: var(--small);
      }
      .files li {
        padding: 0.125rem 0;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) items: readonly LeftOut[] = [];
  /** Hidden and system files, counted but not listed. */
  @property({ type: Number }) ignored = 0;

  override render() {
    const { items, ignored } = this;
    const system = ignored > 0 ? words.leftOut.ignored(ignored) : '';
    if (items.length === 0) return system ? html`<p class="small muted">${system}</p>` : nothing;
    return html`<details>
      <summary>${words.leftOut.title(items.length)}</summary>
      <div class="groups">
        ${leftOutGroups(items).map(
          ({ sentence, items: files }) =>
            html`<details>
              <summary>${sentence}</summary>
              <ul class="files">
                ${files
                  .slice(0, shown)
                  .map(
                    (file) => html`<li><bdi>${file.path}</bdi>${this.#detail(words.engine.fault(file))}</li>`,
                  )}
                ${files.length > shown ? html`<li class="muted">${words.leftOut.more(files.length - shown)}</li>` : nothing}
              </ul>
            </details>`,
        )}
        <p class="small muted">${system}</p>
      </div>
    </details>`;
  }

  #detail(text: string) {
    return text === '' ? nothing : html` <span class="muted">– ${text}</span>`;
  }
}
