import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ImageRecord } from '../../engine/data/records';
import { firstGroups, shareName } from '../audit-view';
import { fixed, images } from '../format';
import { base, controls } from '../styles';
import type { Thumbnails } from '../thumbnails';
import { icon } from './icon';
import './thumb-image';
import { words } from '../words';

/** Images at first, and how many more each time that more are asked for. */
const [first, more] = [12, 48];

/** One image that the user takes out of the data set. */
export class PictureRemove extends Event {
  constructor(readonly id: ImageRecord['id']) {
    super('picture-remove');
  }
}

/** The images behind a finding: groups side by side, each image with its class and share. Sends `picture-remove`. */
@customElement('finding-images')
export class FindingImages extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .groups,
      .group {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }
      .together {
        padding: 0.5rem;
        border: 1px solid var(--line);
        border-radius: var(--radius-small);
      }
      .similarity {
        margin-top: 0.375rem;
        font-size: var(--small);
      }
      .picture {
        width: 6.25rem;
        font-size: var(--small);
        line-height: 1.35;
      }
      .square {
        aspect-ratio: 1;
        margin-bottom: 0.25rem;
        border-radius: var(--radius-small);
        background: var(--sunken);
      }
      .picture button {
        width: 100%;
        margin-top: 0.125rem;
        padding: 0 0.25rem;
        gap: 0.25rem;
      }
      .more {
        margin-top: 0.5rem;
      }
    `,
  ];

  /** Groups of one are single images. */
  @property({ attribute: false }) groups: readonly (readonly ImageRecord[])[] = [];
  /** Cosine of a group's features, by each of its images. */
  @property({ attribute: false }) similarities: ReadonlyMap<ImageRecord['id'], number> = new Map();
  @property({ attribute: false }) source: Thumbnails | null = null;
  @property() label = '';
  /** Whether single images can be taken out here. */
  @property({ type: Boolean }) removable = false;
  @state() private most = first;

  override render() {
    const shown = firstGroups(this.groups, this.most);
    const left = this.groups.slice(shown.length).reduce((sum, { length }) => sum + length, 0);
    return html`
      <ul class="groups" aria-label=${this.label}>
        ${repeat(
          shown,
          (group) => group[0]!.id,
          (group) =>
            group.length === 1
              ? html`<li class="picture">${this.#picture(group[0]!)}</li>`
              : html`<li class="together">
                  <ul class="group" aria-label=${words.audit.alike(group.length)}>
                    ${repeat(
                      group,
                      ({ id }) => id,
                      (record) => html`<li class="picture">${this.#picture(record)}</li>`,
                    )}
                  </ul>
                  ${this.#similarity(group)}
                </li>`,
        )}
      </ul>
      ${
        left > 0
          ? html`<button class="small more" @click=${this.#showMore}>
              ${left <= more ? words.audit.showAll(images(left)) : words.audit.showMore(images(left))}
            </button>`
          : nothing
      }
    `;
  }

  #similarity([first]: readonly ImageRecord[]) {
    const similarity = this.similarities.get(first!.id);
    if (similarity === undefined) return nothing;
    return html`<p class="similarity muted">${words.audit.similarity} ${fixed(similarity, 2)}</p>`;
  }

  #picture({ id, label, path, share }: ImageRecord) {
    return html`
      <div class="square" title=${path}><thumb-image .image=${id} .source=${this.source}></thumb-image></div>
      <p class="ellipsis" title=${label}><bdi>${label}</bdi></p>
      <p class="ellipsis muted" title=${path}>
        ${share === null ? html`<bdi>${path.slice(path.lastIndexOf('/') + 1)}</bdi>` : shareName(share)}
      </p>
      ${
        this.removable
          ? html`<button
              class="quiet small danger"
              aria-label=${words.audit.removePath(path)}
              @click=${() => this.dispatchEvent(new PictureRemove(id))}
            >
              ${icon('close', 14)} ${words.audit.remove}
            </button>`
          : nothing
      }
    `;
  }

  readonly #showMore = (): void => {
    this.most += more;
  };

  /** The button that brought the last images has gone: its focus stays among them. */
  protected override update(changed: PropertyValues<this>): void {
    const focused = this.shadowRoot?.activeElement?.classList.contains('more') ?? false;
    super.update(changed);
    if (focused && this.shadowRoot?.activeElement === null) {
      const last = this.renderRoot.querySelector<HTMLElement>('.groups');
      last?.setAttribute('tabindex', '-1');
      last?.focus({ preventScroll: true });
    }
  }
}
