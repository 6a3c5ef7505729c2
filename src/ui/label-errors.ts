import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { LabelErrors as Queue, LabelSuspect } from '../engine/analysis/label-errors';
import type { ImageId } from '../engine/data/records';
import type { RunResult } from '../engine/run';
import type { SessionView } from '../session/intents';
import { AnalysisJob, notAnalysed } from './analysis-job';
import { images } from './format';
import { decisionOn, queueText, suspectTable, trustText } from './label-errors-view';
import { csv } from './parts/chart-export';
import { icon } from './parts/icon';
import './parts/progress-bar';
import type { SuspectAct, SuspectCard } from './parts/suspect-card';
import './parts/suspect-card';
import { fileName, save } from './save';
import { recordsById, type RecordLookup } from '../session/records';
import { SessionController } from './session-controller';
import { base, controls } from './styles';
import { analysisCards } from './surfaces';
import { Thumbnails } from './thumbnails';
import { words } from './words';

const step = 12;

/** Images of a run whose labels look wrong, one decision each. */
@customElement('label-errors')
export class LabelErrorsSection extends LitElement {
  static override styles = [
    base,
    controls,
    analysisCards,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(11rem, 100%), 1fr));
        gap: 1.25rem 1rem;
      }
      .note {
        padding: 0.625rem 0.875rem;
        border-radius: var(--radius-small);
        background: var(--accent-soft);
        font-size: var(--small);
      }
      @media (width < 30rem) {
        ul {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @property({ attribute: false }) result: RunResult | null = null;
  @state() private kept: ReadonlySet<ImageId> = new Set();
  @state() private shown = step;
  /** What screen readers are told of the last decision. */
  @state() private said = '';
  @query('h4') private heading!: HTMLElement;
  /** As they were when the queue came: open ones first. Decisions leave them where they are. */
  #order: readonly LabelSuspect[] = [];
  #thumbnails: Thumbnails | null = null;
  readonly #controller = new SessionController(this, (now) => [now.dataset.records]);
  readonly #job = new AnalysisJob<Queue>(
    this,
    async (session, runId) => {
      this.kept = new Set(await session.keptLabels(runId));
      return session.storedLabelErrors(runId);
    },
    (session, runId, options) => session.labelErrors(runId, options),
    ({ suspects }) => {
      const isKept = ({ id }: LabelSuspect) => this.kept.has(id);
      this.#order = [...suspects.filter((one) => !isKept(one)), ...suspects.filter(isKept)];
      this.shown = step;
      this.said = '';
    },
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#thumbnails?.dispose();
    this.#thumbnails = null;
  }
  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate();
  }

  protected override willUpdate(): void {
    const { session } = this;
    if (session) this.#thumbnails ??= new Thumbnails((id) => session.thumbnail(id));
  }

  get #records(): RecordLookup {
    return recordsById(this.#controller.state?.dataset.records ?? []);
  }

  override render() {
    const { running, progress, value, looked } = this.#job;
    return html`<div class="card">
      <h4 tabindex="-1">${words.labels.title}</h4>
      ${
        running
          ? html`<progress-bar label=${words.labels.looking} .progress=${progress}></progress-bar>
              <button class="small begin" @click=${() => this.#job.cancel()}>${words.page.cancel}</button>`
          : value
            ? this.#queue(value)
            : looked
              ? this.#invitation()
              : html`<p class="small muted" role="status">${words.labels.lookingUp}</p>`
      }
      <p class="visually-hidden" role="status">${this.said}</p>
    </div>`;
  }

  #invitation() {
    const reason = this.result && notAnalysed(this.result);
    if (reason) return html`<p class="small muted">${reason}</p>`;
    return html`<p class="small muted">${words.labels.text}</p>
      ${this.#job.failed ? html`<p class="small">${words.labels.notFinished}</p>` : nothing}
      <button class="primary begin" @click=${() => void this.#job.start()}>${words.labels.look}</button>`;
  }

  #queue(queue: Queue) {
    const decisions = this.#order.map((one) => decisionOn(one, queue.classes, this.#records, this.kept));
    const changed = decisions.filter((one) => one === 'moved' || one === 'removed').length;
    const open = decisions.filter((one) => one === 'open').length;
    return html`
      <p>
        <span class="answer">${queueText(queue)}</span>
        ${queue.suspects.length > open ? html` ${words.labels.decisionsLeft(open)}` : nothing}
      </p>
      <p class="small muted">${trustText(queue)}</p>
      ${changed > 0 ? html`<p class="note">${words.labels.changed(images(changed))}</p>` : nothing}
      <ul aria-label=${words.labels.doubtful} @suspect-act=${this.#act}>
        ${repeat(
          this.#order.slice(0, this.shown),
          ({ id }) => id,
          (one, index) =>
            html`<li>
              <suspect-card
                .suspect=${one}
                .classes=${queue.classes}
                .path=${this.#records.get(one.id)?.path ?? ''}
                .labelNow=${this.#records.get(one.id)?.label ?? ''}
                .decision=${decisions[index]!}
                .source=${this.#thumbnails}
              ></suspect-card>
            </li>`,
        )}
      </ul>
      <div class="row">
        ${
          this.#order.length > this.shown
            ? html`<button class="small" @click=${() => (this.shown += 2 * step)}>
                ${words.labels.showMore(images(this.#order.length - this.shown))}
              </button>`
            : nothing
        }
        ${
          changed > 0
            ? html`<button class="small" @click=${() => void this.#job.start()}>
                ${icon('retry', 16)} ${words.labels.lookAgain}
              </button>`
            : nothing
        }
        ${
          queue.suspects.length > 0
            ? html`<button class="quiet small" @click=${() => this.#save(queue)}>
                ${icon('download', 16)} ${words.labels.save}
              </button>`
            : nothing
        }
      </div>
    `;
  }

  readonly #act = async ({ suspect, action }: SuspectAct): Promise<void> => {
    const { session, result } = this;
    const queue = this.#job.value;
    if (!session || !result || !queue) return;
    const { id } = suspect;
    const path = this.#records.get(id)?.path ?? words.labels.theImage;
    const [label, suggested] = [queue.classes[suspect.label]!, queue.classes[suspect.suggested]!];
    const wasKept = this.kept.has(id);
    if (action === 'keep' || (action === 'reopen' && wasKept)) {
      const kept = new Set(this.kept);
      if (action === 'keep') kept.add(id);
      else kept.delete(id);
      this.kept = kept;
      this.said = action === 'keep' ? words.labels.keptAs(path, label) : words.labels.doubtedAgain(path);
      this.#focusAfter(suspect, action === 'reopen');
      await session.setKeptLabels(result.runId, [...kept]);
      return;
    }
    if (action === 'remove') await session.applyRemedy({ kind: 'drop', images: [id] });
    else
      await session.applyRemedy({ kind: 'relabel', images: [id], to: action === 'move' ? suggested : label });
    this.said =
      action === 'remove'
        ? words.labels.isRemoved(path)
        : words.labels.isNowIn(path, action === 'move' ? suggested : label);
    this.#focusAfter(suspect, action === 'reopen');
  };

  /** The button that had the focus has gone: on to the next image that waits for a decision, or stay where it waits again. */
  #focusAfter(suspect: LabelSuspect, stay: boolean): void {
    requestAnimationFrame(() => {
      void this.updateComplete.then(async () => {
        const cards = [...this.renderRoot.querySelectorAll<SuspectCard>('suspect-card')];
        const at = cards.findIndex((card) => card.suspect.id === suspect.id);
        const next = stay ? cards[at] : cards.slice(at + 1).find(({ decision }) => decision === 'open');
        const to = next ?? cards[at];
        await to?.updateComplete;
        to?.focus();
        if (this.shadowRoot?.activeElement == null) this.heading.focus();
      });
    });
  }

  #save(queue: Queue): void {
    const text = csv(suspectTable(queue, this.#records, this.kept));
    save(new Blob([text], { type: 'text/csv' }), fileName('headway label errors', 'csv'));
  }
}
