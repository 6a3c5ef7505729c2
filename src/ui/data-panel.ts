import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ImageFile, ImageRecord } from '../engine/data/records';
import type { SessionView } from '../session/intents';
import type { DatasetState } from '../session/state';
import type { AuditPanel } from './audit-panel';
import './audit-panel';
import './class-recorder';
import { classViews, heldText, shares, sharesText, type ClassView } from './dataset-view';
import { dataStyles } from './data-styles';
import { filesBelow, isLoose, underLabel } from './drop';
import { classes, images, integer } from './format';
import type { AskDialog } from './parts/ask-dialog';
import './parts/ask-dialog';
import './parts/class-gallery';
import type { ClassPick } from './parts/class-list';
import './parts/class-list';
import type { WindowDrop } from './parts/drop-frame';
import './parts/drop-frame';
import type { FirstData } from './parts/first-data';
import './parts/first-data';
import './parts/left-out-list';
import './parts/progress-bar';
import type { SourceButtons, SourceEvent } from './parts/source-buttons';
import './parts/source-buttons';
import type { ThumbEvent } from './parts/thumb-grid';
import { ProjectFile } from './project-opener';
import { SessionController } from './session-controller';
import { base, controls } from './styles';
import { Thumbnails } from './thumbnails';
import { words } from './words';

/** Images in, classes seen: folders become labels. */
@customElement('data-panel')
export class DataPanel extends LitElement {
  static override styles = [base, controls, dataStyles];

