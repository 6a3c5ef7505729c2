import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { HeadSpec } from '../../engine/run';
import { parseHidden } from '../plan';
import { base, controls } from '../styles';
import { optionCards } from '../surfaces';
import { words } from '../words';

/** The head that the user wants; its hidden layers are null while the text says no such thing. */
export class HiddenChange extends Event {
  constructor(
    readonly hidden: readonly number[] | null,
    readonly kind: HeadSpec['kind'] = 'dense',
  ) {
    super('hidden-change');
  }
}

type Preset = 'article' | 'softmax' | 'exact' | 'custom';

const presets: { id: Preset; hidden: readonly number[] }[] = [
  { id: 'article', hidden: [512] },
  { id: 'softmax', hidden: [] },
  { id: 'exact', hidden: [] },
  { id: 'custom', hidden: [256, 128] },
];

const presetOf = (kind: HeadSpec['kind'], hidden: readonly number[]): Preset =>
  kind === 'exact'
    ? 'exact'
    : hidden.length === 0
      ? 'softmax'
      : hidden.length === 1 && hidden[0] === 512
        ? 'article'
        : 'custom';

/** What sits on the bottleneck: a preset, or hidden layers of one's own. */
@customElement('head-choice')
export class HeadChoice extends LitElement {
  static override styles = [
    base,
    controls,
    optionCards,
    css`
      :host {
        --option-width: 11rem;
      }
      /* Two rows of two, not three and one. */
      @media (max-width: 900px) {
        :host {
          --option-width: 15rem;
        }
      }
      .custom {
        max-width: 24rem;
        margin-top: 0.75rem;
      }
      .custom input {
        margin: 0.25rem 0;
      }
      .custom label {
        font-weight: 550;
      }
      .problem {
        color: var(--danger);
      }
    `,
  ];

  @property() kind: HeadSpec['kind'] = 'dense';
  @property({ attribute: false }) units: readonly number[] = [512];
  @state() private preset: Preset = 'article';
  @state() private problem = '';
  @query('#units') private field!: HTMLInputElement | null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { kind, units, preset } = this;
    if (!changed.has('units') && !changed.has('kind')) return;
    if (preset !== 'custom' || kind === 'exact') this.preset = presetOf(kind, units);
  }

  protected override updated(): void {
    const { field } = this;
    if (field && !this.problem && String(parseHidden(field.value)) !== String(this.units))
      field.value = this.units.join(', ');
  }

  override render() {
    return html`
      <fieldset>
        <legend class="visually-hidden">${words.head.title}</legend>
        <div class="options">
          ${presets.map(
            ({ id }) =>
              html`<label class="option">
                <input
                  type="radio"
                  name="preset"
                  .checked=${this.preset === id}
                  @change=${() => this.#choose(id)}
                />
                <span class="title">${words.head.presets[id].title}</span>
                <span class="small muted">${words.head.presets[id].text}</span>
              </label>`,
          )}
        </div>
      </fieldset>
      ${
        this.preset !== 'custom'
          ? nothing
          : html`<div class="custom">
              <label for="units">${words.head.units}</label>
              <input
                id="units"
                type="text"
                autocomplete="off"
                aria-invalid=${this.problem ? 'true' : 'false'}
                aria-describedby="problem hint"
                @input=${this.#typed}
              />
              <p id="problem" class="small problem" ?hidden=${!this.problem}>${this.problem}</p>
              <p id="hint" class="small muted">${words.head.unitsHint}</p>
            </div>`
      }
    `;
  }

  #choose(id: Preset): void {
    this.preset = id;
    this.problem = '';
    const { hidden } = presets.find((preset) => preset.id === id)!;
    this.dispatchEvent(new HiddenChange(hidden, id === 'exact' ? 'exact' : 'dense'));
  }

  readonly #typed = (): void => {
    const parsed = parseHidden(this.field!.value);
    this.problem = typeof parsed === 'string' ? parsed : '';
    this.dispatchEvent(new HiddenChange(typeof parsed === 'string' ? null : parsed));
  };
}
