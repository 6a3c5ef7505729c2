import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { frozenCutOf } from '../engine/cuts';
import { baseIds, type BaseId } from '../engine/nets';
import { inputCut } from '../engine/nets/graph';
import type { SessionView } from '../session/intents';
import { baseTitle } from './base-style';
import { decimal } from './format';
import './case-advice';
import './parts/base-card';
import './parts/bottleneck-picture';
import type { MirrorChange } from './parts/mirror-field';
import './parts/mirror-field';
import type { WeightsEvent } from './parts/own-weights';
import { isRunning } from './plan';
import { SessionController } from './session-controller';
import { base } from './styles';
import { costSum, costText } from './weights-view';
import { words } from './words';

/** Which pretrained networks to compare, and what each will cost on this machine. */
@customElement('base-panel')
export class BasePanel extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: 1.25rem;
      }
      .idea {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1.1fr);
        gap: 1rem 2rem;
        align-items: center;
      }
      .cards {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr));
        gap: 1rem;
      }
      @media (max-width: 860px) {
        .idea {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      @media (max-width: 1060px) {
        .cards {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @state() private news = '';
  /** Whose weight files are being read. */
  @state() private reading: BaseId | null = null;
  readonly #controller = new SessionController(this, (state) => [
    state.estimates,
    state.request.bases,
    state.dataset.records.length,
    state.probing,
    state.ownWeights,
    state.mirrorUrl,
    isRunning(state),
  ]);

  override render() {
    const { state } = this.#controller;
    if (!state) return nothing;
    const { probing } = state;
    const running = isRunning(state);
    const { bases } = state.request;
    const sum = costText(costSum(state), state.dataset.records.length);
    return html`
      <div class="idea">
        <p>${words.bases.frozen}</p>
        <bottleneck-picture></bottleneck-picture>
      </div>
      <p class="visually-hidden" role="status">${this.news}</p>
      <div class="cards" role="group" aria-label=${words.bases.title}>
        ${baseIds.map(
          (id) =>
            html`<base-card
              .net=${id}
              .chosen=${bases.includes(id)}
              .probing=${probing?.base === id ? probing : null}
              .measurable=${state.dataset.records.length > 0 && probing === null}
              .estimate=${state.estimates[id] ?? null}
              .whole=${frozenCutOf(state.request, id) === inputCut}
              .own=${state.ownWeights?.[id] ?? null}
              .reading=${this.reading === id}
              .locked=${running}
              @own-weights=${(event: WeightsEvent) => this.#weights(id, event.files)}
              @base-toggle=${() => this.#toggle(id)}
              @base-measure=${() => this.#measure(id)}
            ></base-card>`,
        )}
      </div>
      ${sum ? html`<p class="figures">${sum}</p>` : nothing}
      <case-advice .session=${this.session}></case-advice>
      <mirror-field
        .url=${state.mirrorUrl ?? null}
        .locked=${running}
        @mirror-change=${(event: MirrorChange) => this.session?.setMirrorUrl(event.url)}
      ></mirror-field>
    `;
  }

  #toggle(id: BaseId): void {
    const chosen = this.session?.state.request.bases ?? [];
    this.session?.setRequest({
      bases: baseIds.filter((other) => chosen.includes(other) !== (other === id)),
    });
  }

  async #weights(id: BaseId, files: readonly File[] | null): Promise<void> {
    this.reading = id;
    try {
      await this.session?.setWeightsFile(id, files);
    } finally {
      this.reading = null;
    }
  }

  async #measure(id: BaseId): Promise<void> {
    await this.session?.probe(id);
    const speed = this.session?.state.estimates[id]?.imagesPerSecond;
    if (speed != null) this.news = words.bases.speed(baseTitle(id), decimal(speed));
  }
}
