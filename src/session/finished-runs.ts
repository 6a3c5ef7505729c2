import type { RunComparison } from '../engine/results/compare-runs';
import type { EvaluatedShare } from '../engine/results/evaluation';
import type { RunReport } from '../engine/results/report';
import type { RunNote, RunRequest, RunResult } from '../engine/run';
import type { EngineClient } from '../worker/client';
import { unpackReport } from '../worker/report-on-the-wire';
import { allParts } from './dataset';
import { mapUses } from './map-uses';
import type { Action } from './reducer';
import type { SessionState } from './state';

/** Runs that are over, what the user notes about them, and what they come to. Storage is the truth. */
export class FinishedRuns {
  constructor(
    readonly head: EngineClient,
    readonly data: EngineClient,
    readonly state: () => SessionState,
    readonly dispatch: (action: Action) => void,
    /** Of the run that goes on, if one does. */
    readonly running: () => RunRequest | null,
    readonly onFreed: () => Promise<void>,
  ) {}

  /** Shows what is stored. */
  async read(): Promise<void> {
    const [results, notes] = await Promise.all([this.#all(), this.head.call((api) => api.notes())]);
    this.dispatch({ type: 'results', results });
    this.dispatch({ type: 'notes', notes: Object.fromEntries(notes) });
  }

  async annotate(runId: string, patch: Partial<RunNote>): Promise<void> {
    const { notes } = this.state();
    const note: RunNote = { name: null, pinned: false, ...notes[runId], ...patch };
    this.dispatch({ type: 'notes', notes: { ...notes, [runId]: note } });
    await this.head.call((api) => api.annotate(runId, note));
  }

  async remove(runId: string): Promise<void> {
    await this.head.call((api) => api.removeRun(runId));
    const { results, lanes } = this.state();
    const left = results.filter((run) => run.runId !== runId);
    this.dispatch({ type: 'results', results: left });
    if (results.find((run) => run.runId === runId)?.request.tail !== 'train') return;
    const needed = mapUses(left, lanes, this.running());
    await this.data.call((api) => api.keepMaps(needed));
    await this.onFreed();
  }

  /** Takes the removal of a run back, if it was the last one; whether it was. */
  async restore(runId: string): Promise<boolean> {
    const restored = await this.head.call((api) => api.restoreRun(runId));
    if (restored) await this.read();
    return restored;
  }

  async report(runId: string, share: EvaluatedShare): Promise<RunReport> {
    return unpackReport(await this.head.call((api) => api.report(runId, share)));
  }

  compare(runA: string, runB: string): Promise<RunComparison> {
    return this.head.call((api) => api.compare(runA, runB));
  }

  async #all(): Promise<RunResult[]> {
    const first = await this.head.call((api) => api.runs());
    const all: RunResult[] = [];
    for await (const part of allParts(first, (more) => this.head.call((api) => api.moreRuns(more))))
      all.push(...part);
    return all;
  }
}
