import type { ImageId } from '../engine/data/records';
import { checkCuts, checkTail } from '../engine/cuts';
import { HeadwayError, toErrorData } from '../engine/errors';
import { validateAugmentation } from '../engine/heads/options';
import { baseIds, type BaseId } from '../engine/nets';
import type { PlannedSplit, RunEvent, RunRequest, RunResult } from '../engine/run';
import type { EngineClient } from '../worker/client';
import type { RunOptions } from './headway';
import type { Persistence } from './persistence';
import { newLane, type Action } from './reducer';
import { RunLane, type Workers } from './run-lane';

/** Runs requests: plans the split once, sends every base down its own lane, and tells the reducer. */
export class Runner {
  #lanes = new Map<BaseId, RunLane>();
  #request: RunRequest | null = null;
  /** Settles when no lane is under way any more. */
  #idle: Promise<unknown> = Promise.resolve();

  constructor(
    readonly data: EngineClient,
    readonly workers: Workers,
    readonly persistence: Persistence,
    readonly dispatch: (action: Action) => void,
    readonly onFinished: (result: RunResult) => Promise<void>,
  ) {}

  get running(): boolean {
    return this.#lanes.size > 0;
  }

  /** Of the lanes that are shown; null: none was asked for yet. */
  get request(): RunRequest | null {
    return this.#request;
  }

  /** One result a base that finished, in the request's order; rejects when none did. */
  async run(request: RunRequest, options: RunOptions = {}): Promise<RunResult[]> {
    if (this.running) throw busy();
    checkBases(request.bases);
    checkCuts(request.cuts);
    checkTail(request);
    validateAugmentation(request);
    this.dispatch({ type: 'lanes', lanes: request.bases.map(newLane) });
    return this.#follow(this.#runLanes(request, request.bases, options));
  }

  /** Sends one base down its lane again, with the request it failed, was cancelled or was interrupted with. */
  async retry(base: BaseId): Promise<void> {
    if (this.#request === null || this.#lanes.has(base)) return;
    this.dispatch({ type: 'lane', base, patch: newLane(base) });
    await this.#follow(this.#runLanes(this.#request, [base], {}));
  }

  /** A run that an earlier visit left unfinished; `retry` goes on with it. */
  restore(request: RunRequest, bases: readonly BaseId[]): void {
    this.#request = request;
    const lanes = bases.map((base) => ({ ...newLane(base), phase: 'interrupted' as const }));
    this.dispatch({ type: 'lanes', lanes });
  }

  pause(base: BaseId): void {
    this.#lanes.get(base)?.pause();
    this.dispatch({ type: 'lane', base, patch: { paused: true } });
  }

  resume(base: BaseId): void {
    this.#lanes.get(base)?.resume();
    this.dispatch({ type: 'lane', base, patch: { paused: false } });
  }

  cancel(base: BaseId): void {
    this.#lanes.get(base)?.cancel();
  }

  /** Cancels every lane and waits until the workers have let go. */
  async stop(): Promise<void> {
    for (const lane of this.#lanes.values()) lane.cancel();
    await this.#idle;
  }

  #follow<T>(run: Promise<T>): Promise<T> {
    this.#idle = Promise.allSettled([this.#idle, run]);
    return run;
  }

  async #runLanes(request: RunRequest, bases: readonly BaseId[], options: RunOptions): Promise<RunResult[]> {
    const { signal, onEvent } = options;
    this.#request = request;
    const listen = (event: RunEvent) => {
      this.dispatch({ type: 'run-event', event });
      onEvent?.(event);
    };
    const lanes = bases.map((base) => new RunLane(base, this.workers, listen));
    for (const lane of lanes) this.#lanes.set(lane.base, lane);
    const cancelAll = () => lanes.forEach((lane) => lane.cancel());
    signal?.addEventListener('abort', cancelAll);
    try {
      if (signal?.aborted) cancelAll();
      await this.#rememberUnfinished();
      const split = await this.data.call((api) => api.planSplit(request));
      // One list for all lanes: what a worker is sent of it is made once (`worker/ids-on-the-wire.ts`).
      const ids = [...split.train.ids, ...split.validation.ids, ...split.test.ids];
      const outcomes = await Promise.allSettled(
        lanes.map((lane) => this.#runLane(lane, request, split, ids)),
      );
      const results = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      if (results.length === 0) throw outcomes.find((outcome) => outcome.status === 'rejected')!.reason;
      return results;
    } catch (error) {
      // A split that cannot be made fails every lane alike.
      for (const lane of lanes) if (this.#isUnderWay(lane)) this.#fail(lane.base, error);
      throw error;
    } finally {
      signal?.removeEventListener('abort', cancelAll);
      for (const lane of lanes) this.#end(lane);
      await this.#rememberUnfinished().catch(() => undefined);
    }
  }

  async #runLane(
    lane: RunLane,
    request: RunRequest,
    split: PlannedSplit,
    ids: readonly ImageId[],
  ): Promise<RunResult> {
    const { base } = lane;
    try {
      const result = await lane.run(request, split, ids);
      await this.onFinished(result);
      this.dispatch({ type: 'lane', base, patch: { phase: 'done', paused: false, runId: result.runId } });
      return result;
    } catch (error) {
      this.#fail(base, error);
      throw error;
    } finally {
      this.#end(lane);
      // A page closed from here on goes on with the others only.
      await this.#rememberUnfinished().catch(() => undefined);
    }
  }

  /** Whoever sees that a lane is done may begin the next run at once, with the same base: that is another lane. */
  #isUnderWay(lane: RunLane): boolean {
    return this.#lanes.get(lane.base) === lane;
  }

  #end(lane: RunLane): void {
    if (this.#isUnderWay(lane)) this.#lanes.delete(lane.base);
  }

  #fail(base: BaseId, error: unknown): void {
    const data = toErrorData(error);
    const patch =
      data.code === 'cancelled'
        ? ({ phase: 'cancelled', paused: false } as const)
        : ({ phase: 'failed', paused: false, error: data } as const);
    this.dispatch({ type: 'lane', base, patch });
  }

  #rememberUnfinished(): Promise<void> {
    const bases = [...this.#lanes.keys()];
    return this.persistence.saveUnfinished(this.#request === null ? null : { request: this.#request, bases });
  }
}

function busy(): HeadwayError {
  return new HeadwayError({
    code: 'invalid-request',
    message: 'A run is going on already.',
    advice: 'Wait for it to end, or cancel it first.',
    why: { code: 'busy', with: 'run' },
  });
}

function checkBases(bases: readonly BaseId[]): void {
  const unknown = bases.filter((base) => !baseIds.includes(base));
  if (bases.length > 0 && unknown.length === 0 && new Set(bases).size === bases.length) return;
  throw new HeadwayError({
    code: 'invalid-request',
    message: bases.length === 0 ? 'No base was chosen.' : `These bases cannot be run: ${bases.join(', ')}.`,
    advice: `Choose each at most once, among ${baseIds.join(', ')}.`,
    ...(bases.length === 0 && { why: { code: 'no-base' } }),
  });
}
