import { frozenCutOf } from '../engine/cuts';
import { HeadwayError, toErrorData, type ErrorCode } from '../engine/errors';
import type { ImageId } from '../engine/data/records';
import { nextTask, ProgressMeter, type Progress } from '../engine/job';
import { nets, type BaseId } from '../engine/nets';
import type { Note } from '../engine/note';
import type {
  BaseRequest,
  Extraction,
  LabelledIds,
  PlannedSplit,
  RunEvent,
  RunRequest,
  RunResult,
} from '../engine/run';
import { transferred, type EngineClient, type JobHandle } from '../worker/client';
import type { Residency } from './residency';
import type { SharedDecoder } from './shared-decoder';

/** The workers that a run uses: one a base, so that a base that fails takes nobody with it, and one for heads. */
export interface Workers {
  base(id: BaseId): EngineClient;
  readonly head: EngineClient;
  /** How many bases may be in memory at once. */
  readonly residency: Pick<Residency, 'use'>;
  /** What extraction would come to where all is stored; left out, or null: the base has to run. */
  stored?(request: BaseRequest, ids: readonly ImageId[]): Promise<Extraction | null>;
  /** Decodes once for all bases, beside them; left out: each decodes for itself. */
  readonly decoder?: Pick<SharedDecoder, 'open'>;
}

/** One base's way through a run: download and extract in the base's worker, then train in the head's. */
export class RunLane {
  readonly #abort = new AbortController();
  #job: JobHandle<unknown> | null = null;
  #paused = false;

  constructor(
    readonly base: BaseId,
    readonly workers: Workers,
    readonly onEvent: (event: RunEvent) => void,
  ) {}

