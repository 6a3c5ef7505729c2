import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RunRequest } from '../engine/run';
import type { SessionView } from '../session/intents';
import type { SessionState } from '../session/state';
import { epochs, exactly, percent } from './format';
import type { HiddenChange } from './parts/head-choice';
import './parts/head-choice';
import './parts/finding-notice';
import './parts/fold-card';
import { icon } from './parts/icon';
import type { NumberChange } from './parts/number-field';
import './parts/number-field';
import { headText, obstacle, plan, problems } from './plan';
import { fields, type FieldName, type RequestField } from './request-fields';
import { SessionController } from './session-controller';
import { base, controls } from './styles';
import { words } from './words';

/** Fields that mean something to the exact head. */
const usedByExact: ReadonlySet<FieldName | 'hidden'> = new Set([
  'validationShare',
  'testShare',
  'l2',
  'seed',
]);

/** What a folded card says of what is in it. */
const choiceText = ({ head, epochs: length }: RunRequest): string =>
  head.kind === 'exact' ? headText(head) : `${headText(head)} · ${epochs(length)}`;

/** The head and how it is trained; Run. Sends `run-started` and `show-findings`. */
@customElement('head-panel')
export class HeadPanel extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: 1rem;
      }
      fold-card {
        --fold-gap: 1.25rem;
      }
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(8.5rem, 100%), 1fr));
        gap: 1rem 1.25rem;
      }
      /* Three and two, not four and one. */
      @media (min-width: 481px) and (max-width: 900px) {
        .fields {
          grid-template-columns: repeat(3, minmax(0, 1fr));
        }
      }
      details .fields {
        grid-template-columns: repeat(auto-fit, minmax(min(11.5rem, 100%), 1fr));
        padding-top: 1rem;
      }
      .choice label,
      .check {
        font-weight: 550;
      }
      .choice select {
        margin: 0.25rem 0;
      }
      .check {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        min-height: 2.5rem;
        margin-top: 1.75rem;
        align-self: start;
      }
      .reason {
        display: block;
        font-weight: 400;
      }
      summary {
        width: fit-content;
        max-width: 100%;
      }
      summary strong {
        font-weight: 600;
      }
      .run {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem 1.25rem;
        align-items: center;
      }
      .run button {
        min-width: 8rem;
        min-height: 3rem;
        font-size: 1.0625rem;
      }
      .run p {
        flex: 1 1 16rem;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  /** Of the numbers in the step before. */
  @property({ type: Boolean }) cutsValid = true;
  /** Fields that hold something else than a number that keeps the rule. */
  @state() private invalid: ReadonlySet<FieldName | 'hidden'> = new Set();
  readonly #controller = new SessionController(this, (state) => [
    state.request,
    state.estimates,
    state.dataset,
    state.audit,
    state.lanes.map(({ phase }) => phase).join(),
  ]);

  override render() {
    const { state } = this.#controller;
    if (!state) return nothing;
    const { request } = state;
    const reason = this.#reason(state);
    return html`
      <fold-card .heading=${words.head.title} .choice=${choiceText(request)}>
        <head-choice
          .kind=${request.head.kind}
          .units=${request.head.hidden}
          @hidden-change=${this.#hidden}
        ></head-choice>
        <div class="fields">
          ${(['epochs', 'learningRate', 'batchSize', 'validationShare', 'testShare'] as const).map((name) => this.#field(name))}
        </div>
        <details>
          <summary>
            <strong>${words.head.advanced}</strong> <span class="small muted">${this.#summary(request)}</span>
          </summary>
          <div class="fields">
            ${this.#select(
              words.head.optimizer,
              words.head.optimizerHint,
              words.settings.optimizers,
              request.optimizer,
              (optimizer) => ({
                optimizer,
              }),
              request.head.kind === 'exact',
            )}
            ${this.#field('dropout')} ${this.#field('l2')} ${this.#field('seed')}
            ${this.#select(
              words.head.resize,
              words.head.resizeHint,
              words.head.resizes,
              request.resize,
              (resize) => ({
                resize,
              }),
            )}
            ${this.#select(
              words.head.classWeights,
              words.head.classWeightsHint,
              { none: words.head.none, balanced: words.head.balanced },
              request.classWeights,
              (classWeights) => ({ classWeights }),
            )}
            <label class="check">
              <input
                type="checkbox"
                aria-describedby="early-hint"
                ?disabled=${request.head.kind === 'exact'}
                .checked=${request.earlyStopping !== null}
                @change=${this.#earlyStopping}
              />
              <span
                >${words.head.earlyStopping}
                <span id="early-hint" class="small muted reason"
                  >${request.head.kind === 'exact' ? words.head.unused : nothing}</span
                ></span
              >
            </label>
            ${request.earlyStopping ? this.#field('patience') : nothing}
          </div>
        </details>
      </fold-card>
      <finding-notice .findings=${problems(state)} @show-findings=${this.#showFindings}></finding-notice>
      <div class="run">
        <button
          class="primary"
          aria-disabled=${reason ? 'true' : 'false'}
          aria-describedby="plan"
          @click=${() => this.run()}
        >
          ${icon('play')} ${words.head.run}
        </button>
        <p id="plan" class=${reason ? 'muted' : ''}>${reason || plan(state)}</p>
      </div>
    `;
  }

  #summary({ optimizer, head, seed, earlyStopping }: RunRequest): string {
    if (head.kind === 'exact')
      return `${head.l2 > 0 ? `L2 ${exactly(head.l2)}` : words.settings.l2ByCrossValidation} · ${words.settings.seed(seed)}`;
    return [
      words.settings.optimizers[optimizer],
      words.head.dropout(head.dropout > 0 ? percent(head.dropout, 0) : null),
      ...(earlyStopping ? [words.head.earlyStoppingShort] : []),
      words.settings.seed(seed),
    ].join(' · ');
  }

  #field(name: FieldName) {
    const { request } = this.session!.state;
    const field: RequestField = fields[name];
    const exact = request.head.kind === 'exact';
    const idle = exact && !usedByExact.has(name);
    return html`<number-field
      .label=${words.fields[name].label}
      .hint=${idle ? words.head.unused : exact && name === 'l2' ? words.head.exactL2 : words.fields[name].hint}
      ?disabled=${idle}
      .unit=${field.unit ?? ''}
      .rule=${field.rule}
      .value=${field.read(request)}
      @number-change=${(event: NumberChange) => this.#number(name, event.value)}
    ></number-field>`;
  }

  #select<T extends string>(
    label: string,
    hint: string,
    options: Record<T, string>,
    value: T,
    patch: (value: T) => Partial<RunRequest>,
    idle = false,
  ) {
    const id = label.replaceAll(' ', '-');
    return html`<div class="choice">
      <label for=${id}>${label}</label>
      <select
        id=${id}
        aria-describedby="${id}-hint"
        ?disabled=${idle}
        @change=${(event: Event) => this.session?.setRequest(patch((event.target as HTMLSelectElement).value as T))}
      >
        ${(Object.entries(options) as [T, string][]).map(
          ([key, text]) => html`<option value=${key} .selected=${key === value}>${text}</option>`,
        )}
      </select>
      <p id="${id}-hint" class="small muted">${idle ? words.head.unused : hint}</p>
    </div>`;
  }

  #mark(name: FieldName | 'hidden', valid: boolean): void {
    const invalid = new Set(this.invalid);
    if (valid) invalid.delete(name);
    else invalid.add(name);
    this.invalid = invalid;
  }

  #number(name: FieldName, value: number | null): void {
    this.#mark(name, value !== null);
    const field: RequestField = fields[name];
    if (value !== null) this.session?.setRequest(field.patch(value, this.session.state.request));
  }

  readonly #hidden = ({ hidden, kind }: HiddenChange): void => {
    this.#mark('hidden', hidden !== null);
    if (hidden === null || !this.session) return;
    const { head } = this.session.state.request;
    // An L2 means another thing to each kind; what the exact head cannot use must not go into its runs.
    const kept = kind === head.kind ? head : { dropout: 0, l2: 0 };
    if (kind === 'exact') this.invalid = new Set([...this.invalid].filter((name) => usedByExact.has(name)));
    this.session.setRequest({ head: { ...kept, kind, hidden } });
  };

  readonly #earlyStopping = (event: Event): void => {
    const on = (event.target as HTMLInputElement).checked;
    this.#mark('patience', true);
    this.session?.setRequest({ earlyStopping: on ? { patience: 3 } : null });
  };

  readonly #showFindings = (): void => {
    this.dispatchEvent(new Event('show-findings'));
  };

  /** Why Run does nothing; empty when it runs. */
  #reason(state: SessionState): string {
    const invalid = this.invalid.size > 0 || !this.cutsValid;
    return obstacle(state) || (invalid ? words.head.correctAbove : '');
  }

  /** Begins the run, if it can; whether it did. */
  run(): boolean {
    if (!this.session || this.#reason(this.session.state)) return false;
    void this.session.start();
    this.dispatchEvent(new Event('run-started'));
    return true;
  }
}
