import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { frozenCutOf } from '../engine/cuts';
import type { BaseId } from '../engine/nets';
import { inputCut } from '../engine/nets/graph';
import type { RunRequest } from '../engine/run';
import type { SessionView } from '../session/intents';
import type { AugmentationChange } from './augmentation-choice';
import './augmentation-choice';
import { baseColour, baseTitle } from './base-style';
import { adviceSubject, caseOfSettings, casePatch, casesText, type KnownAdvice } from './cut-cases';
import { isTrained } from './cut-name';
import { cutPatch, shapeText, stageAt, stagesOf, stageTitle, tailObstacle, tailPatch } from './cut-view';
import { costStats, parts, timesText } from './cut-stats';
import type { CaseChoose } from './parts/cut-options';
import './parts/cut-options';
import './parts/fold-card';
import type { NumberChange } from './parts/number-field';
import './parts/number-field';
import type { CutMove } from './parts/stage-picture';
import './parts/stage-picture';
import './parts/stat-list';
import type { TabSelect } from './parts/tab-set';
import './parts/tab-set';
import { alterationText, isRunning, tailText } from './plan';
import { fields } from './request-fields';
import { SessionController } from './session-controller';
import './cut-sweep';
import { cutPanelStyles } from './cut-styles';
import { base, controls } from './styles';
import { optionCards } from './surfaces';
import { words } from './words';

const tailFields = ['tailLearningRate', 'warmupEpochs'] as const;
type TailField = (typeof tailFields)[number];
type CheckedField = TailField | AugmentationChange['field'];

const isTailField = (name: CheckedField): boolean => tailFields.some((one) => one === name);

/** Whether every number in the panel keeps its rule. */
export class CutValidity extends Event {
  constructor(readonly valid: boolean) {
    super('cut-validity');
  }
}

/** Where the chosen bases are cut, and what becomes of the stages above. Sends `cut-validity`. */
@customElement('cut-panel')
export class CutPanel extends LitElement {
  static override styles = [base, controls, optionCards, cutPanelStyles];