  /** `ids`: all of the split's. */
  async run(request: RunRequest, split: PlannedSplit, ids: readonly ImageId[]): Promise<RunResult> {
    // A task for each lane: sending 60,000 ids to a worker takes some milliseconds.
    await nextTask();
    const { base } = this;
    const { backend, resize, seed, augmentation = null, copies = 1 } = request;
    const baseRequest: BaseRequest = {
      base,
      backend,
      resize,
      cut: frozenCutOf(request, base),
      ...(request.tail === 'train' && { form: 'map' }),
      ...(copies > 1 && { copied: { copies, augmentation, seed, ids: split.train.ids } }),
    };
    const extraction =
      (await this.#stored(baseRequest, ids)) ?? (await this.#extractSurely(baseRequest, ids));
    try {
      return await this.#train(request, split, extraction);
    } catch (error) {
      const { code } = toErrorData(error);
      if (code !== 'features-missing' && code !== 'worker-crashed') throw error;
      const isDamaged = code === 'features-missing';
      this.#note(
        isDamaged
          ? { code: 'features-damaged', text: 'Stored features were damaged; computing them again.' }
          : {
              code: 'training-crashed',
              text: 'The worker that trains stopped unexpectedly; training again.',
            },
      );
      return this.#train(
        request,
        split,
        isDamaged ? await this.#extractSurely(baseRequest, ids) : extraction,
      );
    }
  }

  #train(request: RunRequest, split: PlannedSplit, extraction: Extraction): Promise<RunResult> {
    const { base } = this;
    const readable = withoutFailed(split, new Set(extraction.failed));
    const epochs = new ProgressMeter(request.epochs, 'epochs');
    const tell = (progress: Progress) => this.onEvent({ type: 'progress', base, phase: 'train', progress });
    // An exact head has no epochs, and those of a tail are long: then the engine counts.
    const isCounted = request.head.kind !== 'exact' && request.tail !== 'train';
    if (isCounted) tell(epochs.progress);
    return this.#follow<RunResult>(
      this.workers.head.job(
        (api, job, listening) =>
          api.train(
            job,
            { request, base, split: readable, extraction },
            listening((metrics) => {
              this.onEvent({ type: 'epoch', base, metrics });
              if (isCounted) tell(epochs.add(1));
            }),
            listening(tell),
          ),
        { signal: this.#abort.signal },
      ),
    );
  }

  async #stored(request: BaseRequest, ids: readonly ImageId[]): Promise<Extraction | null> {
    const stored = (await this.workers.stored?.(request, ids)) ?? null;
    if (stored === null) return null;
    const progress = new ProgressMeter(ids.length, 'images').skip(ids.length);
    this.onEvent({ type: 'progress', base: this.base, phase: 'extract', progress });
    return stored;
  }

  /**
   * Goes on by itself where the graphics card was lost (with it once more, and then without it) and where the worker
   * crashed (once more, with less in memory): every attempt begins in a new worker, with what the last one stored.
   */
  async #extractSurely(request: BaseRequest, ids: readonly ImageId[]): Promise<Extraction> {
    const { signal } = this.#abort;
    let { backend } = request;
    const failures: ErrorCode[] = [];
    for (;;)
      try {
        const gentle = failures.includes('worker-crashed') ? { gentle: true } : {};
        const extract = () => this.#extract({ ...request, backend, ...gentle }, ids);
        // Its turn may come late, on a small machine: until then the lane says that it waits.
        return await this.workers.residency.use(this.base, extract, { signal });
      } catch (error) {
        const { code } = toErrorData(error);
        const wasLost = failures.includes('device-lost');
        if (code === 'device-lost' && !wasLost)
          this.#note({ code, text: 'The graphics card was lost; starting it again.' });
        else if (wasLost && backend !== 'wasm' && ['device-lost', 'backend-unavailable'].includes(code)) {
          backend = 'wasm';
          this.#note({
            code: 'device-lost-again',
            text: 'The graphics card was lost again; going on with WebAssembly.',
          });
        } else if (code === 'worker-crashed' && !failures.includes(code))
          this.#note({
            code,
            text: 'The worker stopped unexpectedly; going on with fewer images at once.',
          });
        else throw error;
        failures.push(code);
      }
  }

  async #extract(request: BaseRequest, ids: readonly ImageId[]): Promise<Extraction> {
    const { base } = this;
    const client = this.workers.base(base);
    const input = { size: nets[base].inputSize, resize: request.resize };
    const decoder = this.workers.decoder?.open(input);
    try {
      return await this.#follow<Extraction>(
        client.job(
          (api, job, listening) =>
            api.extract(
              job,
              request,
              ids,
              listening((event) => this.onEvent({ ...event, base })),
              decoder && transferred(decoder.port),
            ),
          { signal: this.#abort.signal },
        ),
      );
    } catch (error) {
      // Whatever it failed of, out of memory above all: the others have its room, and a retry starts afresh.
      if (toErrorData(error).code !== 'cancelled') client.terminate();
      throw error;
    } finally {
      decoder?.close();
    }
  }

  pause(): void {
    this.#paused = true;
    this.#job?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#job?.resume();
  }

  cancel(): void {
    this.#abort.abort();
  }

  #note(note: Note): void {
    this.onEvent({ type: 'note', base: this.base, note });
  }

  #follow<T>(handle: JobHandle<T>): Promise<T> {
    this.#job = handle;
    // Paused between two phases: the next one starts paused.
    if (this.#paused) handle.pause();
    return handle.result;
  }
}

function withoutFailed(split: PlannedSplit, failed: ReadonlySet<ImageId>): PlannedSplit {
  if (failed.size === 0) return split;
  const keep = ({ ids, labels }: LabelledIds): LabelledIds => {
    const kept = [...ids.keys()].filter((i) => !failed.has(ids[i]!));
    return { ids: kept.map((i) => ids[i]!), labels: Uint16Array.from(kept, (i) => labels[i]!) };
  };
  const readable = {
    ...split,
    train: keep(split.train),
    validation: keep(split.validation),
    test: keep(split.test),
  };
  const empty = (['train', 'validation'] as const).find((side) => readable[side].ids.length === 0);
  if (empty !== undefined)
    throw new HeadwayError({
      code: 'too-few-images',
      message: `None of the images for ${empty === 'train' ? 'training' : empty} could be read.`,
      advice: 'Remove the broken images, or add others, and run again.',
      details: `${failed.size} images failed`,
      why: { code: 'side-unreadable', side: empty },
    });
  return readable;
}
