import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { articleSource } from '../engine/article/histories';
import { articleFaults } from '../engine/article/known-faults';
import { articleSettings } from '../engine/article/settings';
import { bytesOf } from '../engine/data/cifar10-files';
import { planSheets, type Cifar10Selection } from '../engine/data/cifar10-selection';
import { baseIds } from '../engine/nets';
import { epochsAhead } from '../engine/results/curve-alarm';
import type { SessionView } from '../session/intents';
import type { SessionState } from '../session/state';
import { baseTitle } from './base-style';
import { bytes, images, list } from './format';
import { icon } from './parts/icon';
import type { CursorMove } from './parts/line-chart';
import './parts/line-chart';
import type { LinesChange } from './parts/line-toggles';
import './parts/line-toggles';
import './parts/progress-bar';
import './parts/replay-table';
import { isRunning } from './plan';
import {
  articleNotes,
  articleReruns,
  articleSeries,
  faultKey,
  leakSign,
  replayData,
  replayDomain,
  replayRows,
  rerunSeries,
  resnetHistory,
  studySeries,
} from './replay-view';
import { bothLines, runNames, type ShownLines } from './results-view';
import { SessionController } from './session-controller';
import { studyCurves, type StudyCurve } from './study-figures';
import { base, controls } from './styles';
import { words } from './words';

/** The article's batch size for two of its three bases; a run has one. */
const batchSize = articleSettings('vgg16').batchSize;