  @property({ attribute: false }) session: SessionView | null = null;
  /** What was measured while the page is open. */
  @property({ attribute: false }) advice: Readonly<Partial<Record<BaseId, KnownAdvice>>> = {};
  @state() private shown: BaseId | null = null;
  #invalid: ReadonlySet<CheckedField> = new Set();
  readonly #controller = new SessionController(this, (state) => [
    state.request,
    state.estimates,
    state.dataset.records,
    state.results,
    isRunning(state),
  ]);

  override render() {
    const { state } = this.#controller;
    if (!state || state.request.bases.length === 0) return nothing;
    const { bases } = state.request;
    const shown = bases.find((id) => id === this.shown) ?? bases[0]!;
    const obstacle = tailObstacle(state.request);
    return html`<fold-card .heading=${words.cut.title} .choice=${casesText(state.request)}>
        <p>${words.cut.text}</p>
        ${
          bases.length === 1
            ? this.#base(shown)
            : html`<tab-set
                label=${words.cut.basesToCut}
                .tabs=${bases.map((id) => ({ id, title: baseTitle(id) }))}
                .selected=${shown}
                @tab-select=${(event: TabSelect) => (this.shown = event.tab as BaseId)}
              >
                ${bases.map((id) => html`<div slot=${id}>${id === shown ? this.#base(id) : nothing}</div>`)}
              </tab-set>`
        }
        ${this.#details(state.request)}
        <cut-sweep .session=${this.session} .base=${shown}></cut-sweep>
      </fold-card>
      <p class="obstacle" role="status" ?hidden=${!obstacle}>${obstacle}</p>`;
  }

  #base(id: BaseId) {
    const { state } = this.session!;
    const { request } = state;
    const stages = stagesOf(id);
    const cut = frozenCutOf(request, id);
    const index = stages.findIndex(({ name }) => name === cut);
    const picture = stageAt(id, inputCut);
    const title = baseTitle(id);
    return html`<div class="base">
      <cut-options
        .name=${title}
        .chosen=${caseOfSettings(request, id)}
        .advised=${this.#advised(id)?.fits ?? null}
        @case-choose=${({ number }: CaseChoose) => this.#set(casePatch(request, id, number, this.#advised(id)))}
      ></cut-options>
      <div class="choice">
        <label for="stage">${words.cut.cutAfter}</label>
        <select
          id="stage"
          @change=${(event: Event) => this.#set(cutPatch(request, id, (event.target as HTMLSelectElement).value))}
        >
          ${[...(isTrained(request) ? [picture] : []), ...stages].map(
            (stage) =>
              html`<option value=${stage.name} .selected=${stage.name === cut}>
                ${stageTitle(stage)}: ${shapeText(stage)}
              </option>`,
          )}
        </select>
      </div>
      <div class="network">
        <stage-picture
          .stages=${stages}
          .picture=${picture}
          .cut=${index}
          .trained=${isTrained(request)}
          .name=${title}
          .colour=${baseColour(id)}
          @cut-move=${(event: CutMove) => this.#set(cutPatch(request, id, (stages[event.index] ?? picture).name))}
        ></stage-picture>
        <ul class="legend small" style="--colour: ${baseColour(id)}">
          ${parts(state, id).map(
            ({ part, text }) => html`<li><span class="swatch ${part}" aria-hidden="true"></span>${text}</li>`,
          )}
        </ul>
        <p class="small muted">${words.cut.pictureText}</p>
      </div>
      <stat-list .stats=${costStats(state, id)}></stat-list>
      <p class="small muted" ?hidden=${!timesText(state, id)}>${timesText(state, id)}</p>
    </div>`;
  }

  /** What the four cases set already, to be set otherwise. */
  #details(request: RunRequest) {
    return html`<details>
      <summary>
        <strong>${words.head.advanced}</strong>
        <span class="small muted">${tailText(request)} · ${alterationText(request)}</span>
      </summary>
      ${this.#above(request)}
      <augmentation-choice
        .request=${request}
        @augmentation-change=${({ field, patch }: AugmentationChange) => this.#change(field, patch)}
      ></augmentation-choice>
    </details>`;
  }

  /** There is one choice for all bases of a request. */
  #above(request: RunRequest) {
    const trained = isTrained(request);
    const several = request.bases.length > 1;
    const choice = (tail: 'remove' | 'train', title: string, text: string) =>
      html`<label class="option">
        <input
          type="radio"
          name="tail"
          aria-describedby=${`tail-${tail}`}
          .checked=${trained === (tail === 'train')}
          @change=${() => this.#set(tailPatch(request, tail))}
        />
        <span class="title">${title}</span>
        <span id=${`tail-${tail}`} class="small">${text}</span>
      </label>`;
    return html`<fieldset class="above">
      <legend>${words.cut.above(several)}</legend>
      <div class="options">
        ${choice('remove', words.cut.removed, words.cut.removedText)}
        ${choice('train', words.cut.trainedToo, words.cut.trainedText)}
      </div>
      ${
        trained
          ? html`<div class="fields">
              ${tailFields.map((name) => {
                const field = fields[name];
                return html`<number-field
                  .label=${words.fields[name].label}
                  .hint=${words.fields[name].hint}
                  .rule=${field.rule}
                  .value=${field.read(request)}
                  @number-change=${({ value }: NumberChange) => this.#change(name, value === null ? null : field.patch(value))}
                ></number-field>`;
              })}
            </div>`
          : nothing
      }
    </fieldset>`;
  }

  #advised(id: BaseId) {
    const { state } = this.session!;
    const known = this.advice[id];
    return known?.about === adviceSubject(state) ? known.advice : null;
  }

  /** Null: the field holds something else than a number that keeps its rule. */
  #change(name: CheckedField, patch: Partial<RunRequest> | null): void {
    this.#mark(patch === null ? [...this.#invalid, name] : [...this.#invalid].filter((one) => one !== name));
    if (patch !== null) this.#set(patch);
  }

  /** Fields that hold something else than a number that keeps the rule stop Run, which is another panel's. */
  #mark(names: readonly CheckedField[]): void {
    const was = this.#invalid.size > 0;
    this.#invalid = new Set(names);
    if (was !== names.length > 0) this.dispatchEvent(new CutValidity(names.length === 0));
  }

  #set(patch: Partial<RunRequest>): void {
    // Their fields go with the choice.
    if (patch.tail === 'remove') this.#mark([...this.#invalid].filter((one) => !isTailField(one)));
    if (patch.copies === 1) this.#mark([...this.#invalid].filter(isTailField));
    this.session?.setRequest(patch);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cut-panel': CutPanel;
  }
}
