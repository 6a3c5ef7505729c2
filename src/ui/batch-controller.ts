import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ImageFile } from '../engine/data/records';
import type { Progress } from '../engine/job';
import type { RunResult } from '../engine/run';
import type { SessionView } from '../session/intents';
import type { BatchRow } from '../session/predict-many';

/** Many pictures on their way through every run, for a panel: what is known of them, redrawn once a frame. */
export class BatchController implements ReactiveController {
  files: readonly ImageFile[] = [];
  rows: readonly (BatchRow | undefined)[] = [];
  /** Those that are asked, from the beginning on. */
  runs: readonly RunResult[] = [];
  progress: Progress | null = null;
  #abort = new AbortController();
  #frame = 0;

  constructor(readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.cancel();
  }

  cancel(): void {
    this.#abort.abort();
  }

  /** Forgets what was there, and goes over other pictures; none: only forgets. */
  async start(session: SessionView | null, files: readonly ImageFile[]): Promise<void> {
    this.cancel();
    const abort = (this.#abort = new AbortController());
    const rows: (BatchRow | undefined)[] = files.map(() => undefined);
    this.files = files;
    this.rows = rows;
    this.runs = session?.state.results ?? [];
    this.progress = null;
    this.host.requestUpdate();
    if (files.length === 0 || session === null) return;
    this.progress = { done: 0, total: files.length, unit: 'images', perSecond: null, secondsLeft: null };
    const { signal } = abort;
    await session.predictMany(files, {
      signal,
      onProgress: (progress) => {
        if (signal.aborted || this.#abort !== abort) return;
        this.progress = progress;
        this.#soon();
      },
      onRow: (row, index) => {
        rows[index] = row;
        if (this.#abort === abort) this.#soon(() => (this.rows = [...rows]));
      },
    });
    if (this.#abort !== abort) return;
    this.progress = null;
    this.rows = [...rows];
    this.host.requestUpdate();
  }

  #latest: (() => void) | null = null;
  #soon(change: (() => void) | null = null): void {
    this.#latest = change ?? this.#latest;
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#latest?.();
      this.#latest = null;
      this.host.requestUpdate();
    });
  }
}