/** The article of 2017 as it published its curves, what is wrong with two of them, and an honest rerun. Sends `run-started`. */
@customElement('replay-panel')
export class ReplayPanel extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
      .lead {
        max-width: 52rem;
      }
      .charts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr));
        gap: 1rem;
        align-items: start;
      }
      .plot {
        padding: 1rem 1rem 0.5rem;
      }
      .nothing {
        display: grid;
        gap: 0.5rem;
        align-content: center;
        align-self: stretch;
        min-height: 16rem;
        padding: 1.25rem;
        border: 1px dashed var(--line-strong);
        border-radius: var(--radius);
        color: var(--muted);
      }
      .faults {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr));
        gap: 1rem 1.5rem;
      }
      .faults li {
        display: grid;
        grid-template-columns: 1.5rem minmax(0, 1fr);
        gap: 0.25rem 0.625rem;
        align-content: start;
      }
      .faults p,
      .faults h3 {
        grid-column: 2;
      }
      .key {
        display: grid;
        grid-column: 1;
        grid-row: 1;
        place-items: center;
        width: 1.375rem;
        height: 1.375rem;
        border-radius: 50%;
        background: var(--ink);
        color: var(--surface);
        font-size: var(--small);
        font-weight: 650;
      }
      .act {
        display: grid;
        gap: 0.75rem;
        padding: 1rem;
      }
      .act progress-bar {
        flex: 1 1 12rem;
      }
      .act .row p {
        flex: 1 1 16rem;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @state() private lines: ShownLines = bothLines;
  @state() private cursor: number | null = null;
  @state() private study: readonly StudyCurve[] = [];
  readonly #controller = new SessionController(this, (state) => [
    state.results,
    state.notes,
    state.dataset,
    isRunning(state),
  ]);

  override connectedCallback(): void {
    super.connectedCallback();
    void studyCurves().then((curves) => (this.study = curves));
  }

  override render() {
    const { state } = this.#controller;
    if (!state) return nothing;
    const runs = articleReruns(state.results);
    return html`
      <p class="lead">${words.replay.intro(articleSource.url)}</p>
      <line-toggles
        .lines=${this.lines}
        @lines-change=${(event: LinesChange) => (this.lines = event.lines)}
      ></line-toggles>
      <div class="charts">
        <div class="card plot">
          <line-chart
            heading=${words.replay.asPublished}
            format="percent"
            .domain=${replayDomain}
            .series=${articleSeries(this.lines)}
            .notes=${articleNotes(this.lines)}
            .cursor=${this.cursor}
            @cursor-move=${this.#move}
          ></line-chart>
        </div>
        ${this.#rerun(state, runs)}
      </div>
      <ol class="faults">
        ${articleFaults.map(
          (fault) =>
            html`<li>
              <span class="key" aria-hidden="true">${faultKey(fault)}</span>
              <h3>
                <span class="visually-hidden">${words.replay.fault(faultKey(fault))} </span
                >${words.replay.faults[fault.id].title}
              </h3>
              <p>
                ${words.replay.faults[fault.id].text}
                ${fault.id === 'validation-leak' ? leakSign(epochsAhead(resnetHistory())) : nothing}
              </p>
              <p class="small muted">${words.replay.faults[fault.id].evidence}</p>
            </li>`,
        )}
      </ol>
      <replay-table .rows=${replayRows(runs, this.study)} .study=${this.study.length > 0}></replay-table>
      ${this.#actions(state)}
    `;
  }

  #rerun({ results, notes }: SessionState, runs: ReturnType<typeof articleReruns>) {
    const own = runs.length > 0;
    const series = own
      ? rerunSeries(runs, runNames(results, notes), this.lines)
      : studySeries(this.study, this.lines);
    if (series.length === 0)
      return html`<div class="nothing">
        <h3>${words.replay.honest}</h3>
        <p>${words.replay.honestText}</p>
      </div>`;
    const borrowed = this.study.filter(({ from }) => from === 'article').map(({ base }) => baseTitle(base));
    return html`<div class="card plot">
      <line-chart
        .heading=${own ? words.replay.rerunHere : words.replay.rerunByStudy}
        format="percent"
        .domain=${replayDomain}
        .series=${series}
        .cursor=${this.cursor}
        @cursor-move=${this.#move}
      ></line-chart>
      ${
        !own && borrowed.length > 0
          ? html`<p class="small muted">${words.replay.borrowed(list(borrowed))}</p>`
          : nothing
      }
    </div>`;
  }

  #actions(state: SessionState) {
    const { dataset } = state;
    const busy = dataset.importing !== null;
    const data = replayData(dataset.records);
    const load = busy ? words.replay.importing : data === 'other' ? words.replay.otherImages : '';
    const run = isRunning(state)
      ? words.plan.goingOn
      : busy
        ? words.replay.onTheirWay
        : data === 'article'
          ? ''
          : data === 'cifar10'
            ? words.replay.otherCifar
            : words.replay.loadFirst;
    return html`<div class="card act">
      <h3>${words.replay.runItYourself}</h3>
      <div class="row">
        <button aria-disabled=${load ? 'true' : 'false'} @click=${() => this.#load('article', load)}>
          ${icon('download')} ${words.replay.load}
        </button>
        <button
          class="quiet"
          aria-disabled=${load ? 'true' : 'false'}
          @click=${() => this.#load('all', load)}
        >
          ${words.replay.loadAll}
        </button>
        <p class="small muted">
          ${
            load ||
            (data === 'article'
              ? words.replay.loaded(images(dataset.records.length))
              : words.replay.source(bytes(downloadBytes('article')), bytes(downloadBytes('all'))))
          }
        </p>
      </div>
      ${
        dataset.importing
          ? html`<div class="row">
              <progress-bar
                label=${dataset.importing.unit === 'bytes' ? words.data.download : words.data.importing}
                .progress=${dataset.importing}
              ></progress-bar>
              <button class="small" @click=${() => this.session?.cancelImport()}>
                ${words.data.cancelImport}
              </button>
            </div>`
          : nothing
      }
      <div class="row">
        <button class="primary" aria-disabled=${run ? 'true' : 'false'} @click=${() => this.#run(run)}>
          ${icon('play')} ${words.replay.run}
        </button>
        <p class="small muted">
          ${run ? html`${run} ` : nothing}${words.replay.settings(list(baseIds.map(baseTitle)), batchSize, articleSettings('inception-v3').batchSize)}
        </p>
      </div>
    </div>`;
  }

  readonly #move = (event: CursorMove): void => {
    this.cursor = event.x;
  };

  #load(selection: Cifar10Selection, reason: string): void {
    if (!reason) void this.session?.addCifar10(selection);
  }

  #run(reason: string): void {
    if (reason) return;
    this.session?.setRequest({ ...articleSettings('vgg16'), batchSize, bases: baseIds });
    void this.session?.start();
    this.dispatchEvent(new Event('run-started'));
  }
}

function downloadBytes(selection: Cifar10Selection): number {
  return bytesOf(planSheets(selection).map(({ file }) => file));
}
