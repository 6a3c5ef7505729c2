import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Progress } from '../engine/job';
import type { RunResult } from '../engine/run';
import type { AnalysisOptions } from '../session/analyses';
import type { SessionView } from '../session/intents';
import { words } from './words';

export interface AnalysisHost extends ReactiveControllerHost {
  session: SessionView | null;
  result: RunResult | null;
}

/** Why no analysis that holds images out can be made of a run; empty where one can. */
export const notAnalysed = ({ request }: RunResult): string =>
  request.tail === 'train' ? words.evaluation.trainedTail : '';

/** An analysis of the host's run: looked up where it is stored, made when asked for, given up when another run is chosen. */
export class AnalysisJob<T> implements ReactiveController {
  value: T | null = null;
  /** Whether it is being made, and how far it is. */
  running = false;
  progress: Progress | null = null;
  /** True once it is known whether there is a stored one. */
  looked = false;
  failed = false;
  #runId: string | null = null;
  #abort: AbortController | null = null;

  constructor(
    readonly host: AnalysisHost,
    readonly stored: (session: SessionView, runId: string) => Promise<T | null>,
    readonly make: (session: SessionView, runId: string, options: AnalysisOptions) => Promise<T | null>,
    /** Told of every value, before it is shown. */
    readonly onValue: (value: T) => void = () => undefined,
  ) {
    host.addController(this);
  }

  hostUpdate(): void {
    const { session, result } = this.host;
    if (!session || !result || result.runId === this.#runId) return;
    this.cancel();
    const { runId } = result;
    this.#runId = runId;
    Object.assign(this, { value: null, looked: false, failed: false });
    void this.stored(session, runId).then((value) => {
      if (this.#runId !== runId) return;
      this.looked = true;
      if (value !== null && this.value === null) this.#show(value);
      this.host.requestUpdate();
    });
  }

  async start(): Promise<void> {
    const { session, result } = this.host;
    if (!session || !result || this.running) return;
    const abort = new AbortController();
    this.#abort = abort;
    Object.assign(this, { running: true, progress: null, failed: false });
    this.host.requestUpdate();
    const onProgress = (progress: Progress) => {
      if (this.#abort !== abort) return;
      this.progress = progress;
      this.host.requestUpdate();
    };
    const value = await this.make(session, result.runId, { signal: abort.signal, onProgress });
    if (this.#abort !== abort) return;
    this.#abort = null;
    this.running = false;
    this.failed = value === null;
    if (value !== null) this.#show(value);
    this.host.requestUpdate();
  }

  cancel(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.running = false;
    this.host.requestUpdate();
  }

  #show(value: T): void {
    this.value = value;
    this.onValue(value);
  }
}
