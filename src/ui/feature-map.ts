import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Projection, ProjectionMethod } from '../engine/analysis/projection';
import type { Progress } from '../engine/job';
import type { RunResult } from '../engine/run';
import type { SessionView } from '../session/intents';
import { images, integer, percent } from './format';
import './parts/feature-scatter';
import { icon } from './parts/icon';
import './parts/progress-bar';
import { recordsById } from '../session/records';
import { SessionController } from './session-controller';
import { base, controls } from './styles';
import { Thumbnails } from './thumbnails';
import { words } from './words';

/** How a run's base sees the images: alike ones lie together. Principal components first, UMAP when asked for. */
@customElement('feature-map')
export class FeatureMap extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.75rem;
      }
      .methods button[aria-pressed='true'] {
        border-color: var(--accent);
        background: var(--accent-soft);
      }
      progress-bar {
        flex: 1 1 14rem;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @property({ attribute: false }) result: RunResult | null = null;
  @state() private method: ProjectionMethod = 'pca';
  @state() private map: Projection | null = null;
  @state() private progress: Progress | null = null;
  @state() private busy: ProjectionMethod | null = null;
  readonly #controller = new SessionController(this, (state) => [state.dataset.records]);
  readonly #known = new Map<ProjectionMethod, Projection>();
  #abort = new AbortController();
  #thumbnails: Thumbnails | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#abort.abort();
    this.#thumbnails?.dispose();
    this.#thumbnails = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('result') && changed.get('result')?.runId !== this.result?.runId) {
      this.#known.clear();
      this.map = null;
      void this.#show('pca');
    }
  }

  async #show(method: ProjectionMethod): Promise<void> {
    this.#abort.abort();
    const abort = (this.#abort = new AbortController());
    this.method = method;
    this.progress = null;
    this.busy = null;
    const { result, session } = this;
    const known = this.#known.get(method);
    if (known) this.map = known;
    if (known || result === null || session === null) return;
    this.busy = method;
    const map = await session.project(result.runId, method, {
      signal: abort.signal,
      onProgress: (progress) => {
        if (this.#abort === abort) this.progress = progress;
      },
    });
    if (this.#abort !== abort) return;
    this.busy = null;
    if (map === null) this.method = this.map?.method ?? 'pca';
    else {
      this.#known.set(method, map);
      this.map = map;
    }
  }

  override render() {
    const { map, method, busy } = this;
    const records = this.#controller.state?.dataset.records ?? [];
    this.#thumbnails ??= new Thumbnails((id) => this.session!.thumbnail(id), 60);
    return html`
      <div class="row methods" role="group" aria-label=${words.map.how}>
        ${(['pca', 'umap'] as const).map(
          (one) =>
            html`<button
              class="small"
              aria-pressed=${one === method ? 'true' : 'false'}
              @click=${() => this.#show(one)}
            >
              ${words.map.methods[one]}
            </button>`,
        )}
        ${
          busy === null
            ? nothing
            : html`<progress-bar
                  .progress=${this.progress}
                  label=${words.map.making}
                  .text=${this.progress === null ? words.map.readingFeatures : ''}
                ></progress-bar>
                <button class="small" @click=${this.#cancel}>${icon('close')} ${words.page.cancel}</button>`
        }
      </div>
      ${
        map === null
          ? busy === null
            ? html`<p class="muted">${words.map.none}</p>`
            : nothing
          : html`<feature-scatter
              .map=${map}
              .records=${recordsById(records)}
              .source=${this.#thumbnails}
              .heading=${words.map.heading(words.map.methods[map.method])}
              .caption=${caption(map)}
            ></feature-scatter>`
      }
    `;
  }

  readonly #cancel = (): void => {
    this.#abort.abort();
    this.busy = null;
    this.method = this.map?.method ?? 'pca';
  };
}

function caption({ explained, ids, of }: Projection): string {
  const shown = images(ids.length);
  const counted = ids.length < of ? words.map.drawnFrom(shown, integer(of)) : shown;
  if (explained === null) return words.map.umap(counted);
  const [x, y] = explained;
  return words.map.components(counted, percent(x), percent(y));
}

declare global {
  interface HTMLElementTagNameMap {
    'feature-map': FeatureMap;
  }
}
