import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { frozenCutOf } from '../engine/cuts';
import { inputCut } from '../engine/nets/graph';
import type { RunRequest } from '../engine/run';
import type { NumberChange } from './parts/number-field';
import './parts/number-field';
import { augmentationPatch, fields } from './request-fields';
import { base, controls } from './styles';
import { words } from './words';

type ChangeField = 'copies' | 'crop' | 'colour';

/** What the user changed; null: a field holds something else than a number that keeps its rule. */
export class AugmentationChange extends Event {
  constructor(
    readonly field: ChangeField | 'flip',
    readonly patch: Partial<RunRequest> | null,
  ) {
    super('augmentation-change');
  }
}

/**
 * How training pictures are changed at random: anew every epoch where nothing is stored, and in each further copy where
 * the frozen part's output is. Sends `augmentation-change`.
 */
@customElement('augmentation-choice')
export class AugmentationChoice extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      fieldset {
        display: grid;
        gap: 0.75rem;
      }
      legend {
        padding: 0;
        margin-bottom: 0.5rem;
        font-weight: 650;
      }
      p {
        max-width: 46rem;
      }
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(11rem, 100%), 15rem));
        gap: 1rem 1.25rem;
      }
      .check {
        display: flex;
        gap: 0.5rem;
        align-items: flex-start;
        font-weight: 550;
      }
      .check input {
        margin-top: 0.25rem;
      }
      .check .small {
        display: block;
        font-weight: 400;
      }
    `,
  ];

  @property({ attribute: false }) request: RunRequest | null = null;

  override render() {
    const { request } = this;
    if (!request) return nothing;
    const cuts = request.bases.map((id) => frozenCutOf(request, id));
    const isStored = cuts.some((cut) => cut !== inputCut);
    const isDrawn = cuts.includes(inputCut);
    const isOn = isDrawn || (request.copies ?? 1) > 1;
    return html`<fieldset>
      <legend>${words.cut.alter}</legend>
      <p class="small">
        ${words.cut.alterText} ${isDrawn ? words.cut.alterEachEpoch : nothing}
        ${isStored ? words.cut.alterCopies : nothing}
      </p>
      <div class="fields">
        ${isStored ? this.#number('copies', request) : nothing}
        ${
          isOn
            ? html`<label class="check">
                  <input
                    type="checkbox"
                    .checked=${request.augmentation?.flip ?? false}
                    @change=${(event: Event) => {
                      const flip = (event.target as HTMLInputElement).checked;
                      this.#send('flip', augmentationPatch(request, { flip }));
                    }}
                  />
                  <span>
                    ${words.cut.mirror}
                    <span class="small muted">${words.cut.mirrorHint}</span>
                  </span>
                </label>
                ${this.#number('crop', request)} ${this.#number('colour', request)}`
            : nothing
        }
      </div>
    </fieldset>`;
  }

  #number(name: ChangeField, request: RunRequest) {
    const field = fields[name];
    return html`<number-field
      .label=${words.fields[name].label}
      .hint=${words.fields[name].hint}
      .unit=${'unit' in field ? field.unit : ''}
      .rule=${field.rule}
      .value=${field.read(request)}
      @number-change=${({ value }: NumberChange) => this.#send(name, value === null ? null : field.patch(value, request))}
    ></number-field>`;
  }

  #send(field: AugmentationChange['field'], patch: Partial<RunRequest> | null): void {
    this.dispatchEvent(new AugmentationChange(field, patch));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'augmentation-choice': AugmentationChoice;
  }
}
