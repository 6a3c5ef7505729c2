import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RunComparison } from '../engine/results/compare-runs';
import type { Verdict } from '../engine/results/paired';
import type { RunResult } from '../engine/run';
import type { SessionView } from '../session/intents';
import { integer } from './format';
import { csv } from './parts/chart-export';
import { icon } from './parts/icon';
import { save } from './save';
import { base, controls } from './styles';
import { scrollEdge } from './surfaces';
import { incomparable, points, pText, verdictSentence, verdictTable, verdictText } from './verdict-view';
import { words } from './words';

const signs: Record<Verdict, string> = { better: '▲', worse: '▼', 'cannot tell': '?' };

/** Each run beside one that is chosen: better, worse, or cannot tell, on the same images. No ranking. */
@customElement('verdict-section')
export class VerdictSection extends LitElement {
  static override styles = [
    base,
    controls,
    scrollEdge,
    css`
      .card {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.5rem;
        padding: 0.75rem 1rem;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1.25rem;
        align-items: center;
        justify-content: space-between;
      }
      label {
        display: flex;
        flex: 0 1 26rem;
        flex-wrap: wrap;
        gap: 0.25rem 0.625rem;
        align-items: center;
        min-width: 0;
        font-size: var(--small);
      }
      label span {
        flex: none;
      }
      /* Below its label where a name would be cut off beside it. */
      select {
        flex: 1 1 15rem;
        min-width: 0;
        max-width: 100%;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--small);
        font-variant-numeric: tabular-nums;
        line-height: 1.35;
      }
      th,
      td {
        padding: 0.4375rem 0.625rem;
        border-bottom: 1px solid var(--line);
        text-align: right;
        font-weight: 400;
        white-space: nowrap;
      }
      thead th {
        color: var(--muted);
        font-weight: 600;
      }
      th:first-child {
        min-width: 9rem;
        padding-left: 0;
        text-align: left;
        white-space: normal;
        overflow-wrap: anywhere;
      }
      tbody th {
        font-weight: 550;
      }
      .text {
        text-align: left;
        white-space: normal;
      }
      @media print {
        th,
        td {
          padding-inline: 0.25rem;
          white-space: normal;
        }
      }
      .verdict {
        display: inline-flex;
        gap: 0.375rem;
        align-items: center;
        padding: 0.0625rem 0.5rem;
        border: 1px solid var(--line-strong);
        border-radius: 1rem;
        font-weight: 600;
        white-space: nowrap;
      }
      .better {
        border-color: var(--accent);
        background: var(--accent-soft);
        color: var(--accent);
      }
      .worse {
        border-color: var(--danger);
        background: var(--danger-soft);
        color: var(--danger);
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  /** Newest first. */
  @property({ attribute: false }) runs: readonly RunResult[] = [];
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  /** Null: the oldest that can be compared. */
  @state() private chosen: string | null = null;
  /** By pair; null: it could not be made. */
  @state() private verdicts: ReadonlyMap<string, RunComparison | null> = new Map();
  readonly #asked = new Set<string>();

  get #reference(): RunResult | null {
    const { runs, chosen } = this;
    return (
      runs.find(({ runId }) => runId === chosen) ?? runs.findLast(({ evaluation }) => evaluation) ?? null
    );
  }

  protected override willUpdate(): void {
    const reference = this.#reference;
    if (reference === null) return;
    for (const run of this.runs) {
      const key = `${run.runId}/${reference.runId}`;
      if (run === reference || this.#asked.has(key) || incomparable(run, reference)) continue;
      this.#asked.add(key);
      void this.session?.compareRuns(run.runId, reference.runId).then((verdict) => {
        this.verdicts = new Map(this.verdicts).set(key, verdict);
      });
    }
  }

  override render() {
    const reference = this.#reference;
    if (reference === null || this.runs.length < 2) return nothing;
    const others = this.runs.filter((run) => run !== reference);
    const name = (run: RunResult) => this.names.get(run.runId) ?? run.runId;
    return html`<div class="card">
      <header>
        <h3 id="title">${words.verdicts.title}</h3>
        <label>
          <span>${words.verdicts.compareWith}</span>
          <select @change=${this.#choose}>
            ${this.runs.map(
              (run) =>
                html`<option value=${run.runId} .selected=${run === reference} ?disabled=${!run.evaluation}>
                  ${name(run)}
                </option>`,
            )}
          </select>
        </label>
      </header>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="title">
        <table>
          <thead>
            <tr>
              <th scope="col">${words.comparison.run}</th>
              <th scope="col" class="text">${words.verdicts.verdict}</th>
              <th scope="col">${words.verdicts.difference}</th>
              <th scope="col">${words.costs.interval}</th>
              <th scope="col">${words.verdicts.mcnemar}</th>
              <th scope="col">${words.verdicts.images}</th>
            </tr>
          </thead>
          <tbody>
            ${repeat(
              others,
              ({ runId }) => runId,
              (run) =>
                html`<tr>
                  <th scope="row">${name(run)}</th>
                  ${this.#cells(run, reference, name(run), name(reference))}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p class="small muted">${words.verdicts.how}</p>
      <button class="quiet small" style="justify-self: start" @click=${() => this.#save(reference, others)}>
        ${icon('download', 16)} ${words.verdicts.save}
      </button>
    </div>`;
  }

  #cells(run: RunResult, reference: RunResult, name: string, other: string) {
    const reason = incomparable(run, reference);
    const key = `${run.runId}/${reference.runId}`;
    const one = this.verdicts.get(key);
    if (reason || !one)
      return html`<td class="text muted" colspan="5">
        ${reason || (one === null ? words.verdicts.impossible : words.verdicts.comparing)}
      </td>`;
    const { verdict, difference, interval, pValue, images } = one;
    return html`
      <td class="text">
        <span
          class="verdict ${verdict === 'cannot tell' ? '' : verdict}"
          title=${verdictSentence(name, other, one)}
          ><span aria-hidden="true">${signs[verdict]}</span>${verdictText(verdict)}</span
        >
      </td>
      <td>${points(difference)}</td>
      <td>${words.advice.range(points(interval.low), points(interval.high))}</td>
      <td>${pText(pValue)}</td>
      <td>${integer(images)}</td>
    `;
  }

  readonly #choose = (event: Event): void => {
    this.chosen = (event.target as HTMLSelectElement).value;
  };

  #save(reference: RunResult, others: readonly RunResult[]): void {
    const rows = others.flatMap((run) => {
      const comparison = this.verdicts.get(`${run.runId}/${reference.runId}`);
      return comparison ? [{ name: this.names.get(run.runId) ?? run.runId, comparison }] : [];
    });
    const text = csv(verdictTable(this.names.get(reference.runId) ?? reference.runId, rows));
    save(new Blob([text], { type: 'text/csv' }), 'headway-verdicts.csv');
  }
}