  @property({ attribute: false }) session: SessionView | null = null;
  @state() private chosen: string | null = null;
  /** Files found so far while dropped folders are read. */
  @state() private reading: number | null = null;
  @state() private recording = false;
  @query('ask-dialog') private dialog!: AskDialog;
  @query('audit-panel') private audit!: AuditPanel;
  @query('#summary') private summary!: HTMLElement | null;
  readonly #controller = new SessionController(this, (state) => [
    state.dataset,
    state.request.validationShare,
    state.request.testShare,
  ]);
  #records: readonly ImageRecord[] = [];
  #classes: readonly ClassView[] = [];
  #thumbnails: Thumbnails | null = null;
  #owner: SessionView | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#thumbnails?.dispose();
    this.#thumbnails = this.#owner = null;
  }

  protected override willUpdate(): void {
    const { session } = this;
    if (session === null) return;
    if (session !== this.#owner) {
      this.#thumbnails?.dispose();
      this.#thumbnails = new Thumbnails((id) => session.thumbnail(id));
      this.#owner = session;
    }
    const { records } = session.state.dataset;
    if (records !== this.#records) {
      this.#records = records;
      this.#classes = classViews(records);
    }
    if (!this.#classes.some(({ label }) => label === this.chosen))
      this.chosen = this.#classes[0]?.label ?? null;
  }

  /** The button that brought the first images goes with the empty state; its focus stays in the panel. */
  protected override update(changed: PropertyValues<this>): void {
    const within = this.shadowRoot?.activeElement?.localName === 'first-data';
    super.update(changed);
    if (within && this.summary) this.summary.focus({ preventScroll: true });
  }

  showFindings(): void {
    this.audit.go();
  }

  override render() {
    const dataset = this.#controller.state?.dataset;
    if (!dataset) return nothing;
    const busy = dataset.importing !== null || this.reading !== null;
    return html`
      ${
        this.recording
          ? html`<class-recorder
              .session=${this.session}
              .labels=${this.#classes.map(({ label }) => label)}
              .records=${this.#records}
              @camera-close=${this.#closeCamera}
            ></class-recorder>`
          : nothing
      }
      ${
        dataset.records.length > 0
          ? this.#filled(dataset, busy)
          : html`<first-data
              .busy=${busy}
              @source=${this.#chosenFiles}
              @sample=${this.#sample}
              @record=${this.#record}
            ></first-data>`
      }
      ${busy ? this.#importing(dataset) : nothing}
      <audit-panel .session=${this.session} .source=${this.#thumbnails}></audit-panel>
      <left-out-list .items=${dataset.leftOut} .ignored=${dataset.ignored}></left-out-list>
      <drop-frame @window-drop=${this.#dropped}></drop-frame>
      <ask-dialog></ask-dialog>
    `;
  }

  #importing({ importing }: DatasetState) {
    const text = importing === null ? words.data.filesFound(integer(this.reading ?? 0)) : '';
    return html`<div class="card busy">
      <progress-bar
        label=${importing === null ? words.data.reading : importing.unit === 'bytes' ? words.data.download : words.data.importing}
        .progress=${importing}
        .text=${text}
      ></progress-bar>
      ${
        importing === null
          ? nothing
          : html`<button class="small" @click=${() => this.session?.cancelImport()}>
              ${words.data.cancelImport}
            </button>`
      }
    </div>`;
  }

  #filled(dataset: DatasetState, busy: boolean) {
    const { records } = dataset;
    const view = this.#classes.find(({ label }) => label === this.chosen) ?? null;
    const own = shares(records);
    const held = heldText(own, this.#controller.state!.request);
    return html`
      <div class="bar">
        <div>
          <p id="summary" tabindex="-1">
            <strong class="figures"
              >${words.data.imagesInClasses(images(records.length), classes(this.#classes.length))}</strong
            >
          </p>
          <p class="small muted">${own ? words.data.foldersSetShares(sharesText(own)) : nothing} ${held}</p>
        </div>
        <div class="row">
          <source-buttons
            more
            .busy=${busy}
            @source=${this.#chosenFiles}
            @record=${this.#record}
          ></source-buttons>
          <button class="quiet danger" @click=${this.#clear}>${words.data.clearEverythingAsk}</button>
        </div>
      </div>
      <div class="card browser">
        <class-list .classes=${this.#classes} .chosen=${this.chosen} @class-pick=${this.#pick}></class-list>
        <class-gallery
          .view=${view}
          .source=${this.#thumbnails}
          @class-rename=${this.#rename}
          @class-remove=${this.#removeClass}
          @thumb-remove=${this.#removeImage}
        ></class-gallery>
      </div>
    `;
  }

  readonly #record = (): void => {
    this.recording = true;
  };

  /** The focus goes back to the button that opened it. */
  readonly #closeCamera = async (): Promise<void> => {
    this.recording = false;
    await this.updateComplete;
    this.renderRoot.querySelector<FirstData | SourceButtons>('first-data, source-buttons')?.focus();
  };

  readonly #pick = (event: ClassPick): void => {
    this.chosen = event.label;
  };

  readonly #sample = (): void => void this.session?.addSample();

  readonly #chosenFiles = (event: SourceEvent): void => {
    if (event.loose) void this.#add(event.files.map((file) => ({ path: file.name, blob: file })));
    else void this.session?.addFiles(event.files);
  };

  readonly #dropped = async (event: WindowDrop): Promise<void> => {
    const loose = event.files.map((file) => ({ path: file.name, blob: file }));
    this.reading = 0;
    try {
      const files = await filesBelow(event.entries, (found) => (this.reading = found));
      await this.#add([...files, ...loose]);
    } finally {
      this.reading = null;
    }
  };

  /** Asks for the class of images that no folder names; a project is for the page to open. */
  async #add(given: readonly ImageFile[]): Promise<void> {
    const project = given.find(({ path }) => path.endsWith('.headway'));
    if (project) this.dispatchEvent(new ProjectFile(project.blob));
    const files = given.filter((file) => file !== project);
    let named = files;
    const loose = files.filter(isLoose);
    if (loose.length > 0) {
      const label = await this.dialog.prompt({
        title: loose.length === 1 ? words.data.whichClass : words.data.whichClassOfMany(loose.length),
        text: words.data.looseImages,
        action: words.data.add,
        field: { label: words.data.class, value: this.chosen ?? '' },
      });
      named = label === null ? files.filter((file) => !isLoose(file)) : underLabel(files, label);
    }
    this.reading = null;
    if (named.length > 0) await this.session?.addFiles(named);
  }

  readonly #rename = async (): Promise<void> => {
    const label = this.chosen;
    if (label === null) return;
    const to = await this.dialog.prompt({
      title: words.data.renameThis,
      text: words.data.renameMerges,
      action: words.data.rename,
      field: { label: words.data.class, value: label },
    });
    if (to === null || to === label) return;
    await this.session?.renameClass(label, to);
    this.chosen = to;
  };

  readonly #removeClass = async (): Promise<void> => {
    const view = this.#classes.find(({ label }) => label === this.chosen);
    if (!view) return;
    const name = view.label.length > 80 ? `${view.label.slice(0, 80)}…` : view.label;
    const sure = await this.dialog.confirm({
      title: words.data.removeAsk(name),
      text: words.data.removeText(images(view.records.length)),
      action: words.data.removeClass,
      danger: true,
    });
    if (sure) await this.session?.removeClass(view.label);
  };

  readonly #removeImage = (event: ThumbEvent): void => void this.session?.removeImages([event.id]);

  readonly #clear = async (): Promise<void> => {
    const sure = await this.dialog.confirm({
      title: words.data.clearAsk,
      text: words.data.clearText,
      action: words.data.clearEverything,
      danger: true,
    });
    if (sure) await this.session?.reset();
  };
}
