import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Progress } from '../../engine/job';
import type { ImageFile } from '../../engine/data/records';
import type { RunResult } from '../../engine/run';
import type { BatchRow } from '../../session/predict-many';
import { images, percent } from '../format';
import { fileName, save } from '../save';
import { base, controls } from '../styles';
import { answerUnder, batchTable } from '../try-view';
import { csv } from './chart-export';
import { icon } from './icon';
import './progress-bar';
import { words } from '../words';

const step = 40;

/** What every run says of many pictures. */
@customElement('batch-table')
export class BatchTable extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.75rem;
      }
      .scroll {
        max-height: 32rem;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius-small);
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--small);
      }
      th,
      td {
        padding: 0.375rem 0.75rem;
        text-align: left;
        font-weight: 400;
        vertical-align: middle;
      }
      thead th {
        position: sticky;
        top: 0;
        z-index: 1;
        background: var(--sunken);
        color: var(--muted);
      }
      tbody tr {
        border-top: 1px solid var(--line);
      }
      .file {
        display: flex;
        gap: 0.625rem;
        align-items: center;
        min-width: 9rem;
      }
      .file > :first-child {
        width: 2.75rem;
        height: 2.75rem;
        flex: none;
        object-fit: cover;
        border-radius: var(--radius-small);
        background: var(--sunken);
      }
      .file bdi {
        overflow-wrap: anywhere;
      }
      .problem {
        color: var(--danger);
      }
    `,
  ];

  @property({ attribute: false }) files: readonly ImageFile[] = [];
  @property({ attribute: false }) rows: readonly (BatchRow | undefined)[] = [];
  @property({ attribute: false }) runs: readonly RunResult[] = [];
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  @property({ type: Number }) threshold = 0;
  /** While it goes on. */
  @property({ attribute: false }) progress: Progress | null = null;
  @state() private shown = step;
  #urls = new Map<number, string>();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('files')) return;
    this.shown = step;
    this.#forget();
  }

  #forget(): void {
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
    this.#urls = new Map();
  }

  #url(index: number): string {
    const url = this.#urls.get(index) ?? URL.createObjectURL(this.files[index]!.blob);
    this.#urls.set(index, url);
    return url;
  }

  override render() {
    const { files, rows, runs, names, progress, shown } = this;
    const done = rows.filter((row) => row !== undefined).length;
    return html`
      ${
        progress === null
          ? html`<div class="row">
              <p role="status">
                ${
                  done === files.length
                    ? html`${words.tryIt.classified(images(files.length))}`
                    : html`${words.tryIt.stopped(images(done), files.length)}`
                }
              </p>
              <button class="small" @click=${this.#save} ?disabled=${done === 0}>
                ${icon('download')} ${words.tryIt.save}
              </button>
            </div>`
          : html`<div class="row">
              <progress-bar .progress=${progress} label=${words.tryIt.classifyingLabel}></progress-bar>
              <button class="small" @click=${() => this.dispatchEvent(new CustomEvent('batch-cancel'))}>
                ${icon('close')} ${words.page.cancel}
              </button>
            </div>`
      }
      <div class="scroll" tabindex="0" role="region" aria-label=${words.tryIt.answers}>
        <table>
          <thead>
            <tr>
              <th scope="col">${words.tryIt.image}</th>
              ${runs.map(({ runId }) => html`<th scope="col">${names.get(runId)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${files.slice(0, shown).map(({ path }, index) => this.#row(path, index))}
          </tbody>
        </table>
      </div>
      ${
        files.length > shown
          ? html`<div>
              <button class="small" @click=${() => (this.shown += 4 * step)}>
                ${words.tryIt.showMore(images(files.length - shown))}
              </button>
            </div>`
          : nothing
      }
    `;
  }

  #row(path: string, index: number) {
    const row = this.rows[index];
    return html`<tr>
      <th scope="row">
        <div class="file">
          ${
            // Only what has been read, and found to be a picture.
            row?.error === null
              ? html`<img src=${this.#url(index)} alt="" loading="lazy" decoding="async" />`
              : html`<span></span>`
          }
          <span><bdi>${path}</bdi></span>
        </div>
      </th>
      ${
        row?.error
          ? html`<td class="problem" colspan=${this.runs.length}>
              ${words.engine.error(row.error).message}
            </td>`
          : this.runs.map(({ runId }) => this.#cell(row, runId))
      }
    </tr>`;
  }

  #cell(row: BatchRow | undefined, runId: string) {
    const answer = row?.answers.find((one) => one.runId === runId);
    if (answer === undefined)
      return html`<td class="muted">${this.progress === null ? words.tryIt.notAsked : '…'}</td>`;
    const label = answerUnder(answer.label, answer.probability, this.threshold);
    return html`<td class="figures">
      ${label === null ? html`<span class="muted">${words.tryIt.noneOfThese}</span>` : html`<bdi>${label}</bdi>`}
      <span class="muted">${percent(answer.probability)}</span>
    </td>`;
  }

  readonly #save = (): void => {
    const rows = this.rows.filter((row) => row !== undefined);
    const table = batchTable(rows, this.runs, this.names, this.threshold);
    save(new Blob([csv(table)], { type: 'text/csv' }), fileName('headway predictions', 'csv'));
  };
}
