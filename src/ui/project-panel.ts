import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { cutOf, featureWidth } from '../engine/cuts';
import type { Progress } from '../engine/job';
import type { SaveOptions } from '../engine/project/write-project';
import { bytesOfImages } from '../session/records';
import type { SessionState } from '../session/state';
import type { SessionView } from '../session/intents';
import { bytes } from './format';
import { icon } from './parts/icon';
import './parts/progress-bar';
import { ProjectFile } from './project-opener';
import { runNames } from './results-view';
import { fileName } from './save';
import { saveFile } from './save-stream';
import { SessionController } from './session-controller';
import { base, controls } from './styles';
import { words } from './words';

/** Bytes of the images, and of the bottleneck features of all finished runs. */
export function projectSizes({ dataset, results }: SessionState): { images: number; features: number } {
  const images = bytesOfImages(dataset.records);
  const widest = new Map<string, number>();
  for (const { base: net, request, weightsDigest, split } of results) {
    const cut = cutOf(request, net);
    const count = split.train.length + split.validation.length + (split.test?.length ?? 0);
    const key = [net, cut, weightsDigest, request.resize].join();
    widest.set(key, Math.max(widest.get(key) ?? 0, 4 * count * featureWidth(net, cut)));
  }
  return { images, features: [...widest.values()].reduce((sum, size) => sum + size, 0) };
}

/** Everything as one file, a head alone for somebody else, and such files opened again. Sends `project-file`. */
@customElement('project-panel')
export class ProjectPanel extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .card {
        display: grid;
        gap: 0.75rem;
        padding: 1rem;
      }
      fieldset {
        display: grid;
        gap: 0.25rem;
      }
      legend {
        margin-bottom: 0.25rem;
        padding: 0;
        color: var(--muted);
        font-size: var(--small);
      }
      label {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0.25rem 0.625rem;
        align-items: center;
        min-height: 2.25rem;
      }
      select {
        max-width: 22rem;
        margin-left: 1.75rem;
      }
      fieldset .indented {
        padding-left: 1.75rem;
      }
      .going {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem;
        align-items: center;
      }
      .going progress-bar {
        flex: 1 1 14rem;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @state() private only = false;
  @state() private runId: string | null = null;
  @state() private features = false;
  @state() private saving: Progress | null | false = false;
  @state() private saved = false;
  @query('input[type=file]') private picker!: HTMLInputElement;
  #abort = new AbortController();
  readonly #controller = new SessionController(this, (now) => [now.results, now.notes, now.dataset.records]);

  override render() {
    const now = this.#controller.state;
    if (!now) return nothing;
    const empty = now.results.length + now.dataset.records.length === 0;
    return html`<div class="card">
      <div>
        <h3>${words.project.title}</h3>
        <p class="small muted">${empty ? words.project.text : words.project.saveText}</p>
      </div>
      ${empty ? nothing : this.#choices(now)}
      <div class="row">
        ${
          empty
            ? nothing
            : html`<button
                class="primary"
                aria-disabled=${this.saving !== false ? 'true' : 'false'}
                @click=${this.#save}
              >
                ${icon('download')} ${this.only ? words.project.saveHead : words.project.save}
              </button>`
        }
        <button @click=${() => this.picker.click()}>${icon('folder')} ${words.project.openAsk}</button>
        <input
          type="file"
          accept=".headway"
          hidden
          @change=${this.#picked}
          aria-label=${words.project.file}
        />
      </div>
      ${
        this.saving === false
          ? nothing
          : html`<div class="going">
              <progress-bar label=${words.project.saving} .progress=${this.saving}></progress-bar>
              <button class="small" @click=${() => this.#abort.abort()}>${words.page.cancel}</button>
            </div>`
      }
      <p class="small muted" role="status">${this.saved ? words.project.saved : nothing}</p>
    </div>`;
  }

  #choices(now: SessionState) {
    const { results, notes } = now;
    const sizes = projectSizes(now);
    const names = runNames(results, notes);
    const only = this.only && results.length > 0;
    const everything = words.project.everything(bytes(sizes.images));
    const features =
      sizes.features > 0 && !only
        ? html`<label class="indented">
            <input
              type="checkbox"
              .checked=${this.features}
              @change=${() => (this.features = !this.features)}
            />
            <span>${words.project.withFeatures(bytes(sizes.features))}</span>
          </label>`
        : nothing;
    // Without a head there is nothing to choose.
    if (results.length === 0)
      return html`<p>${everything}</p>
        ${features}`;
    return html`<fieldset>
      <legend>${words.project.whatToSave}</legend>
      <label>
        <input type="radio" name="what" .checked=${!only} @change=${() => (this.only = false)} />
        <span>${everything}</span>
      </label>
      ${features}
      <label>
        <input type="radio" name="what" .checked=${only} @change=${() => (this.only = true)} />
        ${words.project.oneHead}
      </label>
      ${
        only
          ? html`<select aria-label=${words.project.headToShare} @change=${this.#choose}>
              ${results.map(
                ({ runId }) =>
                  html`<option value=${runId} .selected=${runId === this.#shared}>
                    ${names.get(runId)}
                  </option>`,
              )}
            </select>`
          : nothing
      }
    </fieldset>`;
  }

  get #shared(): string | null {
    const { results } = this.session!.state;
    return (results.find(({ runId }) => runId === this.runId) ?? results[0])?.runId ?? null;
  }

  readonly #choose = (event: Event): void => {
    this.runId = (event.target as HTMLSelectElement).value;
  };

  readonly #picked = (): void => {
    const file = this.picker.files?.[0];
    // The same file may be chosen again.
    this.picker.value = '';
    if (file) this.dispatchEvent(new ProjectFile(file));
  };

  readonly #save = async (): Promise<void> => {
    const { session } = this;
    if (!session || this.saving !== false) return;
    const shared = this.only ? this.#shared : null;
    const options: SaveOptions = { features: this.features, runs: shared === null ? null : [shared] };
    const name =
      shared === null
        ? 'headway project'
        : `headway ${runNames(session.state.results, session.state.notes).get(shared) ?? ''}`;
    const sizes = projectSizes(session.state);
    const size = shared === null ? sizes.images + (this.features ? sizes.features : 0) : 0;
    this.#abort = new AbortController();
    this.saved = false;
    this.saving = null;
    const { signal } = this.#abort;
    const follow = { signal, onProgress: (progress: Progress) => (this.saving = progress) };
    try {
      this.saved = await saveFile(fileName(name, 'headway'), size, {
        blob: () => session.saveProject(options, follow),
        into: (stream) => session.saveProjectTo(options, stream, follow),
      });
    } finally {
      this.saving = false;
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'project-panel': ProjectPanel;
  }
}
