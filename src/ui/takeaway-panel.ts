import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { defaultPackageOptions, worksAlone, type ExportFormat } from '../engine/export/formats';
import type { RunResult } from '../engine/run';
import type { SessionView } from '../session/intents';
import type { ExportState } from '../session/state';
import { classes, percent } from './format';
import './parts/format-choice';
import type { FormatEvent } from './parts/format-choice';
import { icon } from './parts/icon';
import './parts/package-options';
import type { PackageOptionsEvent } from './parts/package-options';
import './parts/progress-bar';
import { runNames, runScore } from './results-view';
import { fileName } from './save';
import { saveFile } from './save-stream';
import { SessionController } from './session-controller';
import { base, controls } from './styles';
import { formatChoices, formatFor, formatTitle, packageContents, runBytes } from './takeaway-view';
import { words } from './words';

/** A finished run as files for other programs. */
@customElement('takeaway-panel')
export class TakeawayPanel extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .card {
        display: grid;
        gap: 1.25rem;
        padding: 1rem;
      }
      .run {
        display: grid;
        gap: 0.25rem;
        max-width: 32rem;
      }
      .run label {
        font-weight: 650;
      }
      .go {
        display: grid;
        gap: 0.75rem;
        padding-top: 1.25rem;
        border-top: 1px solid var(--line);
      }
      progress-bar {
        flex: 1 1 16rem;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(0, auto) minmax(0, 1fr);
        gap: 0.25rem 1rem;
        padding-top: 0.5rem;
      }
      dt {
        font-family: var(--mono);
        overflow-wrap: anywhere;
      }
      .empty {
        padding: 1.25rem 1rem;
        border: 1px dashed var(--line-strong);
        border-radius: var(--radius);
        color: var(--muted);
      }
      @media (max-width: 700px) {
        dl {
          grid-template-columns: minmax(0, 1fr);
          gap: 0;
        }
        dd {
          padding-bottom: 0.5rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @state() private chosen = '';
  @state() private format: ExportFormat = 'tfjs';
  @state() private options = defaultPackageOptions;
  /** What was saved last, for people. */
  @state() private saved = '';
  readonly #controller = new SessionController(this, ({ results, notes, exporting }) => [
    results,
    notes,
    exporting,
  ]);

  override render() {
    const { results = [], notes, exporting } = this.#controller.state ?? {};
    const run = results.find(({ runId }) => runId === this.chosen) ?? results[0];
    if (!run) return html`<p class="empty">${words.takeaway.empty}</p>`;
    const names = runNames(results, notes);
    const format = formatFor(run, this.format);
    return html`<div class="card">
      ${this.#runs(results, names, run)}
      <format-choice
        .choices=${formatChoices(run, this.options)}
        .format=${format}
        @format-chosen=${({ format }: FormatEvent) => (this.format = format)}
      ></format-choice>
      <package-options
        .format=${format}
        .options=${this.options}
        @format-chosen=${({ format }: FormatEvent) => (this.format = format)}
        @options-changed=${({ options }: PackageOptionsEvent) => (this.options = options)}
      ></package-options>
      <div class="go">
        ${exporting ? this.#progress(exporting, names) : this.#button(run, names.get(run.runId)!)}
        <p class="small muted" role="status" ?hidden=${!this.saved}>${this.saved}</p>
        <details>
          <summary class="small">${words.takeaway.inTheZip}</summary>
          <dl class="small">
            ${packageContents(format, this.options).map(
              ([files, what]) =>
                html`<dt>${files}</dt>
                  <dd class="muted">${what}</dd>`,
            )}
          </dl>
        </details>
      </div>
    </div>`;
  }

  #runs(results: readonly RunResult[], names: ReadonlyMap<string, string>, run: RunResult) {
    const { kept } = runScore(run);
    const facts = `${kept ? words.takeaway.accuracy(percent(kept.valAccuracy)) : ''}${classes(run.classes.length)}`;
    return html`<div class="run">
      ${
        results.length === 1
          ? html`<h3>${names.get(run.runId)!}</h3>`
          : html`<label for="run">${words.takeaway.run}</label>
              <select id="run" @change=${(event: Event) => this.#choose(event)}>
                ${results.map(
                  ({ runId }) =>
                    html`<option value=${runId} .selected=${runId === run.runId}>
                      ${names.get(runId)!}
                    </option>`,
                )}
              </select>`
      }
      <p class="small muted figures">${facts}</p>
      ${worksAlone(run) ? nothing : html`<p class="small muted">${words.takeaway.trainedTail}</p>`}
    </div>`;
  }

  #button(run: RunResult, name: string) {
    return html`<div>
      <button class="primary" @click=${() => void this.#download(run, name)}>
        ${icon('download')} ${words.takeaway.download(formatTitle(formatFor(run, this.format)))}
      </button>
    </div>`;
  }

  #progress({ runId, format, progress }: ExportState, names: ReadonlyMap<string, string>) {
    const label = `${formatTitle(format)}: ${names.get(runId) ?? ''}`;
    return html`<div class="row">
      <progress-bar
        .label=${label}
        .progress=${progress}
        .text=${progress === null ? words.takeaway.testPictures : ''}
      ></progress-bar>
      <button @click=${() => this.session?.cancelExport()}>${words.page.cancel}</button>
    </div>`;
  }

  #choose(event: Event): void {
    this.chosen = (event.target as HTMLSelectElement).value;
  }

  async #download(run: RunResult, name: string): Promise<void> {
    const { session, options } = this;
    if (!session) return;
    const format = formatFor(run, this.format);
    this.saved = '';
    const file = fileName(`headway ${name} ${format}`, 'zip');
    const done = await saveFile(file, runBytes(run, format, options), {
      blob: () => session.exportRun(run.runId, format, options),
      into: (stream) => session.exportRunTo(run.runId, format, options, stream),
    });
    this.saved = done ? words.takeaway.saved(file) : '';
  }
}
